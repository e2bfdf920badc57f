/** Laws of replications: the first is the plain run, like differs from like by nothing, and threads change nothing. */
import { describe, expect, it } from 'vitest';
import { changesOf, estimates, figureOf, seedsOf } from '../../src/experiments/replications.ts';
import { isRandom, replicationsOf } from '../../src/jobs/replicate.ts';
import { replicatedReports } from '../../src/jobs/replicated-report.ts';
import { run } from '../../src/jobs/run.ts';
import { metricPaths } from '../../src/metrics/paths.ts';
import { replicatedCompareJson } from '../../src/render/runs/replicated-json.ts';
import { replicatedRows } from '../../src/render/runs/replicated-rows.ts';
import { backwards, queue, scenarioFile, worldWith } from './worlds.ts';

const MIXED = `
seed: 7
engine: { maxBatchSize: 4, stepTime: { model: constant, tokenTime: 20ms } }
workload: [{ generate: { count: 400, arrivals: { process: poisson, rate: 12 }, class: { high: 0.3, low: 0.7 }, outputTokens: { distribution: uniform, min: 5, max: 25 } } }]
schedulers: [fifo, { policy: fifo, name: again }, priority]
`;
const loaded = scenarioFile(MIXED);
const world = worldWith();

describe('seeds', () => {
  it('begin with that of the scenario, and more of them keep the first ones', () => {
    expect(seedsOf('2023', 3)).toEqual(['2023', '2023/2', '2023/3']);
    expect([...seedsOf('a', 4), ...seedsOf('a', 6, 5)]).toEqual(seedsOf('a', 10));
  });
});

describe('replications', () => {
  it('begin with the plain run, in every figure', async () => {
    const [plain] = await run({ scenarios: [loaded], wanted: {} }, world);
    const [first] = await replicationsOf(loaded, seedsOf('7', 3), {}, world);
    expect(first!.runs.map(({ summary }) => summary)).toEqual(plain!.runs.map(({ summary }) => summary));
  });

  it('are kept when there are more of them', async () => {
    const three = await replicationsOf(loaded, seedsOf('7', 3), {}, world);
    expect((await replicationsOf(loaded, seedsOf('7', 5), {}, world)).slice(0, 3)).toEqual(three);
  });

  it('differ from each other', async () => {
    const [first, second] = await replicationsOf(loaded, seedsOf('7', 2), {}, world);
    expect(second!.runs[0]!.summary.makespan).not.toBe(first!.runs[0]!.summary.makespan);
  });

  it('of identical policies differ by 0 ± 0 in every figure, and are called the same', async () => {
    const [report] = await replicatedReports([loaded], 5, {}, world);
    const [, again] = report!.runs;
    expect(again!.sameScheduleAs).toBe('fifo');
    expect(again!.changes.size).toBeGreaterThan(50);
    for (const { mean, halfWidth } of again!.changes.values()) expect([mean, halfWidth]).toEqual([0, 0]);
    for (const { changes: [change] } of replicatedRows(report!)) if (change) expect(change.mark).toBe('same');
  });

  it('come to the same bytes in whichever order they are run', async () => {
    const one = await replicatedReports([loaded], 6, {}, world);
    expect(replicatedCompareJson(await replicatedReports([loaded], 6, {}, worldWith({}, backwards)))).toBe(replicatedCompareJson(one));
  });
});

describe('estimates', () => {
  it('are the means of the figures, taken where they are defined', async () => {
    const summaries = (await replicationsOf(loaded, seedsOf('7', 4), {}, world)).map(({ runs }) => runs[2]!.summary);
    const found = estimates(summaries);
    const values = summaries.map(({ all }) => all.latency.mean!);
    expect(found.all.latency.mean!.mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / 4, 6);
    expect(found.all.latency.mean!.n).toBe(4);
  });

  it('of changes are differences of means, where both are defined everywhere', async () => {
    const replications = await replicationsOf(loaded, seedsOf('7', 4), {}, world);
    const [before, , after] = [0, 1, 2].map((index) => replications.map(({ runs }) => runs[index]!.summary));
    const changes = changesOf(before!, after!);
    const path = metricPaths(before![0]!).find(({ text }) => text === 'high.latency.mean')!;
    const mean = (summaries: typeof before) => summaries!.reduce((sum, summary) => sum + figureOf(summary, path)!, 0) / 4;
    expect(changes.get('high.latency.mean')!.mean).toBeCloseTo(mean(after) - mean(before), 3);
  });
});

describe('a scenario in which nothing is random', () => {
  const listed = scenarioFile('workload: [{ requests: [{ at: 0s, class: high, outputTokens: 5 }, { at: 1s, class: low, outputTokens: 9 }] }]');

  it('is known for it, and refused where it is to be run several times', async () => {
    expect(await isRandom(listed, world)).toBe(false);
    await expect(replicatedReports([listed], 5, {}, world)).rejects.toThrow('nothing in this scenario is random: 5 replications would be the same run');
  });

  it('becomes random with noise', async () => {
    const noisy = scenarioFile('engine: { stepTime: { model: constant, tokenTime: 20ms, noise: { step: 4% } } }\nworkload: [{ requests: [{ at: 0s, class: high, outputTokens: 5 }] }]');
    expect(await isRandom(noisy, world)).toBe(true);
    const [report] = await replicatedReports([noisy], 5, {}, world);
    expect(report!.runs[0]!.summary.makespan!.halfWidth).toBeGreaterThan(0);
  });

  it('may be run once', async () => {
    await expect(replicatedReports([listed], 1, {}, world)).resolves.toHaveLength(1);
  });
});

/** Bench/coverage.js holds the interval to its 95 % over 300 experiments; this is to notice that it is broken. */
describe('the interval of the mean', () => {
  it('holds the mean latency of M/D/1 in nearly all of 20 experiments', async () => {
    let held = 0;
    for (let experiment = 0; experiment < 20; experiment++) {
      const [report] = await replicatedReports([scenarioFile(queue({ rate: 0.7, count: 2000, seed: `coverage ${experiment}` }))], 10, {}, world);
      const { mean, halfWidth } = report!.runs[0]!.summary.all.latency.mean!;
      if (Math.abs(mean / 1e6 - 2.1666667) <= halfWidth! / 1e6) held++;
    }
    expect(held).toBeGreaterThanOrEqual(16);
  });
});
