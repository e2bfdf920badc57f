/** Runs that come to the same: tables name such a run after the first of its kind rather than repeat it. */
import type { RequestOutcomes } from '../engine/outcomes.ts';
import { sameSchedule } from './digest.ts';

/** A run with its digest or, where it has none, what became of each of its requests. */
interface Known {
  readonly name: string;
  readonly digest: string | null;
  readonly outcomes: RequestOutcomes | null;
}

/** Runs of the same requests, one after the other. */
export class Twins {
  readonly #first: Known[] = [];

  /** The name of the first run before this one in which every request had the same outcome; undefined when there is none. */
  of(run: Known): string | undefined {
    const first = this.#first.find((other) => isSame(other, run));
    if (!first) this.#first.push(run);
    return first?.name;
  }
}

function isSame(a: Known, b: Known): boolean {
  if (a.digest !== null && b.digest !== null) return a.digest === b.digest;
  return a.outcomes !== null && b.outcomes !== null && sameSchedule(a.outcomes, b.outcomes);
}
