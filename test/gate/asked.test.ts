import { describe, expect, it } from 'vitest';
import { askedFor } from '../../src/gate/asked.ts';
import { judge } from '../../src/gate/evaluate.ts';
import { runScenario } from '../../src/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { noFiles } from '../../src/workload/files.ts';
import { treeOf } from './subjects.ts';

describe('what expectations ask for', () => {
  it('is every percentile that they name, on either side', () => {
    expect(askedFor(['high.latency.p99.9 < 2s', 'ttft.p75 <= 2 * fifo.ttft.p20', 'latency.p95 < 1s', 'latency."p99.9" < 3s']).percentiles).toEqual([99.9, 75, 20, 95]);
  });

  it('is the offered load, which takes a run', () => {
    expect(askedFor(['engine.utilization < 1']).offeredLoad).toBe(false);
    expect(askedFor(['engine.utilization <= 2 * fifo.engine.offeredLoad']).offeredLoad).toBe(true);
  });

  it('is nothing where they cannot be read', () => {
    expect(askedFor(['', '<', 'latency.p99. < 1s'])).toEqual({ percentiles: [], offeredLoad: false });
  });
});

describe('an expectation on any percentile', () => {
  const text = (count: number) => `
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 10ms } }
workload: [ { generate: { count: ${count}, arrivals: { process: burst, size: ${count}, interval: 1s }, class: high, outputTokens: 1 } } ]
schedulers: [fifo]
`;
  /** Request i of so many finishes at i × 10 ms. */
  async function judged(expectation: string, count: number) {
    const loaded = loadScenario(text(count), 'a.yaml');
    if (!('scenario' in loaded)) throw new Error('refused');
    const { runs } = await runScenario(loaded.scenario, { files: noFiles, wanted: { percentiles: askedFor([expectation]).percentiles } });
    const subject = { runs: runs.map(({ scheduler, summary }) => ({ scheduler, summary, outcomeDigest: '' })), names: { schedulers: ['fifo'], classes: ['high', 'medium', 'low'], tenants: [] } };
    return judge({ text: expectation, level: 'error', file: null, line: null, column: null, sourceLine: null }, subject, treeOf(subject));
  }

  it.each([
    ['latency.p99.9 == 19.98s', 2000, 'passed'],
    ['high.latency.p75 == 7.5s', 1000, 'passed'],
    ['high.latency.p75 < 7.5s', 1000, 'failed'],
    ['latency.p99.95 <= 1 * latency.p99.9 + 10ms', 2000, 'passed'],
    ['latency.p99.9 < 1s', 999, 'undecidable'],
    ['latency.p100 < 1s', 999, 'invalid'],
    ['engine.utilization.p75 < 1s', 999, 'invalid'],
  ])('%s over %i requests: %s', async (expectation, count, status) => {
    expect((await judged(expectation, count)).status).toBe(status);
  });

  it('says how many samples it needs', async () => {
    expect((await judged('latency.p99.9 < 1s', 999)).judgements[0]!.why).toContain('p99.9 needs at least 1000 samples, and only 999 of the requests completed');
  });
});
