/** Where a simulation stops rather than take for ever, or all the memory there is. */

/** How much a simulation may do. */
export interface WorkLimits {
  /** Most work: 1 for each step that is taken by itself (equal steps that are taken together count as one), and 1 for each request that is looked at by itself in it. */
  readonly steps: number;
  /** Most counts of gaps between tokens: lengths that differ, times classes and tenants that are kept apart; 8 bytes each, and as much again while they grow. */
  readonly gaps: number;
}

export const UNLIMITED: WorkLimits = { steps: Infinity, gaps: Infinity };

/** A simulation takes more work, or more memory, than it may. */
export class WorkLimitError extends Error {
  override readonly name = 'WorkLimitError';
  readonly what: keyof WorkLimits;
  readonly limit: number;
  /** Requests that had left the engine, completed or shed, by then; null where that is not known. */
  readonly finished: number | null;

  constructor(what: keyof WorkLimits, limit: number, finished: number | null = null) {
    super(what === 'steps'
      ? `the simulation takes more than ${limit} steps that cannot be taken together`
      : `the gaps between tokens are of more lengths than ${limit} counts can hold`);
    this.what = what;
    this.limit = limit;
    this.finished = finished;
  }
}

/** What several simulations, one after the other, may do together. */
export class WorkBudget {
  readonly #limits: WorkLimits;
  #spent = 0;

  constructor(limits: WorkLimits) {
    this.#limits = limits;
  }

  /** For the hooks of the next simulation. */
  hooks(): { readonly limits: WorkLimits; readonly onWork: (work: number) => void } {
    return {
      limits: { ...this.#limits, steps: this.#limits.steps - this.#spent },
      onWork: (work) => {
        this.#spent += work;
      },
    };
  }
}
