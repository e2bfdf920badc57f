/**
 * Step times from a schedule: as long as who is in which step does not change, every time of a request is a
 * sum over steps, and so linear in the coefficients. Least squares then gives all of them at once; replayed,
 * they make a better schedule, and so on. A few such replays lead to where the search is worth its price.
 */
import type { EngineOptions } from '../../engine/options.ts';
import type { StepRecord } from '../../engine/outcomes.ts';
import { makeStepTime } from '../../engine/step-time/index.ts';
import type { StepTime } from '../../engine/step-time/step-time.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';
import { COEFFICIENTS } from './parameters.ts';
import type { Replay } from './replay.ts';

const SIZE = COEFFICIENTS.length;

/** What the steps up to each step's end add up to. */
interface Schedule {
  /** Of the steps, microseconds. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Running sums, a row of SIZE for the start and one after each step. */
  readonly sums: readonly number[];
  readonly firstToken: Float64Array;
  readonly finish: Float64Array;
}

/** One equation: so much of each coefficient took so long. */
interface Equation {
  readonly amounts: readonly number[];
  readonly time: number;
  /** What an error is measured in: the latency, as in the objective. */
  readonly scale: number;
}

/**
 * Microseconds per coefficient, in their order, with which the schedule of this engine meets the first `count`
 * requests best: their first tokens and their finishes, relative to the latency as in the objective, by least squares.
 */
export function askedBy(requests: MeasuredRequests, replay: Replay, engine: EngineOptions, count: number): number[] {
  const equations = equationsOf(requests, scheduleOf(replay, engine), count);
  return leastSquares(equations, equations.map(({ scale }) => scale ** -2));
}

const REWEIGHTINGS = 30;
/** A relative error that is none: of microseconds in seconds. */
const TRIFLE = 1e-7;

/**
 * The same by least absolute errors, which most equations being right is enough for: those that a step more or less
 * makes wrong do not count for more than the others. Least squares, reweighted (Schlossmacher 1973).
 */
export function askedByMost(requests: MeasuredRequests, replay: Replay, engine: EngineOptions, count: number): number[] {
  const equations = equationsOf(requests, scheduleOf(replay, engine), count);
  let x = leastSquares(equations, equations.map(({ scale }) => scale ** -2));
  for (let round = 0; round < REWEIGHTINGS; round++) {
    x = leastSquares(equations, equations.map(({ amounts, time, scale }) => {
      const error = Math.abs(amounts.reduce((rest, amount, a) => rest - amount * x[a]!, time)) / scale;
      return scale ** -2 / (error + TRIFLE);
    }));
  }
  return x;
}

function equationsOf({ arrival, firstToken, finish }: MeasuredRequests, schedule: Schedule, count: number): Equation[] {
  return Array.from({ length: count }, (_, i): Equation[] => {
    const scale = finish[i]! - arrival[i]! || 1;
    return [
      { amounts: between(schedule, arrival[i]!, schedule.firstToken[i]!), time: firstToken[i]! - arrival[i]!, scale },
      { amounts: between(schedule, schedule.firstToken[i]!, schedule.finish[i]!), time: finish[i]! - firstToken[i]!, scale },
    ];
  }).flat();
}

function leastSquares(equations: readonly Equation[], weights: readonly number[]): number[] {
  const normal = new Float64Array(SIZE * SIZE);
  const right = new Float64Array(SIZE);
  for (const [index, { amounts, time }] of equations.entries()) {
    const weight = weights[index]!;
    for (let a = 0; a < SIZE; a++) {
      right[a]! += weight * amounts[a]! * time;
      for (let b = 0; b < SIZE; b++) normal[a * SIZE + b]! += weight * amounts[a]! * amounts[b]!;
    }
  }
  return nonNegative(normal, right);
}

function scheduleOf(replay: Replay, engine: EngineOptions): Schedule {
  const inner = makeStepTime(engine.stepTime);
  const starts: number[] = [];
  const ends: number[] = [];
  const sums: number[] = COEFFICIENTS.map(() => 0);
  const stepTime: StepTime = {
    usesContext: true,
    duration(sequences, prefill, decode, context) {
      const at = sums.length - SIZE;
      const steps = sequences > 0 ? 1 : 0;
      sums.push(sums[at]! + steps, sums[at + 1]! + sequences, sums[at + 2]! + prefill, sums[at + 3]! + context);
      return inner.duration(sequences, prefill, decode, context);
    },
  };
  const onStep = ({ start, end }: StepRecord): void => {
    starts.push(start);
    ends.push(end);
  };
  const { firstToken, finish } = replay(engine, { stepTime, onStep });
  return { starts, ends, sums, firstToken, finish };
}

function between(schedule: Schedule, from: number, to: number): number[] {
  const [before, after] = [sumsAt(schedule, from), sumsAt(schedule, to)];
  return after.map((sum, k) => sum - before[k]!);
}

/** The sums at a time; of a step that is under way, its share. */
function sumsAt({ starts, ends, sums }: Schedule, time: number): number[] {
  const step = stepsUntil(ends, time);
  const share = step < ends.length && starts[step]! < time ? (time - starts[step]!) / (ends[step]! - starts[step]!) : 0;
  return COEFFICIENTS.map((_, k) => {
    const sum = sums[step * SIZE + k]!;
    return share === 0 ? sum : sum + share * (sums[(step + 1) * SIZE + k]! - sum);
  });
}

/** How many steps have ended by this time. */
function stepsUntil(ends: readonly number[], time: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Least squares with no unknown below 0, from its normal equations: of all sets of unknowns that may differ from 0 the
 * one whose solution is feasible and best. There are fifteen, so each is tried, and what is found is exact.
 */
function nonNegative(normal: Float64Array, right: Float64Array): number[] {
  let best = COEFFICIENTS.map(() => 0);
  let most = 0;
  for (let set = 1; set < 1 << SIZE; set++) {
    const members = COEFFICIENTS.map((_, a) => a).filter((a) => (set >> a) & 1);
    const solution = solved(members.map((a) => [...members.map((b) => normal[a * SIZE + b]!), right[a]!]));
    if (solution === null || solution.some((value) => !(value >= 0))) continue;
    // The sum of squares is a constant less this.
    const explained = solution.reduce((sum, value, i) => sum + value * right[members[i]!]!, 0);
    if (explained <= most) continue;
    most = explained;
    best = COEFFICIENTS.map((_, a) => solution[members.indexOf(a)] ?? 0);
  }
  return best;
}

/** Smaller pivots, as shares of what stood there, are rounding errors: the unknowns are one and the same thing. */
const LEAST_PIVOT = 1e-11;

/** Gauss's elimination of symmetric, positive equations, each with its right side last; null where they do not decide. */
function solved(rows: number[][]): number[] | null {
  const size = rows.length;
  const diagonal = rows.map((row, i) => row[i]!);
  for (let i = 0; i < size; i++) {
    const pivot = rows[i]![i]!;
    if (!(pivot > LEAST_PIVOT * diagonal[i]!)) return null;
    for (let j = i + 1; j < size; j++) {
      const factor = rows[j]![i]! / pivot;
      for (let k = i; k <= size; k++) rows[j]![k]! -= factor * rows[i]![k]!;
    }
  }
  const solution = Array.from({ length: size }, () => 0);
  for (let i = size - 1; i >= 0; i--) {
    const known = solution.reduce((sum, value, k) => (k > i ? sum + value * rows[i]![k]! : sum), 0);
    solution[i] = (rows[i]![size]! - known) / rows[i]![i]!;
  }
  return solution;
}
