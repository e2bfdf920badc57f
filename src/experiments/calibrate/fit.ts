/** Judges points of the search by their replay, and remembers the best. */
import type { EngineOptions } from '../../engine/options.ts';
import { UNLIMITED, type WorkLimits } from '../../engine/work-limit.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';
import { residualsOf, sumOfSquares } from './objective.ts';
import { engineAt, type Vector } from './parameters.ts';
import { replayOf, type Replay } from './replay.ts';
import { askedBy, askedByMost } from './schedule.ts';

const ROUNDS = 8;
const SHARE_OF_WAY = 0.7;

/** Requests that an exact answer is looked for first, and how many times more then. */
const FIRST_FEW = 10;
const MORE = 1.6;
const SETTLING_ROUNDS = 6;
/** A loss below this is of microseconds that were rounded; where it is above with so many requests, there is no exact answer. */
export const EXACT = 1e-6;
const WHEN_TO_GIVE_UP = 24;

export interface Point {
  readonly vector: Vector;
  /** Mean square of the errors, see objective.ts. */
  readonly loss: number;
}

export class Fit {
  evaluations = 0;
  readonly requests: MeasuredRequests;
  readonly replay: Replay;
  readonly count: number;

  /** @param count how many requests, the first by arrival, the fit may see */
  constructor(requests: MeasuredRequests, count: number, limits: WorkLimits = UNLIMITED) {
    this.requests = requests;
    this.replay = replayOf(requests, limits);
    this.count = count;
  }

  /** @param count how many requests are judged */
  evaluate(engine: EngineOptions, count = this.count): Float64Array {
    this.evaluations++;
    return residualsOf(this.requests, this.replay(engine), Math.min(count, this.count));
  }

  /** Microseconds per coefficient, in their order: what the schedule of this engine asks them to be. */
  askedBy(engine: EngineOptions): number[] {
    this.evaluations++;
    return askedBy(this.requests, this.replay, engine, this.count);
  }

  /** The same of the first `count` requests, whatever a few of them say. */
  askedByMost(engine: EngineOptions, count: number): number[] {
    this.evaluations++;
    return askedByMost(this.requests, this.replay, engine, Math.min(count, this.count));
  }
}

/** The points of one search, on an engine that differs only in what is searched for. */
export class Judge {
  readonly #fit: Fit;
  readonly #engine: EngineOptions;
  readonly #known = new Map<string, Float64Array>();
  #best: Point | null = null;

  constructor(fit: Fit, engine: EngineOptions) {
    this.#fit = fit;
    this.#engine = engine;
  }

  /**
   * Walks from a point to what its schedule asks for, again and again, most of the way each time: all of it
   * would swing, as a longer step makes a longer queue.
   *
   * @returns the best point on the way
   */
  approach(start: Vector, lower: Vector, upper: Vector): Point {
    let best = this.at(start);
    let vector = start;
    for (let round = 0; round < ROUNDS; round++) {
      const asked = this.#fit.askedBy(engineAt(this.#engine, vector));
      vector = vector.map((value, i) => (i < asked.length ? Math.log(Math.exp(value) + SHARE_OF_WAY * (asked[i]! - Math.exp(value))) : value))
        .map((value, i) => Math.min(upper[i]!, Math.max(lower[i]!, value)));
      const point = this.at(vector);
      if (point.loss < best.loss) best = point;
    }
    return best;
  }

  /**
   * Looks for coefficients that meet the run exactly, from the best point on: first those of the first few requests, as a
   * schedule that is nearly right goes wrong only with time, then of more and more. A run that was really measured has no
   * such coefficients, and is soon given up.
   */
  settle(): void {
    let { vector } = this.best;
    for (let count = FIRST_FEW; ; count = Math.ceil(count * MORE)) {
      const { nearest, loss } = this.#nearest(vector, count);
      if (loss > EXACT && count > WHEN_TO_GIVE_UP) return;
      vector = nearest;
      if (loss === 0 || count >= this.#fit.count) break;
    }
    this.at(vector);
  }

  /** What the schedules ask for, from one to the next, that meets the first `count` requests best. */
  #nearest(start: Vector, count: number): { nearest: Vector; loss: number } {
    let best = { nearest: start, loss: Infinity };
    let vector = start;
    for (let round = 0; round < SETTLING_ROUNDS && best.loss > 0; round++) {
      const engine = engineAt(this.#engine, vector);
      const loss = sumOfSquares(this.#fit.evaluate(engine, count));
      if (loss < best.loss) best = { nearest: vector, loss };
      const asked = this.#fit.askedByMost(engine, count);
      vector = vector.map((value, i) => (i < asked.length ? Math.log(asked[i]!) : value));
    }
    return best;
  }

  /** The best point so far; there must have been one. */
  get best(): Point {
    return this.#best!;
  }

  at(vector: Vector): Point {
    return { vector, loss: sumOfSquares(this.residuals(vector)) };
  }

  /** A point is replayed once, however often it is asked for. */
  readonly residuals = (vector: Vector): Float64Array => {
    const engine = engineAt(this.#engine, vector);
    const key = JSON.stringify([engine.stepTime, engine.kvCache?.blocks]);
    let residuals = this.#known.get(key);
    if (!residuals) {
      this.#known.set(key, (residuals = this.#fit.evaluate(engine)));
      const loss = sumOfSquares(residuals);
      if (!this.#best || loss < this.#best.loss) this.#best = { vector: [...vector], loss };
    }
    return residuals;
  };
}
