/** A request is shed on arrival where no order could ever serve it, and only there. */
import { describe, expect, it } from 'vitest';
import { Status } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { classesOf, engineOf, policyOf, stepTimeOf, tableOf } from '../support.ts';

/** What becomes of one request of 60 prompt and 50 output tokens where a step takes 100 and nothing is chunked. */
function fate(admission: 'full-length' | 'chunk' | 'completion', policyOptions: Record<string, unknown>): number {
  const options = engineOf({ maxBatchTokens: 100, chunkedPrefill: false, kvCache: { blocks: 100, blockSize: 16, admission, watermark: 0 } });
  const table = tableOf([{ arrival: 0, prompt: 60, output: 50 }], classesOf([1]));
  return simulate(table, options, stepTimeOf(options), policyOf('priority', table, policyOptions)).status[0]!;
}

describe('a request whose prompt fits a step, but not prompt and output together', () => {
  it('is served where nobody is ever evicted', () => {
    expect(fate('completion', {})).toBe(Status.completed);
  });

  it.each([['full-length', {}], ['chunk', {}], ['completion', { preempt: true }]] as const)(
    'is shed where an eviction may make it compute both in one piece: admission %s, %o', (admission, options) => {
      expect(fate(admission, options)).toBe(Status.shed);
    });
});
