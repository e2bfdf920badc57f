/** What a run tells, and is asked, on the way: its steps, its progress, and whether it has worked enough. */
import type { Micros } from '../core/time.ts';
import type { StepObserver } from './outcomes.ts';
import { WorkLimitError } from './work-limit.ts';

/** Work between two calls of `onProgress`. */
const PROGRESS_INTERVAL = 1 << 15;

export interface SimulationHooks {
  /** Name of the policy, for messages. */
  readonly policy?: string | undefined;
  /** Called once per step; makes the engine take every step singly. */
  readonly onStep?: StepObserver | undefined;
  /** Called now and then with the number of requests that have arrived and the virtual time. */
  readonly onProgress?: ((arrived: number, now: Micros) => void) | undefined;
  /** Most steps to be taken one by one: equal steps that are taken together count once. Beyond it a WorkLimitError is thrown. */
  readonly mostSteps?: number | undefined;
  /**
   * The arrivals are stamps of the engine itself, taken when it drained its input: the step planned at that instant sees
   * them, with asyncScheduling too. By default arrivals are those at the front of the server.
   */
  readonly arrivalsAtPlanning?: boolean | undefined;
}

export class Watch {
  readonly #onProgress: SimulationHooks['onProgress'];
  readonly #most: number;
  #steps = 0;
  #next = 0;

  constructor({ onProgress, mostSteps = Infinity }: SimulationHooks) {
    this.#onProgress = onProgress;
    this.#most = mostSteps;
    this.#next = Math.min(PROGRESS_INTERVAL, mostSteps);
  }

  /** Some steps are taken that have to be taken one by one. Returns whether `report` is to be called. */
  counts(steps: number): boolean {
    this.#steps += steps;
    return this.#steps > this.#next;
  }

  report(arrived: number, now: Micros): void {
    if (this.#steps > this.#most) throw new WorkLimitError('steps', this.#most);
    this.#onProgress?.(arrived, now);
    this.#next = Math.min(this.#steps + PROGRESS_INTERVAL, this.#most);
  }
}
