/**
 * Runs a workload through the engine under one policy: the loop of docs/model.md.
 *
 * At every step boundary: arrivals join the queue, the step is planned, the step runs. The parts know nothing of each
 * other's business: queue and policy who waits, batch who runs and how far each has come, plan who gets what, steps what a
 * step does, books what is written down.
 */
import { type Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { Batch } from './batch.ts';
import { Columns } from './books/columns.ts';
import { GapCounts, SeriesIndex } from './books/gaps.ts';
import { Ledger } from './books/ledger.ts';
import { Meter } from './books/meter.ts';
import { KvCache } from './kv-cache.ts';
import type { EngineOptions } from './options.ts';
import type { Outcomes } from './outcomes.ts';
import { ByUrgency } from './planning/by-urgency.ts';
import { InOrder } from './planning/in-order.ts';
import { Moves } from './planning/moves.ts';
import type { Plan } from './planning/plan.ts';
import { Queue } from './queue.ts';
import { serverOf } from './server.ts';
import type { StepTime } from './step-time/step-time.ts';
import { Steps } from './steps.ts';
import { type SimulationHooks, Watch } from './watch.ts';

export class Engine {
  readonly #options: EngineOptions;
  readonly #kv: KvCache;
  readonly #batch: Batch;
  readonly #queue: Queue;
  readonly #moves: Moves;
  readonly #plan: Plan;
  readonly #steps: Steps;
  readonly #watch: Watch;
  readonly #stepWork: number;
  readonly #single: boolean;
  readonly #books: { columns: Columns; series: SeriesIndex; gaps: GapCounts; ledger: Ledger; meter: Meter };

  constructor(table: RequestTable, options: EngineOptions, stepTime: StepTime, policy: Policy, hooks: SimulationHooks) {
    const columns = new Columns(table, options);
    const series = new SeriesIndex(table);
    const gaps = new GapCounts(series.count, hooks.limits?.gaps);
    const ledger = new Ledger(table.classes);
    const meter = new Meter();
    const kv = new KvCache(options.kvCache);
    const batch = new Batch(Math.max(1, Math.min(options.maxBatchSize, table.count)), kv.grows ? kv.blockSize : 0, series);
    const queue = new Queue(table, options, policy, columns, ledger);
    const watch = new Watch(hooks, () => ({ arrived: queue.arrived, finished: queue.arrived - queue.unfinished - batch.count, now: this.#steps.now }));
    const parts = { table, options, batch, kv, queue, ledger, columns, watch };
    this.#options = options;
    this.#kv = kv;
    this.#batch = batch;
    this.#queue = queue;
    this.#moves = new Moves(parts);
    this.#plan = policy.preemption ? new ByUrgency(this.#moves, parts, policy, policy.preemption) : new InOrder(this.#moves, parts, policy);
    this.#watch = watch;
    this.#stepWork = 1 + series.work;
    this.#books = { columns, series, gaps, ledger, meter };
    this.#steps = new Steps({ ...parts, ...this.#books, moves: this.#moves, stepTime, policy }, hooks);
    this.#single = hooks.onStep !== undefined;
    if (policy.begin) {
      batch.keepSlots(table.count);
      policy.begin(serverOf(options, stepTime, batch, queue));
    }
  }

  run(): Outcomes {
    const batch = this.#batch;
    const queue = this.#queue;
    const steps = this.#steps;
    for (;;) {
      this.#watch.counts(this.#stepWork);
      queue.update(steps.seen);
      if (batch.count === 0 && queue.next() < 0) {
        const time = queue.wakeUp();
        if (time === undefined) return this.#outcomes();
        steps.idleUntil(time);
        continue;
      }
      this.#moves.begin();
      this.#plan.step(steps.now, batch.count === 0 || this.#options.batching === 'continuous', this.#single);
      queue.measure();
      this.#kv.measure();
      steps.take();
    }
  }

  #outcomes(): Outcomes {
    this.#watch.end();
    const { columns, series, gaps, ledger, meter } = this.#books;
    return {
      ...columns.collect(), ...meter.collect(),
      peakWaiting: this.#queue.peak, peakKvBlocks: this.#kv.peak,
      gaps: gaps.collect(series), contended: ledger.collect(), maxServiceDifference: ledger.largestDifference,
    };
  }
}
