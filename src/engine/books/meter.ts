/** What a run adds up over its steps: how long it was busy, with how many, and how it did while others waited. */
import type { Micros } from '../../core/time.ts';

export class Meter {
  steps = 0;
  busyTime: Micros = 0;
  /** Batch size integrated over time, request-microseconds. */
  batchTime = 0;
  backlogTime: Micros = 0;
  backlogTokens = 0;

  /**
   * Equal steps that took `time` together.
   *
   * @param sequences requests scheduled in each
   * @param emitted output tokens of all of them
   * @param backlog whether requests were left waiting
   */
  add(steps: number, time: Micros, sequences: number, emitted: number, backlog: boolean): void {
    this.steps += steps;
    this.busyTime += time;
    this.batchTime += sequences * time;
    if (!backlog) return;
    this.backlogTime += time;
    this.backlogTokens += emitted;
  }
}
