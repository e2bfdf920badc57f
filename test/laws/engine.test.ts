/** Laws that hold for every policy and engine, over random workloads. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineOptions } from '../../src/engine/options.ts';
import { type Outcomes, Status, type StepRecord } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { engineOf, policyOf, type Row, stepTimeOf, tableOf } from '../support.ts';
import { CLASSES, engines, steadyEngines, TENANTS, workloads } from './scenario-arbitrary.ts';

const POLICIES: readonly [string, Record<string, unknown>][] = [
  ['fifo', {}],
  ['priority', {}],
  ['priority', { preempt: true }],
  ['priority', { preempt: true, minGap: 3 }],
];
const policies = fc.constantFrom(...POLICIES);

interface Result {
  readonly outcomes: Outcomes;
  readonly steps: readonly StepRecord[];
}

function run(rows: readonly Row[], options: EngineOptions, [policy, policyOptions]: readonly [string, Record<string, unknown>]): Result {
  const table = tableOf(rows, CLASSES, TENANTS);
  const steps: StepRecord[] = [];
  const outcomes = simulate(table, options, stepTimeOf(options), policyOf(policy, table, policyOptions), { onStep: (step) => steps.push(step) });
  return { outcomes, steps };
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const rowsWhere = (rows: readonly Row[], outcomes: Outcomes): [Row, number][] =>
  rows.map((r, i): [Row, number] => [r, i]).filter(([, i]) => outcomes.status[i] === Status.completed);
/** Engines without token, length and KV limits: the seed model, on every step-time curve. */
const seedEngines = steadyEngines.map(({ maxBatchSize, stepTime }) => ({ ...engineOf({ maxBatchSize }), stepTime }));
const constantEngines = fc.integer({ min: 1, max: 5 }).map((maxBatchSize) => engineOf({ maxBatchSize, stepTime: { model: 'constant', tokenTime: '10us' } }));

/** With a token budget, chunked prefill or not, on a constant step time. */
const budgetedEngines = fc
  .record(
    {
      maxBatchSize: fc.integer({ min: 1, max: 7 }), maxBatchTokens: fc.integer({ min: 1, max: 40 }),
      chunkedPrefill: fc.boolean(), longPrefillThreshold: fc.constantFrom(0, 3, 10),
    },
    { requiredKeys: ['maxBatchSize'] },
  )
  .map((options) => engineOf({ ...options, stepTime: { model: 'constant', tokenTime: '10us' } }));

describe('conservation', () => {
  it('every request is completed or shed, with causal times', () => {
    fc.assert(fc.property(engines, workloads, policies, (options, rows, policy) => {
      const { outcomes } = run(rows, options, policy);
      rows.forEach((row, i) => {
        expect(outcomes.status[i]).not.toBe(Status.unfinished);
        if (outcomes.status[i] === Status.shed) {
          expect([outcomes.admitted[i], outcomes.firstToken[i], outcomes.finish[i]]).toEqual([NaN, NaN, NaN]);
          expect(outcomes.shedReason[i]).toBeGreaterThan(0);
          return;
        }
        expect(outcomes.admitted[i]).toBeGreaterThanOrEqual(row.arrival);
        expect(outcomes.firstToken[i]).toBeGreaterThanOrEqual(outcomes.admitted[i]!);
        expect(outcomes.finish[i]).toBeGreaterThanOrEqual(outcomes.firstToken[i]!);
      });
    }));
  });

  it('every request emits just its output tokens, and computes each of its tokens once more than it lost', () => {
    fc.assert(fc.property(engines, workloads, policies, (options, rows, policy) => {
      const { outcomes, steps } = run(rows, options, policy);
      const emitted = new Map<number, number>();
      const computed = new Map<number, number>();
      for (const step of steps) {
        for (const r of step.sampled) emitted.set(r, (emitted.get(r) ?? 0) + 1);
        for (const [r, tokens] of step.scheduled) computed.set(r, (computed.get(r) ?? 0) + tokens);
      }
      for (const [row, i] of rowsWhere(rows, outcomes)) {
        const prompt = Math.max(1, row.prompt!);
        const output = options.overlong === 'truncate' ? Math.min(row.output, (options.maxModelLength ?? Infinity) - prompt) : row.output;
        expect(emitted.get(i)).toBe(output);
        expect(computed.get(i)! - outcomes.recomputedTokens[i]!).toBe(prompt + output - 1);
      }
    }));
  });

  it('KV blocks: held + free = all at every step, and none holds more than its computed tokens need', () => {
    fc.assert(fc.property(engines, workloads, policies, (base, rows, policy) => {
      fc.pre(base.kvCache !== undefined && base.kvCache.admission !== 'completion');
      const { kvCache, asyncScheduling } = base;
      const { steps } = run(rows, base, policy);
      const computed = new Map<number, number>();
      let finished: readonly number[] = [];
      let finishedBefore: readonly number[] = [];
      for (const step of steps) {
        // With async scheduling a finish frees its blocks after the next plan.
        for (const r of asyncScheduling ? finishedBefore : finished) computed.delete(r);
        for (const r of step.preempted) computed.delete(r);
        for (const [r, tokens] of step.scheduled) computed.set(r, (computed.get(r) ?? 0) + tokens);
        const held = sum([...computed.values()].map((tokens) => Math.ceil(tokens / kvCache!.blockSize)));
        expect(held + step.freeBlocks!).toBe(kvCache!.blocks);
        finishedBefore = finished;
        finished = step.finished;
      }
    }));
  });
});

