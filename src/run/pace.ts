/** Which pace of arrivals asks an engine for a given load: a search, because a load is only known by a run. */

export interface Paced {
  readonly pace: number;
  /** The load at this pace; null where no pace at all has one. */
  readonly load: number | null;
}

/** Of the load that is wanted: as near as any run tells the difference. */
const NEAR = 1e-4;
const MOST_TRIES = 48;
/** Neighbouring paces from which a jump between them is a jump. */
const NARROW = 1e-7;
const MOST_PACE = 1e9;

/** Significant digits of a pace: more than any load shows, few enough to be read. */
const DIGITS = 8;

/**
 * Looks for the pace with the load that is nearest to `wanted`. The load grows with the pace, mostly in proportion
 * to it, but it may jump (a request more comes before the end, a silence more falls between the first and the last).
 *
 * @param loadAt of a pace; null where all requests come at once
 */
export async function paceOf(wanted: number, loadAt: (pace: number) => Promise<number | null>): Promise<Paced> {
  let best: Paced = { pace: 1, load: null };
  let slow = 0;
  let fast = Infinity;
  let pace = 1;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const load = await loadAt(pace);
    if (nearer(load, best.load, wanted)) best = { pace, load };
    if (load !== null && Math.abs(load / wanted - 1) <= NEAR) break;
    if (load === null || load < wanted) slow = Math.max(slow, pace);
    else fast = Math.min(fast, pace);
    if (fast / slow - 1 < NARROW || slow >= MOST_PACE) break;
    pace = rounded(next(load === null ? pace * 10 : (pace * wanted) / load, slow, fast));
  }
  return best;
}

/** In proportion, where that is between what is known to be too slow and too fast; else in the middle of these. */
function next(inProportion: number, slow: number, fast: number): number {
  if (inProportion > slow && inProportion < fast) return inProportion;
  if (fast === Infinity) return slow * 2;
  return slow === 0 ? fast / 2 : Math.sqrt(slow * fast);
}

function nearer(load: number | null, than: number | null, wanted: number): boolean {
  return load !== null && (than === null || Math.abs(load - wanted) < Math.abs(than - wanted));
}

function rounded(pace: number): number {
  return Number(pace.toPrecision(DIGITS));
}
