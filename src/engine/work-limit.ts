/** Where a simulation stops rather than take for ever, or all the memory there is. */

/** A simulation takes more steps one by one, or more memory, than it may. */
export class WorkLimitError extends Error {
  override readonly name = 'WorkLimitError';
  /** steps: taken one by one. gaps: different lengths of the gaps between tokens. */
  readonly what: 'steps' | 'gaps';
  readonly limit: number;

  constructor(what: 'steps' | 'gaps', limit: number) {
    super(what === 'steps'
      ? `the simulation takes more than ${limit} steps that cannot be taken together`
      : `the gaps between tokens have more than ${limit} different lengths`);
    this.what = what;
    this.limit = limit;
  }
}
