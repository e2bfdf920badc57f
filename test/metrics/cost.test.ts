/** What a run costs, by hand. */
import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/metrics/summarize.ts';
import { metricPaths } from '../../src/metrics/paths.ts';
import { runScenario } from '../../src/run.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { noFiles } from '../../src/workload/files.ts';

// One slot, 100 ms a token: a ends at 1 s, b at 4 s, c at 6 s, and only a and c are in time.
const scenario = (price: string, sla = 'latency: 1s') => `
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 100ms }${price} }
classes: { chat: { priority: 1, sla: { ${sla} } }, batch: { priority: 2 } }
workload:
  - requests:
      - { at: 0s, class: chat, outputTokens: 10 }
      - { at: 0s, class: chat, outputTokens: 30 }
      - { at: 5s, class: chat, outputTokens: 10 }
      - { at: 5s, class: batch, outputTokens: 30 }
schedulers: [fifo]
`;

async function summaryOf(text: string): Promise<ReturnType<typeof summarize>> {
  const loaded = loadScenario(text, 's.yaml');
  if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
  return (await runScenario(loaded.scenario, { files: noFiles })).runs[0]!.summary;
}

describe('cost', () => {
  it('is the price for the time that the run takes, over the tokens, and over the tokens that were in time', async () => {
    const { makespan, cost, costPerMillionTokens, costPerMillionGoodTokens } = await summaryOf(scenario(', price: 3.6'));
    expect(makespan).toBe(9e6);
    // 3.6 an hour is 0.001 a second; 80 tokens, 20 of them of requests that met their SLA.
    expect(cost).toBeCloseTo(0.009, 12);
    expect(costPerMillionTokens).toBeCloseTo((0.009 / 80) * 1e6, 9);
    expect(costPerMillionGoodTokens).toBeCloseTo((0.009 / 20) * 1e6, 9);
  });

  it('is not defined over tokens in time where there are none', async () => {
    expect(await summaryOf(scenario(', price: 3.6', 'latency: 1ms'))).toMatchObject({ costPerMillionGoodTokens: null, cost: expect.any(Number) });
  });

  it('is nowhere mentioned without a price', async () => {
    const summary = await summaryOf(scenario(''));
    expect(Object.keys(summary)).not.toContain('cost');
    expect(metricPaths(summary).filter(({ text }) => text.startsWith('cost'))).toEqual([]);
  });
});