describe('limits', () => {
  it('every step stays within its slots and its token budget, and no prompt is cut when it must not be', () => {
    fc.assert(fc.property(engines, workloads, policies, (options, rows, policy) => {
      const { steps } = run(rows, options, policy);
      const threshold = options.longPrefillThreshold || Infinity;
      const begun = new Set<number>();
      for (const { scheduled } of steps) {
        for (const [r, tokens] of scheduled) {
          if (!options.chunkedPrefill && !begun.has(r)) expect(tokens).toBe(Math.min(Math.max(1, rows[r]!.prompt!), threshold));
          begun.add(r);
        }
        expect(scheduled.length).toBeLessThanOrEqual(options.maxBatchSize);
        expect(sum(scheduled.map(([, tokens]) => tokens))).toBeLessThanOrEqual(options.maxBatchTokens ?? Infinity);
        for (const [, tokens] of scheduled) {
          expect(tokens).toBeGreaterThan(0);
          expect(tokens).toBeLessThanOrEqual(threshold);
        }
      }
    }));
  });

  it('a step that schedules nothing preempts somebody or waits for a last token: not for long', () => {
    fc.assert(fc.property(engines, workloads, policies, (options, rows, policy) => {
      let idle = 0;
      for (const { scheduled } of run(rows, options, policy).steps) {
        idle = scheduled.length === 0 ? idle + 1 : 0;
        expect(idle).toBeLessThanOrEqual(options.maxBatchSize + 1);
      }
    }));
  });

  it('static batching admits only into an empty batch', () => {
    fc.assert(fc.property(engines, workloads, policies, (base, rows, policy) => {
      const { outcomes } = run(rows, { ...base, batching: 'static', asyncScheduling: false }, policy);
      const done = rowsWhere(rows, outcomes);
      for (const [, i] of done) for (const [, j] of done) {
        const overlap = outcomes.admitted[j]! > outcomes.admitted[i]! && outcomes.admitted[j]! < outcomes.finish[i]!;
        if (overlap && outcomes.preemptions[i] === 0) expect.unreachable(`${j} joined the batch of ${i}`);
      }
    }));
  });
});

