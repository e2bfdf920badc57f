/** Laws of window, sample, limit, speed and classes of a trace. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleHash } from '../../../src/workload/traces/hash.ts';
import { filesOf } from '../files.ts';
import type { Row } from '../scenario.ts';
import { build, rowsFrom, rowsOf } from '../scenario.ts';
import { expectFits } from '../statistics.ts';

interface TraceRow {
  /** Milliseconds. */
  readonly at: number;
  readonly prompt: number;
  readonly output: number;
}

const START = Date.UTC(2024, 1, 28, 23, 59, 0);

function textOf(rows: readonly TraceRow[]): string {
  const line = ({ at, prompt, output }: TraceRow) => `${new Date(START + at).toISOString()},${prompt},${output}`;
  return ['TIMESTAMP,ContextTokens,GeneratedTokens', ...rows.map(line)].join('\n');
}

const trace = (options: Readonly<Record<string, unknown>>) => ({ trace: { file: 't.csv', class: 'high', ...options } });
const filesWith = (rows: readonly TraceRow[]) => filesOf({ 't.csv': textOf(rows) }, 1 << 16);
const replay = (rows: readonly TraceRow[], options: Readonly<Record<string, unknown>> = {}, seed = '1') =>
  rowsFrom([trace(options)], { files: filesWith(rows), seed });
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

/** Now and then to the second, where windows begin and end. */
const time = fc.oneof(fc.nat(100_000), fc.nat(100).map((s) => s * 1000));
const traceRow = fc.record({ at: time, prompt: fc.nat(9000), output: fc.nat(3) });
const traceRows = fc.array(traceRow, { minLength: 1, maxLength: 60 });
/** The earliest row at 0, so that the trace's own time is `at`. */
const fromZero = traceRows.map((rows) => [...rows, { at: 0, prompt: 1, output: 1 }]);

const even = (count: number): TraceRow[] => Array.from({ length: count }, (_, i) => ({ at: i * 100, prompt: 1 + (i % 7), output: 1 }));

describe('rows are never lost silently', () => {
  test('read = kept + dropped, whatever is asked for', () => {
    const options = fc.record({
      window: fc.record({ from: fc.nat(50).map((s) => `${s}s`), to: fc.integer({ min: 51, max: 120 }).map((s) => `${s}s`) }),
      sample: fc.double({ min: 0.01, max: 1, noNaN: true }),
      limit: fc.integer({ min: 1, max: 50 }),
    }, { requiredKeys: [] });
    return fc.assert(fc.asyncProperty(traceRows, options, async (rows, chosen) => {
      const { table, reports: [report] } = await build([trace(chosen)], { files: filesWith(rows) });
      const dropped = Object.values(report!.dropped);
      expect(report!.rowsRead).toBe(rows.length);
      expect(report!.rowsKept).toBe(table.count);
      expect(report!.rowsKept + dropped.reduce((a, b) => a + b, 0)).toBe(rows.length);
      expect(dropped.every((lost) => lost > 0)).toBe(true);
      expect(report!.dropped['no output tokens'] ?? 0).toBe(rows.filter(({ output }) => output === 0).length);
    }));
  });
});

describe('window', () => {
  test('is half open on the time of the trace, and its start becomes 0', () =>
    fc.assert(fc.asyncProperty(fromZero, fc.nat(50), fc.integer({ min: 51, max: 120 }), async (rows, from, to) => {
      const all = await replay(rows);
      const inside = all.filter(({ arrival }) => arrival >= from * 1e6 && arrival < to * 1e6);
      expect(await replay(rows, { window: { from: `${from}s`, to: `${to}s` } }))
        .toEqual(inside.map((row) => ({ ...row, arrival: row.arrival - from * 1e6 })));
    })));

  test('two that meet have every row once', () =>
    fc.assert(fc.asyncProperty(fromZero, fc.integer({ min: 1, max: 99 }), async (rows, at) => {
      const before = await replay(rows, { window: { to: `${at}s` } });
      const after = await replay(rows, { window: { from: `${at}s` } });
      expect([...ids(before), ...ids(after)]).toEqual(ids(await replay(rows)));
    })));
});

describe('sample', () => {
  test('a smaller one is part of a larger one, for every seed the same', () =>
    fc.assert(fc.asyncProperty(traceRows, fc.tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })), async (rows, shares) => {
      const [small, large] = shares.toSorted((a, b) => a - b) as [number, number];
      const kept = ids(await replay(rows, { sample: large }));
      expect(kept).toEqual(expect.arrayContaining(ids(await replay(rows, { sample: small }))));
      expect(ids(await replay(rows, { sample: large }, 'another'))).toEqual(kept);
    })));

  test('of everything is everything', async () => {
    expect(await replay(even(50), { sample: 1 })).toEqual(await replay(even(50)));
  });

  test('keeps rows as chance would, also where all rows are alike', () => {
    expectFits(Array.from({ length: 20_000 }, (_, row) => sampleHash(row)), (u) => Math.min(1, Math.max(0, u)));
    // Runs of kept and dropped rows: neighbours decide independently.
    const kept = Array.from({ length: 20_000 }, (_, row) => Number(sampleHash(row) < 0.5));
    const changes = kept.filter((k, i) => i > 0 && k !== kept[i - 1]).length;
    expect(Math.abs(changes - 10_000)).toBeLessThan(4 * Math.sqrt(5000));
  });
});

