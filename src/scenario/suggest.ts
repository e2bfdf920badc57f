/** "Did you mean": the nearest of the names that are known, and the list of them. */
import { distance } from 'fastest-levenshtein';

/** Most choices that a help line lists. */
const MOST_LISTED = 24;

/**
 * The choice that `name` is most likely a slip of: the fewest edits, upper and lower case being equal, and
 * no more than two fifths of its letters; else one that begins with it. Undefined when none is near.
 */
function nearestName(name: string, choices: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let nearest: string | undefined;
  let least = Math.max(1, Math.round(wanted.length * 0.4)) + 1;
  for (const choice of choices) {
    // Lengths that differ by more than the least distance so far cannot beat it.
    if (Math.abs(choice.length - wanted.length) >= least) continue;
    const edits = distance(wanted, choice.toLowerCase());
    if (edits < least) [nearest, least] = [choice, edits];
  }
  if (nearest !== undefined || wanted.length < 3) return nearest;
  for (const choice of choices) if (choice.toLowerCase().startsWith(wanted)) return choice;
  return undefined;
}

/** The help line for a name that is not among the choices: `did you mean high? classes: high, medium, low`. None where there is no choice. */
export function choicesHelp(name: string, choices: readonly string[], plural: string): string | undefined {
  if (choices.length === 0) return undefined;
  const nearest = nearestName(name, choices);
  const listed = choices.slice(0, MOST_LISTED).join(', ');
  const more = choices.length > MOST_LISTED ? `, and ${choices.length - MOST_LISTED} more` : '';
  return `${nearest === undefined ? '' : `did you mean ${nearest}? `}${plural}: ${listed}${more}`;
}
