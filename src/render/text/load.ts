/** What the load comes to that a source was asked to put on the engine. */
import type { SourceReport } from '../../workload/source.ts';
import { rate, ratio, written } from './quantities.ts';

/** `a load of 0.800 is 5.40 /s on this engine`; null: no load was asked for, or it has no rate. */
export function loadText({ load }: SourceReport): string | null {
  return load && load.rate !== null ? `a load of ${written(ratio(load.asked))} is ${written(rate(load.rate))} on this engine` : null;
}
