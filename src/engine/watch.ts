/** What a run tells, and is asked, on the way: its steps, its progress, and whether it has worked enough. */
import type { Micros } from '../core/time.ts';
import type { StepObserver } from './outcomes.ts';
import { WorkLimitError, type WorkLimits } from './work-limit.ts';

/** Work between two calls of `onProgress`. */
const PROGRESS_INTERVAL = 1 << 15;

/** Binary logarithm of how many requests are looked at in the time of a step. */
const LOOKS = 4;

export interface SimulationHooks {
  /** Name of the policy, for messages. */
  readonly policy?: string | undefined;
  /** Called once per step; makes the engine take every step singly. */
  readonly onStep?: StepObserver | undefined;
  /** Called now and then with the number of requests that have arrived and the virtual time. */
  readonly onProgress?: ((arrived: number, now: Micros) => void) | undefined;
  /** Beyond them a WorkLimitError is thrown. Absent: none. */
  readonly limits?: WorkLimits | undefined;
  /** Told at the end how much work it was. */
  readonly onWork?: ((work: number) => void) | undefined;
  /**
   * The arrivals are stamps of the engine itself, taken when it drained its input: the step planned at that instant sees
   * them, with asyncScheduling too. By default arrivals are those at the front of the server.
   */
  readonly arrivalsAtPlanning?: boolean | undefined;
}

/** How far a run is. */
export interface Reached {
  /** Requests that have arrived, and those of them that have left: completed or shed. */
  readonly arrived: number;
  readonly finished: number;
  readonly now: Micros;
}

export class Watch {
  readonly #onProgress: SimulationHooks['onProgress'];
  readonly #onWork: SimulationHooks['onWork'];
  readonly #most: number;
  readonly #reached: () => Reached;
  #work = 0;
  #next = 0;

  constructor({ onProgress, onWork, limits }: SimulationHooks, reached: () => Reached) {
    this.#onProgress = onProgress;
    this.#onWork = onWork;
    this.#most = limits?.steps ?? Infinity;
    this.#reached = reached;
    this.#next = Math.min(PROGRESS_INTERVAL, this.#most);
  }

  /** So much work is done (see `WorkLimits`). @throws WorkLimitError where it is too much */
  counts(work: number): void {
    this.#work += work;
    if (this.#work > this.#next) this.#report();
  }

  /** So many requests are looked at, one after the other: next to nothing each, but some do it again and again. */
  looks(requests: number): void {
    this.counts(requests >> LOOKS);
  }

  end(): void {
    this.#onWork?.(this.#work);
  }

  #report(): void {
    const { arrived, finished, now } = this.#reached();
    if (this.#work > this.#most) throw new WorkLimitError('steps', this.#most, finished);
    this.#onProgress?.(arrived, now);
    this.#next = Math.min(this.#work + PROGRESS_INTERVAL, this.#most);
  }
}
