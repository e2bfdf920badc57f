/** What a run adds up over its steps: how long it was busy, and with how many. */
import type { Micros } from '../../core/time.ts';

export class Meter {
  steps = 0;
  busyTime: Micros = 0;
  /** Batch size integrated over time, request-microseconds. */
  batchTime = 0;

  /**
   * Equal steps that took `time` together.
   *
   * @param sequences requests scheduled in each
   */
  add(steps: number, time: Micros, sequences: number): void {
    this.steps += steps;
    this.busyTime += time;
    this.batchTime += sequences * time;
  }

  /** The part of the outcomes that is kept here. */
  collect() {
    const { steps, busyTime, batchTime } = this;
    return { steps, busyTime, batchTime };
  }
}
