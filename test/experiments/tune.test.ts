/** Tuning: what wins keeps its promises, no better one was passed over, and the order of the settings decides nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, meanOf, standing } from '../../src/experiments/race.ts';
import { tune, type TuneOptions } from '../../src/jobs/tune.ts';
import { tuneJson } from '../../src/render/experiments/tune-json.ts';
import { backwards, scenarioFile, worldWith } from './worlds.ts';

const candidate = fc.record({
  decision: fc.constantFrom('holds', 'broken', 'undecided') as fc.Arbitrary<Candidate['decision']>,
  values: fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 5, maxLength: 5 }),
});

describe('the standing of a race', () => {
  it('is led by the least of those that hold, and nothing that breaks a promise is left', () => {
    fc.assert(fc.property(fc.array(candidate, { minLength: 1, maxLength: 8 }), (candidates) => {
      const { best, left } = standing(candidates, true);
      for (const index of left) expect(candidates[index]!.decision).not.toBe('broken');
      if (best === null) {
        expect(candidates.every(({ decision }) => decision === 'broken')).toBe(true);
        return;
      }
      expect(left).toContain(best);
      const sure = candidates.filter(({ decision }) => decision === 'holds');
      for (const each of sure) expect(meanOf(candidates[best]!)!).toBeLessThanOrEqual(meanOf(each)!);
      if (sure.length > 0) expect(candidates[best]!.decision).toBe('holds');
    }), { numRuns: 200 });
  });

  it('drops what is surely worse, and keeps what may be better', () => {
    const of = (decision: Candidate['decision'], ...values: number[]): Candidate => ({ decision, values });
    expect(standing([of('holds', 1, 1.1, 0.9, 1, 1), of('holds', 5, 5.1, 4.9, 5, 5.2), of('undecided', 0.5, 0.6, 0.5, 0.4, 0.5)], true)).toEqual({ best: 0, left: [0, 2] });
    expect(standing([of('holds', 1, 1, 1, 1, 1), of('broken', 0, 0, 0, 0, 0)], true)).toEqual({ best: 0, left: [0] });
    expect(standing([of('holds', 1, 1.1, 0.9, 1, 1), of('holds', 5, 5.1, 4.9, 5, 5.2)], false).left).toEqual([1]);
  });
});

describe('tuning a scenario', () => {
  const base = scenarioFile(`
seed: 7
engine: { maxBatchSize: 2, stepTime: { model: constant, tokenTime: 20ms } }
classes: { only: { priority: 1, sla: { latency: 1s } } }
workload: [{ generate: { count: 80, arrivals: { process: poisson, rate: 8 }, outputTokens: { distribution: uniform, min: 5, max: 25 } } }]
schedulers: [fifo]
`);
  const options: TuneOptions = { set: ['engine.maxBatchSize=1,2,8', 'engine.stepTime.tokenTime=20ms,30ms'], zip: false, promises: [], figure: 'all.latency.mean', least: true, maxReplications: 10, select: {} };
  const world = worldWith();

  it('finds the setting that is best, and judges it on other seeds', async () => {
    const { left: [best], judgedAgain, today, changes } = await tune(base, options, world);
    expect(best).toMatchObject({ set: { 'engine.maxBatchSize': 8, 'engine.stepTime.tokenTime': '20ms' }, decision: 'holds' });
    expect(judgedAgain).toMatchObject({ decision: 'holds', set: best!.set });
    expect(judgedAgain!.seeds[0]).toBe('7/11');
    expect(today[0]).toMatchObject({ set: {}, scheduler: 'fifo', replications: best!.replications });
    expect(changes.find(({ path }) => path === 'all.latency.mean')!.change.mean).toBeLessThan(0);
  });

  it('does not depend on the order of the settings, nor of the work', async () => {
    const [one] = (await tune(base, options, world)).left;
    expect((await tune(base, { ...options, set: [...options.set].reverse() }, world)).left[0]!.figure).toEqual(one!.figure);
    expect(tuneJson([await tune(base, options, worldWith({}, backwards))])).toBe(tuneJson([await tune(base, options, world)]));
  });

  it('says where nothing keeps the promises', async () => {
    const { left, judgedAgain } = await tune(base, { ...options, promises: ['all.latency.mean < 1ms'] }, world);
    expect([left, judgedAgain]).toEqual([[], null]);
  });
});