describe('limit', () => {
  test('keeps the earliest after window and sample', () =>
    fc.assert(fc.asyncProperty(traceRows, fc.integer({ min: 1, max: 30 }), async (rows, limit) => {
      const chosen = { window: { from: '1s' }, sample: 0.7 };
      expect(await replay(rows, { ...chosen, limit })).toEqual((await replay(rows, chosen)).slice(0, limit));
    })));
});

describe('speed and rate', () => {
  test('times are divided by speed, rounded once', () =>
    fc.assert(fc.asyncProperty(fromZero, fc.double({ min: 0.1, max: 1000, noNaN: true }), async (rows, speed) => {
      const plain = await replay(rows);
      expect(await replay(rows, { speed })).toEqual(plain.map((row) => ({ ...row, arrival: Math.round(row.arrival / speed) })));
    })));

  test('at a rate, what is kept has that mean rate', () =>
    fc.assert(fc.asyncProperty(traceRows, fc.double({ min: 0.1, max: 100, noNaN: true }), async (rows, rate) => {
      const plain = await replay(rows, { sample: 0.8 });
      fc.pre(plain.length > 1 && plain.at(-1)!.arrival > plain[0]!.arrival);
      const paced = await replay(rows, { sample: 0.8, rate });
      const span = paced.at(-1)!.arrival - paced[0]!.arrival;
      expect(Math.abs(span - ((paced.length - 1) / rate) * 1e6)).toBeLessThanOrEqual(1);
      expect(ids(paced)).toEqual(ids(plain));
    })));

  test('rows that all arrive at once have no rate, and a replay may not outlast virtual time', async () => {
    const at = { files: filesWith([{ at: 5, prompt: 1, output: 1 }, { at: 5, prompt: 1, output: 1 }]) };
    await expect(build([trace({ rate: 3 })], at)).rejects.toMatchObject({ faults: [{ path: ['workload', 0, 'trace', 'rate'] }] });
    await expect(build([trace({ speed: 1e-12 })], { files: filesWith(even(20_000).slice(-2).concat(even(1))) })).rejects.toMatchObject({
      faults: [{ path: ['workload', 0, 'trace', 'speed'], message: expect.stringContaining('285 years') }],
    });
  });
});

describe('classes and tenants', () => {
  const rules = { rules: [{ when: { promptTokens: '> 4096' }, class: 'low' }, { when: { promptTokens: '<= 10', outputTokens: '= 2' }, class: 'medium' }], otherwise: { high: 1, medium: 3 } };

  test('the first rule whose conditions all hold decides', () =>
    fc.assert(fc.asyncProperty(traceRows, async (rows) => {
      for (const row of await replay(rows, { class: { ...rules, otherwise: 'high' } })) {
        const expected = row.promptTokens > 4096 ? 'low' : row.promptTokens <= 10 && row.outputTokens === 2 ? 'medium' : 'high';
        expect(row.class).toBe(expected);
      }
    })));

  test.each([['<', [0, 1]], ['<=', [0, 1, 2]], ['>', [3, 4]], ['>=', [2, 3, 4]], ['=', [2]], ['==', [2]], ['!=', [0, 1, 3, 4]]])('%s 2', async (comparison, holds) => {
    const rows = Array.from({ length: 5 }, (_, prompt) => ({ at: prompt, prompt, output: 1 }));
    const replayed = await replay(rows, { class: { rules: [{ when: { promptTokens: `${comparison} 2` }, class: 'low' }], otherwise: 'high' } });
    expect(replayed.filter((row) => row.class === 'low').map(({ promptTokens }) => promptTokens)).toEqual(holds);
  });

  test('a row keeps its class, its tenant and its id, whatever is left of the others', () =>
    fc.assert(fc.asyncProperty(fromZero, fc.double({ min: 0.1, max: 1, noNaN: true }), fc.integer({ min: 1, max: 40 }), async (rows, sample, limit) => {
      const options = { class: rules, tenant: { a: 1, b: 1, c: 2 } };
      const all = new Map((await replay(rows, options)).map((row) => [row.id, row]));
      for (const row of await replay(rows, { ...options, sample, limit, window: { from: '10s' }, speed: 3 })) {
        expect(row).toEqual({ ...all.get(row.id)!, arrival: row.arrival });
      }
    })));

  test('a class added to the shares takes rows from the others, and moves none between them', async () => {
    const files = filesWith(even(2000));
    const classes = ['high', 'medium', 'low', 'new'];
    const before = await rowsFrom([trace({ class: { high: 1, medium: 3 } })], { files, classes });
    const after = await rowsFrom([trace({ class: { new: 2, high: 1, medium: 3 } })], { files, classes });
    expect(after.map((row, i) => ({ ...row, class: row.class === 'new' ? before[i]!.class : row.class }))).toEqual(before);
    expect(Math.abs(after.filter((row) => row.class === 'new').length / 2000 - 1 / 3)).toBeLessThan(0.05);
  });
});

test('a trace beside generated requests is merged with them', async () => {
  const beat = { generate: { name: 'beat', count: 3, arrivals: { process: 'constant', interval: '150ms' }, class: 'low', outputTokens: 1 } };
  const { table, reports } = await build([trace({ name: 'azure' }), beat], { files: filesWith(even(4)) });
  expect(ids(rowsOf(table))).toEqual(['azure-1', 'beat-1', 'azure-2', 'beat-2', 'azure-3', 'azure-4', 'beat-3']);
  expect(reports.map(({ source, rowsKept }) => [source, rowsKept])).toEqual([['azure', 4], ['beat', 3]]);
});
