/**
 * The search for the highest load at which every promise holds.
 *
 * Whether one holds need not fall with the load: under a policy that protects a class, its attainment may rise. So the
 * loads are scanned upwards first, in steps, to the first that is broken; only then is the stretch between the last
 * that holds and the first that is broken halved, and where a load between them is not decided, both sides of it. What
 * comes out is an interval.
 */

export type Decision = 'holds' | 'broken' | 'undecided';

/** Says of a load whether every promise holds at it. */
export type Judge = (load: number) => Promise<Decision>;

export interface Bracket {
  /** The highest load below `breaks` that is known to keep every promise; null: none does. */
  readonly keeps: number | null;
  /** The least load above `keeps` that is known to break one; null: none did, up to `MOST_SCANNED`. */
  readonly breaks: number | null;
  /** A load above the broken one at which all hold again; null: none was seen. */
  readonly holdsAgain: number | null;
}

const FIRST_SCANNED = 0.5;
const SCAN_STEP = 1.25;
export const LEAST_SCANNED = FIRST_SCANNED / 2 ** 8;
export const MOST_SCANNED = 32;

/** @param within ratio of two loads, less 1, that need not be told apart: 0.01 */
export async function searchCapacity(judge: Judge, within: number): Promise<Bracket> {
  const { holds, broken, undecided } = await scan(judge);
  if (holds === null || broken === null) return { keeps: holds, breaks: broken, holdsAgain: null };
  const beyond = broken * SCAN_STEP;
  const holdsAgain = (await judge(beyond)) === 'holds' ? beyond : null;
  return { ...await halve(judge, within, holds, broken, undecided), holdsAgain };
}

interface Scanned {
  readonly holds: number | null;
  readonly broken: number | null;
  readonly undecided: readonly number[];
}

/** Down until a load holds, then up to the first that is broken. */
async function scan(judge: Judge): Promise<Scanned> {
  const undecided: number[] = [];
  let broken: number | null = null;
  let load = FIRST_SCANNED;
  let decision = await judge(load);
  while (decision !== 'holds') {
    if (decision === 'broken') broken = load;
    else undecided.push(load);
    load /= 2;
    if (load < LEAST_SCANNED) return { holds: null, broken, undecided };
    decision = await judge(load);
  }
  if (broken !== null) return { holds: load, broken, undecided };
  let holds = load;
  while (load < MOST_SCANNED) {
    load = Math.min(load * SCAN_STEP, MOST_SCANNED);
    decision = await judge(load);
    if (decision === 'broken') return { holds, broken: load, undecided };
    if (decision === 'holds') holds = load;
    else undecided.push(load);
  }
  return { holds, broken: null, undecided };
}

/** Narrows the stretch from what holds to what is not decided, and that from there to what is broken. */
async function halve(judge: Judge, within: number, holds: number, broken: number, undecided: readonly number[]): Promise<{ keeps: number; breaks: number }> {
  let [keeps, breaks] = [holds, broken];
  let between = [...undecided];
  const isFar = (low: number, high: number): boolean => high / low > 1 + within;
  for (;;) {
    between = between.filter((load) => load > keeps && load < breaks);
    const first = Math.min(breaks, ...between);
    const last = Math.max(keeps, ...between);
    const [low, high] = isFar(keeps, first) ? [keeps, first] : [last, breaks];
    if (!isFar(low, high)) return { keeps, breaks };
    const middle = Math.sqrt(low * high);
    const decision = await judge(middle);
    if (decision === 'holds') keeps = middle;
    else if (decision === 'broken') breaks = middle;
    else between.push(middle);
  }
}
