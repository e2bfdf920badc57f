/** Laws of what rows are given for what they are: class, tenant and targets by rules, by columns and by shares. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textHash } from '../../../src/workload/traces/hash.ts';
import { filesOf } from '../files.ts';
import type { Row } from '../scenario.ts';
import { build, buildFaults, faultsOf as schemaFaults, rowsFrom } from '../scenario.ts';
import { expectFits } from '../statistics.ts';

interface Turn {
  readonly session: number;
  readonly model: string;
  readonly turn: number;
  readonly prompt: number;
}

const COLUMNS = { arrival: 'at', promptTokens: 'in', outputTokens: 'out', session: 'conv', turn: 'turn', model: 'model' };
const turns = fc.array(fc.record({ session: fc.nat(9), model: fc.constantFrom('gpt-4', 'gpt-4o', 'small', ''), turn: fc.integer({ min: 1, max: 5 }), prompt: fc.nat(100) }), { minLength: 1, maxLength: 40 });
const textOf = (rows: readonly Turn[], offset = 0) => ['at,in,out,conv,turn,model,vip', ...rows.map(({ session, model, turn, prompt }, i) => `${i + offset},${prompt},1,s${session},${turn},${model},${i % 2 === 0}`)].join('\n');
const trace = (options: Readonly<Record<string, unknown>>) => ({ trace: { name: 't', file: 'x', columns: COLUMNS, unit: 's', class: 'high', ...options } });
const replay = (rows: readonly Turn[], options: Readonly<Record<string, unknown>>, seed = '1'): Promise<Row[]> =>
  rowsFrom([trace(options)], { files: filesOf({ x: textOf(rows) }, 1000), seed });
const faults = (options: Readonly<Record<string, unknown>>) => buildFaults([trace(options)], { files: filesOf({ x: textOf([{ session: 1, model: 'm', turn: 1, prompt: 1 }]) }) });

describe('rules', () => {
  test('on any field or column, text or number, the first that holds decides', () =>
    fc.assert(fc.asyncProperty(turns, async (rows) => {
      const replayed = await replay(rows, {
        class: { rules: [{ when: { model: 'gpt-4*', turn: '> 2' }, class: 'low' }, { when: { vip: true, model: ['small', 'gpt-4'] }, class: 'medium' }], otherwise: 'high' },
      });
      expect(replayed.map((row) => row.class)).toEqual(rows.map(({ model, turn }, i) =>
        model.startsWith('gpt-4') && turn > 2 ? 'low' : i % 2 === 0 && ['small', 'gpt-4'].includes(model) ? 'medium' : 'high'));
    })));

  test('by a percentile of the file, nearest rank', () =>
    fc.assert(fc.asyncProperty(turns, fc.integer({ min: 1, max: 99 }), async (rows, percentile) => {
      const sorted = rows.map(({ prompt }) => prompt).sort((a, b) => a - b);
      const limit = sorted[Math.ceil((percentile / 100) * sorted.length) - 1]!;
      const replayed = await replay(rows, { class: { rules: [{ when: { promptTokens: `> p${percentile}` }, class: 'low' }], otherwise: 'high' } });
      expect(replayed.map((row) => row.class)).toEqual(rows.map(({ prompt }) => (prompt > limit ? 'low' : 'high')));
    })));

  test('give tenants and targets as well', async () => {
    const rows = [{ session: 1, model: 'big', turn: 1, prompt: 1 }, { session: 2, model: 'small', turn: 1, prompt: 1 }];
    const replayed = await replay(rows, {
      tenant: { rules: [{ when: { model: 'big' }, tenant: 'acme' }], otherwise: 'rest' },
      sla: { rules: [{ when: { model: '!= big' }, sla: { ttft: '200ms' } }], otherwise: { latency: '2s' } },
    });
    expect(replayed.map(({ tenant, sla }) => [tenant, sla])).toEqual([['acme', { latency: 2e6 }], ['rest', { ttft: 2e5 }]]);
  });

  test('a percentage, or shares, within a rule', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({ session: i, model: 'm', turn: 1, prompt: 1 }));
    const replayed = await replay(rows, { class: { rules: [{ when: { turn: 1 }, class: { low: '25%', high: '75%' } }], otherwise: 'medium' } });
    expect(Math.abs(replayed.filter((row) => row.class === 'low').length / 2000 - 0.25)).toBeLessThan(0.04);
    expect(replayed.every((row) => row.class !== 'medium')).toBe(true);
  });

  test('on a field that the file lacks are an error', async () => {
    expect(await faults({ class: { rules: [{ when: { type: 'text' }, class: 'low' }], otherwise: 'high' } })).toMatchObject([
      { path: ['workload', 0, 'trace'], message: 'workload[0].trace: a rule asks for type, which x does not have', help: 'columns that may be meant: at, in, out' },
    ]);
  });

  test.each([{ promptTokens: 'long' }, { model: [] }, { turn: '> many' }, { model: '' }])('%j is no condition', (when) => {
    expect(schemaFaults(trace({ class: { rules: [{ when, class: 'low' }], otherwise: 'high' } })).length).toBeGreaterThan(0);
  });

  test('by length are said to confound urgency with size', async () => {
    const files = filesOf({ x: textOf([{ session: 1, model: 'm', turn: 1, prompt: 1 }]) });
    const { reports: [report] } = await build([trace({ class: { rules: [{ when: { promptTokens: '> p90' }, class: 'low' }], otherwise: 'high' } })], { files });
    expect(report!.notes).toEqual(['not used: vip (1 row)', expect.stringContaining('a rule goes by length, which confounds urgency with size')]);
  });
});

describe('shares', () => {
  const shares = { high: 1, medium: 3, low: 2 };
  const byRow = (rows: readonly Row[]) => rows.map((row) => row.class);

  test('all turns of a session have one class, in whatever part of the file, whatever comes before', () =>
    fc.assert(fc.asyncProperty(turns, fc.nat(20), async (rows, from) => {
      const classes = byRow(await replay(rows, { class: shares, tenant: { a: 1, b: 1 } }));
      const of = new Map(rows.map(({ session }, i) => [session, classes[i]]));
      expect(classes).toEqual(rows.map(({ session }) => of.get(session)));
      expect(byRow(await replay(rows.slice(from), { class: shares }))).toEqual(classes.slice(from));
    })));

  test('are met, session by session or row by row, and drawn anew by another seed', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => ({ session: i % 3000, model: 'm', turn: 1, prompt: 1 }));
    for (const shareBy of ['session', 'row']) {
      const classes = byRow(await replay(rows, { class: shares, shareBy }));
      expect(Math.abs(classes.filter((name) => name === 'medium').length / 6000 - 0.5)).toBeLessThan(0.04);
      expect(byRow(await replay(rows, { class: shares, shareBy }, 'another'))).not.toEqual(classes);
    }
    const alone = byRow(await replay(rows, { class: shares, shareBy: 'row' }));
    expect(alone.slice(0, 3000)).not.toEqual(alone.slice(3000));
  });

  test('hashes of texts are uniform, whatever the salt', () => {
    for (const salt of [0, 1, 0xdeadbeef]) expectFits(Array.from({ length: 20_000 }, (_, i) => textHash(`session-${i}`, salt)), (u) => Math.min(1, Math.max(0, u)));
  });
});

test('tenants of a column come in order of first mention, beside those of other sources', async () => {
  const listed = { requests: [{ outputTokens: 1, class: 'high' }] };
  const { table } = await build([listed, trace({ columns: { ...COLUMNS, tenant: 'model' } })], {
    files: filesOf({ x: textOf([{ session: 1, model: 'b', turn: 1, prompt: 1 }, { session: 1, model: 'a', turn: 1, prompt: 1 }, { session: 1, model: '', turn: 1, prompt: 1 }]) }),
  });
  expect(table.tenants).toEqual(['default', 'b', 'a']);
});
