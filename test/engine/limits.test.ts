/** A request is shed on arrival where no order could ever serve it, and only there. */
import { describe, expect, it } from 'vitest';
import { Status } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { classesOf, engineOf, policyOf, stepTimeOf, tableOf } from '../support.ts';

/** A server whose step takes 100 tokens, with nothing chunked. */
const serverOf = (admission: 'full-length' | 'chunk' | 'completion') => engineOf({
  maxBatchSize: 1, maxBatchTokens: 100, chunkedPrefill: false, kvCache: { blocks: 100, blockSize: 16, admission, watermark: 0 },
});

/** A request of 60 prompt and 50 output tokens: its prompt fits a step, prompt and output together do not. */
const LONG = { prompt: 60, output: 50, class: 1 };

describe('a request whose prompt fits a step, but not prompt and output together', () => {
  it.each(['full-length', 'chunk'] as const)('is shed where it may lose its KV and have to compute both in one piece: admission %s', (admission) => {
    const table = tableOf([{ arrival: 0, ...LONG }], classesOf([1, 2]));
    const options = serverOf(admission);
    expect(simulate(table, options, stepTimeOf(options), policyOf('priority', table)).status[0]).toBe(Status.shed);
  });

  it('is served where it is never evicted for blocks, and gives way to a more urgent one only as long as it can return', () => {
    const options = serverOf('completion');
    const step = 50_000;
    const fateAt = (arrival: number) => {
      const table = tableOf([{ arrival: 0, ...LONG }, { arrival, prompt: 1, output: 1, class: 0 }], classesOf([1, 2]));
      return simulate(table, options, stepTimeOf(options), policyOf('priority', table, { preempt: true }));
    };
    // After 40 steps it has 60 + 40 tokens, all that a step can compute.
    const early = fateAt(39.5 * step);
    const late = fateAt(40.5 * step);
    expect([...early.status, ...late.status]).toEqual([0, 0, 0, 0].map(() => Status.completed));
    expect([early.preemptions[0], late.preemptions[0]]).toEqual([1, 0]);
    expect(late.admitted[1]).toBe(late.finish[0]);
  });
});
