/** Judges points of the search by their replay, and remembers the best. */
import type { EngineOptions } from '../../engine/options.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';
import { residualsOf, sumOfSquares } from './objective.ts';
import { engineAt, type Vector } from './parameters.ts';
import { replayOf, type Replay } from './replay.ts';
import { askedBy } from './schedule.ts';

const ROUNDS = 8;
const SHARE_OF_WAY = 0.7;

export interface Point {
  readonly vector: Vector;
  /** Mean square of the errors, see objective.ts. */
  readonly loss: number;
}

export class Fit {
  evaluations = 0;
  readonly requests: MeasuredRequests;
  readonly replay: Replay;
  readonly #count: number;

  /** @param count how many requests, the first by arrival, the fit may see */
  constructor(requests: MeasuredRequests, count: number) {
    this.requests = requests;
    this.replay = replayOf(requests);
    this.#count = count;
  }

  evaluate(engine: EngineOptions): Float64Array {
    this.evaluations++;
    return residualsOf(this.requests, this.replay(engine), this.#count);
  }

  /** Microseconds per coefficient, in their order: what the schedule of this engine asks them to be. */
  askedBy(engine: EngineOptions): number[] {
    this.evaluations++;
    return askedBy(this.requests, this.replay, engine, this.#count);
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
