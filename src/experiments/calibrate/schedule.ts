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
/** Sweeps of coordinate descent: four unknowns, some of them nearly the same thing. */
const SWEEPS = 3000;

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

/**
 * Microseconds per coefficient, in their order, with which the schedule of this engine meets the first `count`
 * requests best: their first tokens and their finishes, relative to the latency as in the objective.
 */
export function askedBy(requests: MeasuredRequests, replay: Replay, engine: EngineOptions, count: number): number[] {
  const schedule = scheduleOf(replay, engine);
  const { arrival, firstToken, finish } = requests;
  const normal = new Float64Array(SIZE * SIZE);
  const right = new Float64Array(SIZE);
  const add = (from: number, to: number, time: number, weight: number): void => {
    const row = between(schedule, from, to);
    for (let a = 0; a < SIZE; a++) {
      right[a]! += weight * row[a]! * time;
      for (let b = 0; b < SIZE; b++) normal[a * SIZE + b]! += weight * row[a]! * row[b]!;
    }
  };
  for (let i = 0; i < count; i++) {
    const weight = 1 / (finish[i]! - arrival[i]! || 1) ** 2;
    add(arrival[i]!, schedule.firstToken[i]!, firstToken[i]! - arrival[i]!, weight);
    add(schedule.firstToken[i]!, schedule.finish[i]!, finish[i]! - firstToken[i]!, weight);
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

/** Least squares with no unknown below 0, from its normal equations, one unknown at a time. */
function nonNegative(normal: Float64Array, right: Float64Array): number[] {
  const x: number[] = COEFFICIENTS.map(() => 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let a = 0; a < SIZE; a++) {
      const diagonal = normal[a * SIZE + a]!;
      if (diagonal === 0) continue;
      const error = x.reduce((sum, value, b) => sum - normal[a * SIZE + b]! * value, right[a]!);
      x[a] = Math.max(0, x[a]! + error / diagonal);
    }
  }
  return x;
}