describe('work conservation (seed model)', () => {
  it('every step runs min(slots, present) requests, and no time passes idle while work is present', () => {
    fc.assert(fc.property(seedEngines, workloads, policies, (options, rows, policy) => {
      const { outcomes, steps } = run(rows, options, policy);
      let end = -1;
      for (const step of steps) {
        const present = rows.filter((r, i) => r.arrival <= step.start && outcomes.finish[i]! > step.start).length;
        // A zero-length step may finish at its own start.
        if (step.end > step.start) expect(step.scheduled.length).toBe(Math.min(options.maxBatchSize, present));
        if (step.start > end && end >= 0) expect(rows.some((r, i) => r.arrival < step.start && outcomes.finish[i]! > step.start)).toBe(false);
        end = step.end;
      }
    }));
  });

  it("Little's law as an integer identity: the integral of batch and queue is the sum of service and waits", () => {
    fc.assert(fc.property(seedEngines, workloads, (options, rows) => {
      for (const policy of POLICIES.slice(0, 2)) {
        const { outcomes, steps } = run(rows, options, policy);
        const inBatch = sum(steps.map((s) => s.scheduled.length * (s.end - s.start)));
        expect(inBatch).toBe(sum(rows.map((_, i) => outcomes.finish[i]! - outcomes.admitted[i]!)));
        expect(outcomes.batchTime).toBe(inBatch);
        const boundaries = [...new Set(rows.flatMap((r, i) => [r.arrival, outcomes.admitted[i]!]))].sort((a, b) => a - b);
        const queue = sum(boundaries.slice(1).map((t, k) => {
          const from = boundaries[k]!;
          return (t - from) * rows.filter((r, i) => r.arrival <= from && outcomes.admitted[i]! > from).length;
        }));
        expect(queue).toBe(sum(rows.map((r, i) => outcomes.admitted[i]! - r.arrival)));
      }
    }));
  });
});

