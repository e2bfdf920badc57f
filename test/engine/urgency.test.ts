/** A policy that preempts gives a step to the more urgent first: worked by hand. */
import { describe, expect, it } from 'vitest';
import type { StepRecord } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { classesOf, engineOf, policyOf, type Row, stepTimeOf, tableOf } from '../support.ts';

const [URGENT, LOW] = [0, 1];
const CLASSES = classesOf([1, 2]);
const MS = 1000;

function run(rows: readonly Row[], engine: Readonly<Record<string, unknown>>) {
  const table = tableOf(rows, CLASSES);
  const options = engineOf(engine);
  const steps: StepRecord[] = [];
  const replay = (onStep?: (step: StepRecord) => void) =>
    simulate(table, options, stepTimeOf(options), policyOf('priority', table, { preempt: true }), { onStep });
  const outcomes = replay();
  expect(replay((step) => steps.push(step))).toEqual(outcomes);
  return { outcomes, steps };
}

describe('tokens', () => {
  const PREFILL = { model: 'linear', base: '10ms', perPrefillToken: '50us' };

  it.each([1, 64])('of a long prompt that is under way go to an urgent one that arrives, with %d slots', (maxBatchSize) => {
    const { outcomes } = run(
      [{ arrival: 0, prompt: 128_000, output: 20, class: LOW }, { arrival: 1_000 * MS, prompt: 100, output: 20, class: URGENT }],
      { maxBatchSize, maxBatchTokens: 2048, stepTime: PREFILL },
    );
    expect(outcomes.firstToken[1]! - 1_000 * MS).toBeLessThan(230 * MS);
    // With slots enough it is a pause, not an eviction.
    expect(outcomes.preemptions[0]).toBe(maxBatchSize === 1 ? 1 : 0);
  });

  it('are not lost to those that decode: the last arrived pauses, and loses nothing', () => {
    const streams = Array.from({ length: 16 }, (): Row => ({ arrival: 0, prompt: 1, output: 80, class: LOW }));
    const { outcomes, steps } = run(
      [...streams, { arrival: 95 * MS, prompt: 1, output: 3, class: URGENT }],
      { maxBatchSize: 64, maxBatchTokens: 16, stepTime: { model: 'constant', tokenTime: '10ms' } },
    );
    expect([outcomes.admitted[16], outcomes.firstToken[16], outcomes.finish[16]]).toEqual([100 * MS, 110 * MS, 130 * MS]);
    expect([...outcomes.preemptions].every((times) => times === 0)).toBe(true);
    expect([...outcomes.finish.subarray(0, 16)]).toEqual([...Array<number>(15).fill(800 * MS), 830 * MS]);
    // The urgent one is served first, and the last of the others is left out.
    expect(steps[10]!.scheduled.map(([request]) => request)).toEqual([16, ...Array.from({ length: 15 }, (_, i) => i)]);
  });

  it('without chunked prefill are as many as the urgent prompt has, whoever decodes', () => {
    const streams = Array.from({ length: 500 }, (): Row => ({ arrival: 0, prompt: 1, output: 80, class: LOW }));
    const { outcomes } = run(
      [...streams, { arrival: 95 * MS, prompt: 900, output: 1, class: URGENT }],
      { maxBatchSize: 600, maxBatchTokens: 1000, chunkedPrefill: false, stepTime: { model: 'constant', tokenTime: '10ms' } },
    );
    expect(outcomes.finish[500]).toBe(110 * MS);
    expect([...outcomes.finish.subarray(0, 500)].filter((time) => time > 800 * MS)).toHaveLength(400);
  });
});

it('blocks and slots: evicted are the last in the order, and none comes back in the same step', () => {
  const { outcomes, steps } = run(
    [
      { arrival: 0, prompt: 60, output: 20, class: LOW },
      { arrival: MS, prompt: 50, output: 3, class: LOW },
      { arrival: 15 * MS, prompt: 45, output: 2, class: URGENT },
      { arrival: 25 * MS, prompt: 30, output: 2, class: URGENT },
    ],
    { maxBatchSize: 4, maxBatchTokens: 100, kvCache: { blocks: 14, blockSize: 10 }, stepTime: { model: 'constant', tokenTime: '10ms' } },
  );
  const [doc, doc2, q, q2] = [0, 1, 2, 3];
  expect(steps.slice(0, 6).map(({ scheduled, preempted }) => ({ scheduled, preempted }))).toEqual([
    { scheduled: [[doc, 60]], preempted: [] },
    { scheduled: [[doc, 1], [doc2, 50]], preempted: [] },
    { scheduled: [[q, 45], [doc, 1]], preempted: [doc2] },
    { scheduled: [[q, 1], [q2, 30]], preempted: [doc] },
    { scheduled: [[q2, 1], [doc, 63]], preempted: [] },
    { scheduled: [[doc, 1], [doc2, 51]], preempted: [] },
  ]);
  expect([...outcomes.finish]).toEqual([210 * MS, 70 * MS, 40 * MS, 50 * MS]);
  expect([...outcomes.preemptions]).toEqual([1, 1, 0, 0]);
});
