/** Laws of sweeps: rows are permuted by permuting what is set, and shards, resumption and order of work change no byte. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineShard } from '../../src/cli/io/machine-shard.ts';
import { mergeSweeps, parseSweep, type SweepCell } from '../../src/experiments/sweep-result.ts';
import { sweep, type SweepOptions } from '../../src/jobs/sweep.ts';
import { run } from '../../src/jobs/run.ts';
import { parseSettingValues } from '../../src/scenario/setting-values.ts';
import { sweepCsv, sweepJson } from '../../src/render/experiments/sweep-files.ts';
import { backwards, scenarioFile, worldWith } from './worlds.ts';

const world = worldWith({ 'sizes.txt': '1\n# as many as\n3\n' });
const base = scenarioFile(`
seed: 7
engine: { maxBatchSize: 4, stepTime: { model: constant, tokenTime: 20ms } }
classes: { only: { priority: 1, sla: { latency: 1s } } }
workload: [{ generate: { name: chat, count: 60, arrivals: { process: poisson, rate: 12 }, outputTokens: { distribution: uniform, min: 5, max: 25 } } }]
schedulers: [fifo, priority]
`);
const GRID = ['engine.maxBatchSize=1,2,4', 'load=0.5..1/0.5'];
const options: SweepOptions = { set: GRID, zip: false, replications: 2, show: [], shard: null };

describe('values', () => {
  const valuesOf = (text: string) => {
    const read = parseSettingValues(text);
    return 'value' in read ? read.value.settings.map(({ value }) => value) : read.fault.message;
  };
  it.each([
    ['a=4,8,16', [4, 8, 16]],
    ['a=3..4/0.5', [3, 3.5, 4]],
    ['a=8..128*2', [8, 16, 32, 64, 128]],
    ['a=0.1..0.5/0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['a=5ms..15ms/5ms', ['5ms', '10ms', '15ms']],
    ['a=2..4', [2, 3, 4]],
    ['a=fifo,{ policy: priority, preempt: true }', ['fifo', { policy: 'priority', preempt: true }]],
    ['a=1,8..16*2', [1, 8, 16]],
  ])('%s', (text, values) => expect(valuesOf(text)).toEqual(values));

  it.each([['a=4..2', /below/], ['a=4..8*1', /factor/], ['a=1..2/0', /step/], ['a=1ms..2s', /unit/], ['a=', /no value/], ['a=[1', /no values/], ['a', /no =/]])('%s is refused', (text, message) => {
    expect(valuesOf(text)).toMatch(message);
  });

  it('of a range are its beginning and all that a step reaches', () => {
    fc.assert(fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (from, more, step) => {
      const values = valuesOf(`a=${from}..${from + more}/${step}`) as number[];
      expect(values).toEqual(Array.from({ length: Math.floor(more / step) + 1 }, (_, index) => from + index * step));
    }), { numRuns: 50 });
  });
});

describe('a sweep', () => {
  it('has a row for each cell and scheduler, the last path changing fastest, and of each what a plain run has', async () => {
    const { cells } = await sweep(base, { ...options, replications: 1, show: ['all.latency.mean'] }, world);
    expect(cells.map(({ cell, scheduler, set }) => [cell, set['engine.maxBatchSize'], set['load'], scheduler])).toEqual(
      [1, 2, 4].flatMap((size, row) => [0.5, 1].flatMap((load, column) => ['fifo', 'priority'].map((scheduler) => [2 * row + column + 1, size, load, scheduler]))),
    );
    const [plain] = await run({ scenarios: [base], wanted: {} }, world);
    const there = cells.find(({ cell, scheduler }) => cell === 6 && scheduler === 'priority')!;
    expect(there.metrics['all.latency.mean']!.mean).toBeCloseTo(plain!.runs[1]!.summary.all.latency.mean! / 1e6, 6);
  });

  it('permutes its rows when what is set is permuted', async () => {
    const key = ({ set, scheduler, metrics }: SweepCell) => JSON.stringify([Object.entries(set).sort(), scheduler, metrics]);
    const rows = async (set: string[]) => (await sweep(base, { ...options, set }, world)).cells.map(key).sort();
    expect(await rows([...GRID].reverse())).toEqual(await rows(GRID));
  });

  it('comes to the same bytes from any shards, in whichever order they are run or merged', async () => {
    const whole = await sweep(base, options, world);
    for (const of of [1, 2, 7]) {
      const parts = [];
      for (let index = of; index >= 1; index--) parts.push({ file: `${index}`, sweep: await sweep(base, { ...options, shard: { index, of } }, index % 2 ? world : worldWith({}, backwards)) });
      const merged = mergeSweeps(parts.map(({ file, sweep: each }) => ({ file, sweep: parseSweep(JSON.parse(sweepJson([each]))) as typeof each })));
      expect(typeof merged === 'string' ? merged : sweepJson([merged])).toBe(sweepJson([whole]));
      expect(typeof merged === 'string' ? merged : sweepCsv([merged])).toBe(sweepCsv([whole]));
    }
  });

  it('is not merged when a part is missing, twice, or of another sweep', async () => {
    const part = async (index: number, more: Partial<SweepOptions> = {}) => ({ file: `${index}`, sweep: await sweep(base, { ...options, shard: { index, of: 2 }, ...more }, world) });
    const [one, two, other] = [await part(1), await part(2), await part(2, { replications: 3 })];
    expect(mergeSweeps([one])).toMatch('cells are missing');
    expect(mergeSweeps([one, one, two])).toMatch(/cell \d+ is in/);
    expect(mergeSweeps([one, other])).toMatch('not parts of the same sweep');
  });

  it('goes on from what was finished, to the same bytes', async () => {
    const finished = new Map<string, readonly SweepCell[]>();
    const whole = await sweep(base, { ...options, onCell: (key, cell) => finished.set(key, cell) }, world);
    const known = new Map([...finished].slice(0, 4));
    const again: string[] = [];
    expect(sweepJson([await sweep(base, { ...options, known, onCell: (key) => again.push(key) }, world)])).toBe(sweepJson([whole]));
    expect(again).toHaveLength(2);
  });

  it('reads values from a file, and takes them side by side', async () => {
    const { cells } = await sweep(base, { ...options, set: ['engine.maxBatchSize=@sizes.txt', 'workload.chat.generate.arrivals.rate=5,6'], zip: true }, world);
    expect(cells.filter(({ scheduler }) => scheduler === 'fifo').map(({ set }) => Object.values(set))).toEqual([[1, 5], [3, 6]]);
  });

  it('tells what is wrong with any cell before the first run', async () => {
    let ran = 0;
    const counting = worldWith({}, { size: 1, each: async () => { ran++; } });
    await expect(sweep(base, { ...options, set: ['engine.maxBatchSize=1,0,2'] }, counting)).rejects.toThrow('maxBatchSize');
    await expect(sweep(base, { ...options, set: ['engine.maxBachSize=1'] }, counting)).rejects.toThrow('maxBachSize');
    await expect(sweep(base, { ...options, show: ['onyl.latency.mean'] }, counting)).rejects.toThrow('onyl');
    await expect(sweep(base, { ...options, set: ['load=1,2', 'engine.maxBatchSize=1,2,3'], zip: true }, counting)).rejects.toThrow('2 values');
    expect(ran).toBe(0);
  });
});

describe('the part of this machine', () => {
  it.each([
    ['Slurm', { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_COUNT: '8' }, { index: 3, of: 8 }],
    ['Slurm from 0', { SLURM_ARRAY_TASK_ID: '0', SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_COUNT: '8' }, { index: 1, of: 8 }],
    ['Kubernetes', { JOB_COMPLETION_INDEX: '0', SCHED_SHARDS: '4' }, { index: 1, of: 4 }],
    ['GitLab', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '2' }, { index: 2, of: 2 }],
  ])('is what %s says', (_, env, shard) => expect(machineShard(env).shard).toEqual(shard));

  it('is not guessed', () => {
    expect(() => machineShard({})).toThrow('no variable says');
    expect(() => machineShard({ JOB_COMPLETION_INDEX: '0' })).toThrow('how many parts');
    expect(() => machineShard({ SLURM_ARRAY_TASK_ID: '9', SLURM_ARRAY_TASK_COUNT: '8' })).toThrow('no part of a whole');
  });
});