describe('policies', () => {
  it('with one class every policy is fifo', () => {
    fc.assert(fc.property(engines, workloads, policies, (options, rows, policy) => {
      const single = rows.map((r) => ({ ...r, class: 1 }));
      expect(run(single, options, policy)).toEqual(run(single, options, POLICIES[0]!));
    }));
  });

  it('shifting all arrivals shifts every time, and nothing else', () => {
    fc.assert(fc.property(engines, workloads, policies, fc.integer({ min: 1, max: 1e9 }), (options, rows, policy, shift) => {
      const [plain, shifted] = [rows, rows.map((r) => ({ ...r, arrival: r.arrival + shift }))].map((r) => run(r, options, policy).outcomes);
      const moved = (times: Float64Array): number[] => Array.from(times, (t) => t + shift);
      expect(Array.from(shifted!.admitted)).toEqual(moved(plain!.admitted));
      expect(Array.from(shifted!.firstToken)).toEqual(moved(plain!.firstToken));
      expect(Array.from(shifted!.finish)).toEqual(moved(plain!.finish));
      expect({ ...shifted!, admitted: 0, firstToken: 0, finish: 0 }).toEqual({ ...plain!, admitted: 0, firstToken: 0, finish: 0 });
    }));
  });

  it('two workloads far apart are each served as if alone', () => {
    fc.assert(fc.property(steadyEngines, workloads, workloads, policies, (options, a, b, policy) => {
      const far = 1e7;
      const both = run([...a, ...b.map((r) => ({ ...r, arrival: r.arrival + far }))], options, policy).outcomes;
      const [first, second] = [a, b].map((rows) => run(rows, options, policy).outcomes);
      expect(Array.from(both.finish)).toEqual([...first!.finish, ...Array.from(second!.finish, (t) => t + far)]);
    }));
  });

  it('only the order of priorities matters, not their values', () => {
    fc.assert(fc.property(engines, workloads, (options, rows) => {
      const stretched = CLASSES.map((c) => ({ ...c, priority: c.priority * 100 - 7 }));
      const [a, b] = [CLASSES, stretched].map((classes) => {
        const table = tableOf(rows, classes);
        return simulate(table, options, stepTimeOf(options), policyOf('priority', table, { preempt: true }));
      });
      expect(a).toEqual(b);
    }));
  });

  it('one at a time: tokens x wait adds up to the same for every order that does not preempt', () => {
    fc.assert(fc.property(seedEngines, workloads, (base, rows) => {
      const options = { ...base, maxBatchSize: 1 };
      // Prefill and context would make a request's service differ from tokens x a constant.
      fc.pre(options.stepTime.model !== 'linear');
      const [fifo, priority] = POLICIES.map((policy) => {
        const { outcomes } = run(rows, options, policy);
        return sum(rows.map((r, i) => r.output * (outcomes.admitted[i]! - r.arrival)));
      });
      expect(priority).toBe(fifo);
    }));
  });

  it('equal lengths: total latency is the same for every order that does not preempt', () => {
    fc.assert(fc.property(seedEngines, workloads, (options, rows) => {
      const equal = rows.map((r) => ({ ...r, prompt: 4, output: 9 }));
      const [fifo, priority] = POLICIES.map((policy) => sum(run(equal, options, policy).outcomes.finish));
      expect(priority).toBe(fifo);
    }));
  });

  it('raising its own class never makes a request start later (not preempting)', () => {
    fc.assert(fc.property(seedEngines, workloads, fc.nat(), (options, rows, pick) => {
      fc.pre(rows.length > 0);
      const i = pick % rows.length;
      const raised = rows.map((r, j) => (j === i ? { ...r, class: 1 } : r));
      expect(run(raised, options, POLICIES[1]!).outcomes.admitted[i]).toBeLessThanOrEqual(run(rows, options, POLICIES[1]!).outcomes.admitted[i]!);
    }));
  });

  it('fifo: a later arrival changes no earlier request (constant step time)', () => {
    fc.assert(fc.property(constantEngines, workloads, (options, rows) => {
      const all = run(rows, options, POLICIES[0]!).outcomes;
      const without = run(rows.slice(0, -1), options, POLICIES[0]!).outcomes;
      expect(Array.from(all.finish).slice(0, -1)).toEqual(Array.from(without.finish));
    }));
  });

  it('not preempting, constant step: the most urgent start is delayed by others by at most their longest job', () => {
    fc.assert(fc.property(constantEngines, workloads, (options, rows) => {
      const urgent = rows.map((r) => r.class === 1);
      const longest = Math.max(0, ...rows.filter((_, i) => !urgent[i]).map((r) => r.output)) * 10;
      const all = run(rows, options, POLICIES[1]!).outcomes;
      const alone = run(rows.filter((_, i) => urgent[i]), options, POLICIES[1]!).outcomes;
      let k = 0;
      rows.forEach((_, i) => {
        if (urgent[i]) expect(all.admitted[i]! - alone.admitted[k++]!).toBeLessThanOrEqual(longest);
      });
    }));
  });

  it('preempting, arrivals on step boundaries, constant step: the most urgent class does not notice the others, for slots nor tokens', () => {
    fc.assert(fc.property(budgetedEngines, workloads, (options, rows) => {
      const aligned = rows.map((r) => ({ ...r, arrival: r.arrival * 10 }));
      const urgent = aligned.filter((r) => r.class === 1);
      const all = run(aligned, options, POLICIES[2]!).outcomes;
      const alone = run(urgent, options, POLICIES[2]!).outcomes;
      expect(Array.from(all.finish).filter((_, i) => aligned[i]!.class === 1)).toEqual(Array.from(alone.finish));
    }));
  });

  it('all of every request at once in twice the slots, twice over: the same latencies (constant step)', () => {
    fc.assert(fc.property(constantEngines, workloads, fc.constantFrom(...POLICIES.slice(0, 2)), (options, rows, policy) => {
      const twice = rows.flatMap((r) => [r, r]);
      const single = run(rows, options, policy).outcomes;
      const double = run(twice, { ...options, maxBatchSize: options.maxBatchSize * 2 }, policy).outcomes;
      expect(Array.from(double.finish)).toEqual(Array.from(single.finish).flatMap((t) => [t, t]));
    }));
  });

  it('preempts only for a strictly more urgent request, so that nothing can ping-pong', () => {
    fc.assert(fc.property(engines, workloads, fc.constantFrom(0, 3), (base, rows, minGap) => {
      const { kvCache: _, ...options } = base;
      const { outcomes, steps } = run(rows, options, ['priority', { preempt: true, minGap }]);
      const bound = rows.length * CLASSES.length;
      expect(Math.max(0, ...outcomes.preemptions)).toBeLessThanOrEqual(bound);
      for (const step of steps) {
        for (const r of step.preempted) {
          const worse = CLASSES[rows[r]!.class!]!.priority;
          expect(step.scheduled.some(([s]) => worse - CLASSES[rows[s]!.class!]!.priority > minGap)).toBe(true);
        }
      }
    }));
  });
});
