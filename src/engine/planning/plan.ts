/** The contract of a plan: who gets how many tokens in a step, who is admitted, who is preempted. */
import type { Micros } from '../../core/time.ts';

export interface Plan {
  /**
   * Plans the step that starts at `now`. Afterwards the group takes a step if it is not empty, and the loose slots with
   * `planned` > 0 take theirs.
   *
   * @param open whether anybody may be admitted
   * @param single plan every request by itself, even where the group could be planned as one
   */
  step(now: Micros, open: boolean, single: boolean): void;
}
