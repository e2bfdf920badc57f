/** Laws of what is done to the times and the lengths of a trace. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filesOf } from '../files.ts';
import { build, faultsOf as schemaFaults, rowsFrom } from '../scenario.ts';

type Cells = readonly [at: number, prompt: number, output: number];

const trace = (options: Readonly<Record<string, unknown>>) => ({
  trace: { name: 't', file: 'x', class: 'high', columns: { arrival: 'at', promptTokens: 'in', outputTokens: 'out' }, unit: 'ms', ...options },
});
const filesWith = (rows: readonly Cells[]) => filesOf({ x: ['at,in,out', ...rows.map((row) => row.join(','))].join('\n') }, 1000);
const replay = (rows: readonly Cells[], options: Readonly<Record<string, unknown>>, seed = '1') => rowsFrom([trace(options)], { files: filesWith(rows), seed });
const reportOf = async (rows: readonly Cells[], options: Readonly<Record<string, unknown>>) => (await build([trace(options)], { files: filesWith(rows) })).reports[0]!;
const cells = fc.tuple(fc.nat(100_000), fc.nat(500), fc.nat(50));
const some = fc.array(cells, { minLength: 1, maxLength: 40 }).map((rows) => [[0, 1, 1] as const, ...rows]);

describe('skipGaps', () => {
  test('no gap is longer, shorter ones stay, and what was cut is told', () =>
    fc.assert(fc.asyncProperty(some, fc.integer({ min: 1, max: 20_000 }), async (rows, most) => {
      const before = await replay(rows, { zeroOutput: 'one' });
      const after = await replay(rows, { zeroOutput: 'one', skipGaps: `${most}ms` });
      let cut = 0;
      for (let i = 1; i < before.length; i++) {
        const gap = before[i]!.arrival - before[i - 1]!.arrival;
        expect(after[i]!.arrival - after[i - 1]!.arrival).toBe(Math.min(gap, most * 1000));
        cut += Number(gap > most * 1000);
      }
      const { notes } = await reportOf(rows, { zeroOutput: 'one', skipGaps: `${most}ms` });
      expect(notes!.some((note) => /gaps? cut/.test(note))).toBe(cut > 0);
    })));
});

describe('jitter', () => {
  test('moves each arrival later by less than it, by the seed, and the same row the same way', () =>
    fc.assert(fc.asyncProperty(some, async (rows) => {
      const before = new Map((await replay(rows, { zeroOutput: 'one' })).map((row) => [row.id, row.arrival]));
      const moved = await replay(rows, { zeroOutput: 'one', jitter: '3s', window: { to: '1000s' } });
      // The time of a trace starts with its earliest row, jittered as it is.
      const shifts = moved.map((row) => row.arrival - before.get(row.id)!);
      expect(Math.max(...shifts) - Math.min(...shifts)).toBeLessThan(3e6);
      expect(moved.map(({ arrival }) => arrival)).toEqual(moved.map(({ arrival }) => arrival).sort((a, b) => a - b));
      expect(await replay(rows, { zeroOutput: 'one', jitter: '3s', window: { to: '1000s' } })).toEqual(moved);
    })));

  test('takes a clock that ticks coarsely apart', async () => {
    const rows = Array.from({ length: 400 }, (_, i): Cells => [3000 * Math.floor(i / 10), 1, 1]);
    expect(new Set((await replay(rows, { jitter: '3s' })).map(({ arrival }) => arrival)).size).toBeGreaterThan(390);
    expect(new Set((await replay(rows, { jitter: '3s' }, 'another')).map(({ arrival }) => arrival))).not.toEqual(new Set((await replay(rows, { jitter: '3s' })).map(({ arrival }) => arrival)));
  });
});

describe('lengths', () => {
  test('are scaled to the nearest token; what has one keeps one', () =>
    fc.assert(fc.asyncProperty(some, fc.double({ min: 0.001, max: 20, noNaN: true }), async (rows, factor) => {
      const before = await replay(rows, {});
      const after = await replay(rows, { scalePrompt: factor, scaleOutput: factor });
      const scaled = (tokens: number) => (tokens === 0 ? 0 : Math.max(1, Math.round(tokens * factor)));
      expect(after).toEqual(before.map((row) => ({ ...row, promptTokens: scaled(row.promptTokens), outputTokens: scaled(row.outputTokens) })));
    })));

  test('beyond a context are dropped and counted, or cut, and nothing is longer', () =>
    fc.assert(fc.asyncProperty(some, fc.integer({ min: 1, max: 400 }), async (rows, most) => {
      const all = await replay(rows, {});
      const fitting = all.filter(({ promptTokens, outputTokens }) => promptTokens + outputTokens <= most);
      expect(await replay(rows, { maxContext: most })).toEqual(fitting);
      const { rowsRead, rowsKept, dropped } = await reportOf(rows, { maxContext: most });
      expect(rowsRead).toBe(rowsKept + Object.values(dropped).reduce((a, b) => a + b, 0));
      const cut = await replay(rows, { maxContext: { tokens: most, over: 'truncate' } });
      expect(cut.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      for (const [i, { promptTokens, outputTokens }] of cut.entries()) {
        expect(outputTokens).toBeGreaterThanOrEqual(1);
        expect(promptTokens + outputTokens).toBe(Math.min(most, all[i]!.promptTokens + all[i]!.outputTokens));
      }
    })));

  test('of no output are dropped, given one token, or kept to be looked at', async () => {
    const rows: Cells[] = [[0, 5, 1], [1, 5, 0]];
    expect(await reportOf(rows, {})).toMatchObject({ rowsKept: 1, dropped: { 'no output tokens': 1 } });
    expect((await replay(rows, { zeroOutput: 'one' })).map(({ outputTokens }) => outputTokens)).toEqual([1, 1]);
    expect((await replay(rows, { zeroOutput: 'keep' })).map(({ outputTokens }) => outputTokens)).toEqual([1, 0]);
  });
});

test('two traces are two sources, each with its own start', async () => {
  const files = filesOf({ a: 'at,in,out\n5000,1,1\n6000,1,1\n', b: 'at,in,out\n900000,2,2\n900500,2,2\n' });
  const rows = await rowsFrom([trace({ name: 'a', file: 'a' }), trace({ name: 'b', file: 'b' })], { files });
  expect(rows.map(({ id, arrival }) => [id, arrival])).toEqual([['a-1', 0], ['b-1', 0], ['b-2', 500_000], ['a-2', 1_000_000]]);
});

test('an absurd time is refused with its line, and leaves the others as they are', async () => {
  const rows: Cells[] = [[0, 1, 1], [99_999_999_999_999, 1, 1], [2000, 1, 1]];
  const { reports: [report], table } = await build([trace({ malformed: 'drop' })], { files: filesWith(rows) });
  expect(report).toMatchObject({ rowsRead: 3, rowsKept: 2, dropped: { malformed: 1 } });
  expect([...table.arrival]).toEqual([0, 2_000_000]);
});

test('what means nothing beside made arrivals is refused', () => {
  expect(schemaFaults(trace({ arrivals: { process: 'poisson', rate: 1 }, speed: 2 }))).toEqual([expect.stringContaining('beside which window, speed and rate mean nothing')]);
});
