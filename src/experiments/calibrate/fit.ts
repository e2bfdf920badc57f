/** Judges points of the search by their replay, and remembers the best. */
import type { EngineOptions } from '../../engine/options.ts';
import type { Outcomes } from '../../engine/outcomes.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';
import { residualsOf, sumOfSquares } from './objective.ts';
import { engineAt, type Vector } from './parameters.ts';
import { replayOf } from './replay.ts';

export interface Point {
  readonly vector: Vector;
  /** Mean square of the errors, see objective.ts. */
  readonly loss: number;
}

export class Fit {
  evaluations = 0;
  readonly requests: MeasuredRequests;
  readonly replay: (engine: EngineOptions) => Outcomes;
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
