/**
 * The contract of a step-time model: how long one engine step lasts.
 */
import type { GenericSchema } from 'valibot';
import type { Micros } from '../../core/time.ts';

export interface StepTime {
  /**
   * Duration of a step in whole microseconds, rounded once, half up. A step that schedules nothing lasts 0.
   *
   * @param sequences requests scheduled in the step
   * @param prefill scheduled tokens that are prefill (recompute too)
   * @param decode scheduled tokens that are decode: one per decoding request
   * @param context sum over scheduled requests of (tokens computed before the step + scheduled in it)
   */
  duration(sequences: number, prefill: number, decode: number, context: number): Micros;
  /** Whether `context` matters: if not, equal batches take equal time and runs of steps have a closed form. */
  readonly usesContext: boolean;
  /** Where a call draws what is added by chance: the same without it. */
  readonly withoutNoise?: StepTime;
}

export interface StepTimeDefinition<Options = unknown> {
  readonly name: string;
  readonly summary: string;
  /** Entries of a strict object beside `model`. */
  readonly options: Readonly<Record<string, GenericSchema<unknown, unknown>>>;
  make(options: Options): StepTime;
}
