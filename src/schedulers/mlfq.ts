/**
 * Skip-join multi-level feedback queue: short answers first without knowing lengths.
 *
 * A request begins at the level whose quantum its prompt needs, and goes down a level whenever it has run for longer than
 * the quantum of its own. Who waits too long comes up again.
 */
import * as v from 'valibot';
import { KeyedHeap } from '../core/heap.ts';
import { NumberHeap } from '../core/number-heap.ts';
import { number, positiveDuration, whole } from '../core/options.ts';
import type { Micros } from '../core/time.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Horizon, Policy, PolicyDefinition, Preemption, Server, Stretch } from './policy.ts';
import { lastBy } from './victims.ts';

interface Options {
  readonly base: Micros;
  readonly ratio: number;
  readonly levels: number;
  readonly promoteAfter: Micros;
}

export const mlfq: PolicyDefinition<Options> = {
  name: 'mlfq',
  summary: 'multi-level feedback queue: who has run for long gives way to who has not; preempts',
  advice: {
    choose: 'short answers are to go first, and nobody knows how long an answer will be',
    avoid: 'KV blocks are short: every preemption is computed again; or answers are all of one length',
    cost: 'O(levels + log waiting), and a look at the batch for each stretch of equal steps',
    source: 'skip-join MLFQ: Wu et al. 2023, FastServe',
  },
  options: {
    base: v.optional(positiveDuration('quantum of the first level'), '10ms'),
    ratio: v.optional(number('each level has a quantum so many times as long', 1, 1000), 2),
    levels: v.optional(whole('number of levels', 1, 64), 8),
    promoteAfter: v.optional(positiveDuration('who has waited so long goes to the first level'), '3s'),
  },
  make: (table, options) => new Mlfq(table, options),
};

class Mlfq implements Policy {
  readonly #promptTokens: RequestTable['promptTokens'];
  readonly #quanta: readonly Micros[];
  readonly #promoteAfter: Micros;
  readonly #level: Uint8Array;
  /** Service used in its level. */
  readonly #used: Float64Array;
  /** Since when it waits; NaN: it does not. */
  readonly #since: Float64Array;
  /** By level. An entry whose request has gone, or is at another level, is passed over. */
  readonly #queues: readonly NumberHeap[];
  /** By the time of joining: those that may have to come up. */
  readonly #joined = new KeyedHeap();
  readonly #running = new Set<number>();
  #server!: Server;
  readonly preemption: Preemption;
  readonly victim: Policy['victim'];

  constructor({ count, promptTokens }: RequestTable, { base, ratio, levels, promoteAfter }: Options) {
    this.#promptTokens = promptTokens;
    this.#quanta = Array.from({ length: levels }, (_, level) => base * ratio ** level);
    this.#promoteAfter = promoteAfter;
    this.#level = new Uint8Array(count);
    this.#used = new Float64Array(count);
    this.#since = new Float64Array(count).fill(NaN);
    this.#queues = this.#quanta.map(() => new NumberHeap());
    const levelOf = (request: number): number => this.#level[request]!;
    this.victim = lastBy(levelOf);
    this.preemption = { key: levelOf, mayPreempt: (waiting, running) => levelOf(waiting) < levelOf(running) };
  }

  begin(server: Server): void {
    this.#server = server;
  }

  arrive(request: number): void {
    const prompt = Math.max(1, this.#promptTokens[request]!);
    const needed = this.#server.duration(1, prompt, 0, prompt);
    const level = this.#quanta.findIndex((quantum) => quantum >= needed);
    this.#level[request] = level < 0 ? this.#quanta.length - 1 : level;
    this.#join(request);
  }

  preempted(request: number): void {
    this.#running.delete(request);
    this.#join(request);
  }

  #join(request: number): void {
    const { now } = this.#server;
    this.#since[request] = now;
    this.#queues[this.#level[request]!]!.push(request);
    this.#joined.push(now, request);
  }

  review(): void {
    for (let since = this.#oldest(); this.#server.now - since >= this.#promoteAfter; since = this.#oldest()) {
      const request = this.#joined.pop();
      this.#used[request] = 0;
      if (this.#level[request] === 0) continue;
      this.#level[request] = 0;
      this.#queues[0]!.push(request);
    }
  }

  /** Since when the first of those waits that have not come up since they joined; Infinity when there is none. */
  #oldest(): Micros {
    const joined = this.#joined;
    while (joined.size > 0 && this.#since[joined.minId] !== joined.minKey) joined.pop();
    return joined.size > 0 ? joined.minKey : Infinity;
  }

  next(): number {
    for (const [level, queue] of this.#queues.entries()) {
      while (queue.size > 0) {
        const request = queue.min;
        if (this.#level[request] === level && !Number.isNaN(this.#since[request]!)) return request;
        queue.pop();
      }
    }
    return -1;
  }

  admitted(request: number): void {
    this.#since[request] = NaN;
    this.#running.add(request);
  }

  withdrawn(request: number): void {
    this.#since[request] = NaN;
  }

  finished(request: number): void {
    this.#running.delete(request);
  }

  served({ count, requests, time }: Stretch): void {
    for (let i = 0; i < count; i++) {
      const request = requests[i]!;
      const level = this.#level[request]!;
      this.#used[request]! += time;
      if (this.#used[request]! <= this.#quanta[level]!) continue;
      this.#used[request] = 0;
      if (level < this.#quanta.length - 1) this.#level[request] = level + 1;
    }
  }

  horizon(): Horizon {
    let service = Infinity;
    for (const request of this.#running) {
      const level = this.#level[request]!;
      // On the last level nothing changes any more.
      if (level < this.#quanta.length - 1) service = Math.min(service, Math.floor(this.#quanta[level]! - this.#used[request]!) + 1);
    }
    return { time: this.#oldest() + this.#promoteAfter, steps: Infinity, service };
  }
}
