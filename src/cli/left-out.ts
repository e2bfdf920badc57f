/** Scenarios of several that a command can do nothing with, or whose data is not here: they are named, and the others are shown. */
import { type Fault, FaultError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import type { ScenarioFile } from '../jobs/scenario-file.ts';
import type { Scenario } from '../scenario/scenario.ts';

export class LeftOut {
  /** A line for each. */
  readonly told: Fault[] = [];
  readonly #faults: Fault[] = [];

  /**
   * Those of the scenarios that the command can do something with.
   *
   * @param unfit why it cannot; undefined: it can
   * @throws FaultError where that is none of them
   */
  fit(scenarios: readonly ScenarioFile[], unfit: (scenario: Scenario) => Fault | undefined): ScenarioFile[] {
    const fit = scenarios.filter(({ path, scenario }) => {
      const fault = unfit(scenario);
      if (fault !== undefined) this.#leave(path, fault);
      return fault === undefined;
    });
    if (fit.length === 0) this.refuse();
    return fit;
  }

  missing(faults: readonly Fault<FilePlace>[]): void {
    for (const fault of faults) this.#leave(fault.file, fault);
  }

  /** @throws FaultError because nothing is left */
  refuse(): never {
    throw new FaultError(this.#faults);
  }

  #leave(path: string, fault: Fault): void {
    const { code, message, help } = fault;
    this.#faults.push(fault);
    this.told.push({ code, severity: 'warning', message: `${path} is left out: ${message}${help === undefined ? '' : ` (${help})`}` });
  }
}
