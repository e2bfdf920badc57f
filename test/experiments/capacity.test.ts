/** The search for capacity finds the edge of what holds, whatever lies about it; M/D/1 and M/M/1 have theirs in closed form. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, MOST_SCANNED, searchCapacity } from '../../src/experiments/capacity.ts';
import { capacityOf } from '../../src/jobs/capacity.ts';
import { capacityJson } from '../../src/render/experiments/capacity-json.ts';
import { rateOf } from '../../src/render/experiments/capacity.ts';
import oracles from '../oracles/experiments.json' with { type: 'json' };
import { backwards, queue, scenarioFile, worldWith } from './worlds.ts';

const world = worldWith();
const options = { promises: [] as string[], within: 0.01, looks: { from: 10, most: 40 } };
const edge = (holdsTo: number, breaksFrom: number) => async (load: number): Promise<Decision> => (load <= holdsTo ? 'holds' : load >= breaksFrom ? 'broken' : 'undecided');

describe('the search', () => {
  it('brackets an edge, as near as it was asked to', async () => {
    await fc.assert(fc.asyncProperty(fc.double({ min: 0.01, max: 30, noNaN: true }), fc.double({ min: 0.001, max: 0.2, noNaN: true }), async (at, within) => {
      const { keeps, breaks } = await searchCapacity(edge(at, at), within);
      expect(keeps).toBeLessThanOrEqual(at);
      expect(breaks).toBeGreaterThanOrEqual(at);
      expect(breaks! / keeps!).toBeLessThanOrEqual((1 + within) * (1 + 1e-9));
    }), { numRuns: 50 });
  });

  it('brackets what is not decided, from both sides', async () => {
    await fc.assert(fc.asyncProperty(fc.double({ min: 0.01, max: 20, noNaN: true }), fc.double({ min: 1.02, max: 1.4, noNaN: true }), async (holdsTo, factor) => {
      const { keeps, breaks } = await searchCapacity(edge(holdsTo, holdsTo * factor), 0.01);
      expect(keeps).toBeLessThanOrEqual(holdsTo);
      expect(keeps).toBeGreaterThan(holdsTo / 1.0101);
      expect(breaks).toBeGreaterThanOrEqual(holdsTo * factor);
      expect(breaks).toBeLessThan(holdsTo * factor * 1.0101);
    }), { numRuns: 50 });
  });

  it('comes to an end whatever it is told', async () => {
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.constantFrom<Decision>('holds', 'broken', 'undecided')), async (answers) => {
      let asked = 0;
      const { keeps, breaks } = await searchCapacity(async () => { asked++; return answers.next().value; }, 0.01);
      expect(asked).toBeLessThan(100);
      if (keeps !== null && breaks !== null) expect(keeps).toBeLessThan(breaks);
    }), { numRuns: 100 });
  });

  it('says where nothing breaks, where nothing holds, and where all holds again', async () => {
    expect(await searchCapacity(edge(100, 100), 0.01)).toMatchObject({ breaks: null, keeps: MOST_SCANNED });
    expect(await searchCapacity(edge(0, 0), 0.01)).toMatchObject({ keeps: null });
    const { keeps, breaks, holdsAgain } = await searchCapacity(async (load) => (load > 1 && load < 1.25 ? 'broken' : 'holds'), 0.01);
    expect([keeps! <= 1, breaks! > 1, holdsAgain! >= 1.25]).toEqual([true, true, true]);
  });
});

describe('the capacity of a queue', () => {
  const { MD1, MM1 } = oracles.capacity.promises.find(({ promise }) => promise === 'p95 latency <= 5 s')!;

  it.each([
    ['M/D/1, as a percentile', { rate: 0.5, count: 2000 }, 'all.latency.p95 <= 5s', MD1],
    ['M/D/1, as attainment', { rate: 0.5, count: 2000 }, 'only.sla.attainment >= 95%', MD1],
    ['M/M/1', { rate: 0.3, count: 1500, service: 'exponential' as const }, 'all.latency.p95 <= 5s', MM1],
  ])('%s, is that of its closed form', async (_, of, promise, truth) => {
    const report = await capacityOf(scenarioFile(queue({ ...of, seed: 'capacity' })), { ...options, within: 0.05, looks: { from: 10, most: 20 }, promises: [promise] }, world);
    const [{ keeps, breaks, firstToBreak }] = report.rows as [(typeof report.rows)[number]];
    expect(keeps! * rateOf(report)).toBeLessThanOrEqual(truth);
    expect(breaks! * rateOf(report)).toBeGreaterThanOrEqual(truth);
    expect(breaks! / keeps!).toBeLessThan(1.3);
    expect(firstToBreak).toEqual([promise]);
  });

  it('comes to the same bytes in whichever order its schedulers are searched', async () => {
    const loaded = scenarioFile(queue({ rate: 0.5, count: 300, schedulers: '[fifo, priority]' }));
    const wide = { ...options, within: 0.2, looks: { from: 5, most: 5 } };
    const one = capacityJson([await capacityOf(loaded, wide, world)]);
    expect(capacityJson([await capacityOf(loaded, wide, worldWith({}, backwards))])).toBe(one);
    expect(JSON.parse(one)).toMatchObject({ kind: 'capacity', capacity: [{ scheduler: 'fifo' }, { scheduler: 'priority' }] });
  });

  it('is asked for a promise: there must be one that can be judged', async () => {
    const none = scenarioFile('workload: [{ generate: { count: 100, arrivals: { process: poisson, rate: 1 }, class: high, outputTokens: 5 } }]');
    await expect(capacityOf(none, options, world)).rejects.toThrow('no class has a target');
    await expect(capacityOf(none, { ...options, promises: ['hihg.latency.mean < 1s'] }, world)).rejects.toThrow('hihg');
    await expect(capacityOf(none, { ...options, promises: ['low.latency.mean < 1s'] }, world)).rejects.toThrow('cannot be judged');
  });

  it('has nothing to say where nothing is random', async () => {
    const listed = scenarioFile('classes: { a: { priority: 1, sla: { latency: 5s } } }\nworkload: [{ requests: [{ at: 0s, outputTokens: 5 }] }]');
    await expect(capacityOf(listed, options, world)).rejects.toThrow('nothing in this scenario is random');
  });
});
