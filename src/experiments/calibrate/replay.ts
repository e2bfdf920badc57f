/** Replays the requests of a run through the engine, with any step times: what every guess is judged by. */
import type { EngineOptions } from '../../engine/options.ts';
import type { Outcomes, StepObserver } from '../../engine/outcomes.ts';
import { simulate } from '../../engine/simulate.ts';
import { UNLIMITED, WorkBudget, type WorkLimits } from '../../engine/work-limit.ts';
import { makeStepTime } from '../../engine/step-time/index.ts';
import type { StepTime } from '../../engine/step-time/step-time.ts';
import { fifo } from '../../schedulers/fifo.ts';
import type { RequestTable } from '../../workload/request-table.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';

/** `stepTime`: instead of the one that the engine's options make. */
export type Replay = (engine: EngineOptions, watch?: { readonly stepTime: StepTime; readonly onStep: StepObserver }) => Outcomes;

/**
 * vLLM's `fcfs`, the only policy of the runs that are read.
 *
 * @param limits of all replays together; beyond them a WorkLimitError is thrown
 */
export function replayOf(requests: MeasuredRequests, limits: WorkLimits = UNLIMITED): Replay {
  const table = tableOf(requests);
  const budget = new WorkBudget(limits);
  return (engine, watch) => simulate(table, engine, watch?.stepTime ?? makeStepTime(engine.stepTime), fifo.make(table, {}, { seed: '', maxBatchSize: engine.maxBatchSize }), {
    onStep: watch?.onStep, arrivalsAtPlanning: requests.stamped === 'engine', ...budget.hooks(),
  });
}

function tableOf({ count, arrival, promptTokens, outputTokens }: MeasuredRequests): RequestTable {
  return {
    count, arrival, promptTokens, outputTokens,
    class: new Uint16Array(count), tenant: new Uint16Array(count), source: new Uint16Array(count),
    ordinal: Uint32Array.from({ length: count }, (_, i) => i),
    classes: [{ name: 'request', priority: 1, weight: 1, sla: {} }],
    tenants: [], sources: [{ name: 'request' }], slaOverrides: new Map(),
  };
}
