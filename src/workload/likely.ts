/**
 * What may be told of a data file's own words. A scenario can name any file, so a message repeats of one only what it
 * must: numbers, times, and names that look as if they were meant.
 */

const LIKELY = {
  arrival: /arriv|time|start|created|date|^ts$|^t$|^at$/i,
  promptTokens: /prompt|input|context|prefill/i,
  outputTokens: /output|completion|generat|response|decode|answer/i,
} as const;

const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_. -]{0,39}$/u;

/** The words that names of such columns are made of: a name with another word in it may be anything, and is not told. */
const WORDS = new Set((
  'a arrival arrivals arrive arrived at answer answers completion completions context count created date datetime decode end finish first generated '
  + 'generation id in input inputs len length lengths ms n num number of ns out output outputs prefill prompt prompts queued request requests response '
  + 'responses s sec seconds sent size start started stamp submit submitted t time times timestamp timestamps tok token tokens toks total ts us'
).split(' '));

function isColumnName(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[\s_.-]+/).filter((word) => word !== '');
  return NAME.test(name) && words.length > 0 && words.every((word) => WORDS.has(word));
}

/** For each thing that every request has the column that may be it, by its name as people and servers write it. */
export function likelyColumns(names: readonly string[]): Readonly<Partial<Record<keyof typeof LIKELY, string>>> {
  const found = Object.entries(LIKELY).map(([field, pattern]) => [field, names.find((name) => isColumnName(name) && pattern.test(name))] as const);
  return Object.fromEntries(found.filter(([, name]) => name !== undefined));
}

/** Those of the columns that may be told, as a help line; undefined where there are none. */
export function likelyHelp(names: readonly string[]): string | undefined {
  const likely = names.filter(isColumnName);
  return likely.length === 0 ? undefined : `columns that may be meant: ${likely.slice(0, 12).join(', ')}`;
}

const NUMBERS = /^[-+\d.,:/eETZ ]{1,60}$/;
const WITH_UNIT = /^[-+]?[\d.,]{1,20} ?[a-zµμ%]{1,4}$/i;

/** Whether a cell is a number or a time, or was meant to be one. */
export function isNumberLike(cell: string): boolean {
  return /\d/.test(cell) && (NUMBERS.test(cell) || WITH_UNIT.test(cell));
}

/** Whether a cell is a name. */
export function isName(cell: string): boolean {
  return NAME.test(cell);
}
