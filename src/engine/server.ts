/** What a policy may know of the engine, and do besides ordering its queue. */
import type { Server } from '../schedulers/policy.ts';
import type { Batch } from './batch.ts';
import type { EngineOptions } from './options.ts';
import type { Queue } from './queue.ts';
import type { StepTime } from './step-time/step-time.ts';

export function serverOf({ maxBatchSize }: EngineOptions, stepTime: StepTime, batch: Batch, queue: Queue): Server {
  // A policy that asks draws nothing.
  const model = stepTime.withoutNoise ?? stepTime;
  const progressOf = (request: number, of: 'generated' | 'computed'): number => {
    const slot = batch.slotOf(request);
    return slot >= 0 ? batch[of](slot) : queue.reached(request, of);
  };
  return {
    get now() {
      return queue.now;
    },
    maxBatchSize,
    duration: (sequences, prefill, decode, context) => model.duration(sequences, prefill, decode, context),
    generated: (request) => progressOf(request, 'generated'),
    computed: (request) => progressOf(request, 'computed'),
    hold: (request) => queue.hold(request),
    release: (request) => queue.release(request),
    shed: (request, reason) => queue.shed(request, reason),
  };
}
