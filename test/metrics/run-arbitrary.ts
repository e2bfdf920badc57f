/** Runs that hang together: events in order, statuses that fit, some requests with targets of their own. */
import fc from 'fast-check';
import { classesWith, type Row, runOf } from './run-of.ts';

const time = fc.integer({ min: 0, max: 5_000_000 });
const target = fc.option(fc.integer({ min: 1, max: 5_000_000 }), { nil: undefined });
const sla = fc.record({ latency: target, ttft: target, tpot: target }).map(({ latency, ttft, tpot }) => ({
  ...(latency === undefined ? {} : { latency }),
  ...(ttft === undefined ? {} : { ttft }),
  ...(tpot === undefined ? {} : { tpot }),
}));

const CLASSES = 3;
const TENANTS = 2;

const row: fc.Arbitrary<Row> = fc.record({
  arrival: time, wait: time, prefill: time, decode: time,
  prompt: fc.integer({ min: 0, max: 100 }), output: fc.integer({ min: 1, max: 4 }),
  class: fc.nat(CLASSES - 1), tenant: fc.nat(TENANTS - 1),
  fate: fc.constantFrom('completed', 'completed', 'completed', 'shed', 'waiting', 'running'),
  preemptions: fc.nat(2), recomputed: fc.nat(50), sla: fc.option(sla, { nil: undefined, freq: 3 }),
}).map(({ wait, prefill, decode, fate, sla: own, ...rest }): Row => {
  const common = { ...rest, ...(own ? { sla: own } : {}) };
  const admitted = rest.arrival + wait;
  const firstToken = admitted + prefill;
  if (fate === 'shed') return { ...common, status: 'shed', shedReason: 1 + (rest.output % 2) };
  if (fate === 'waiting') return { ...common, status: 'unfinished' };
  if (fate === 'running') return { ...common, status: 'unfinished', admitted, firstToken };
  return { ...common, admitted, firstToken, finish: rest.output === 1 ? firstToken : firstToken + decode };
});

/** A run together with the rows it was written from. */
export const anyRun = fc.record({
  rows: fc.array(row, { maxLength: 130, size: 'max' }).map((rows) => rows.toSorted((a, b) => a.arrival! - b.arrival!)),
  targets: fc.array(sla, { minLength: CLASSES, maxLength: CLASSES }),
}).map(({ rows, targets }) => {
  const classes = classesWith(targets);
  return { rows, classes, ...runOf(rows, { classes, tenants: ['acme', 'globex'] }) };
});
