/** Laws of generated requests: what changes when the scenario does, and above all what does not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { build, buildFaults, rowsFrom, rowsOf } from './scenario.ts';
import type { Row } from './scenario.ts';
import { expectFits, expectFrequencies } from './statistics.ts';

const CHAT = {
  name: 'chat',
  count: 200,
  arrivals: { process: 'poisson', rate: 10 },
  class: { high: 0.2, medium: 0.5, low: 0.3 },
  promptTokens: { distribution: 'lognormal', mean: 800, cv: 1.2, min: 1, max: 8000 },
  outputTokens: { distribution: 'uniform', min: 5, max: 19 },
  tenant: { a: 1, b: 3 },
};

const generate = (changes: Readonly<Record<string, unknown>> = {}) => ({ generate: { ...CHAT, ...changes } });

const pick = <Key extends keyof Row>(rows: readonly Row[], ...keys: Key[]) => rows.map((row) => keys.map((key) => row[key]));

const shares = fc.uniqueArray(fc.tuple(fc.constantFrom('high', 'medium', 'low', 'batch', 'free'), fc.integer({ min: 1, max: 9 })), {
  minLength: 1, selector: ([name]) => name,
});
const ALL = ['high', 'medium', 'low', 'batch', 'free', 'new'];

const processes = fc.constantFrom(
  { process: 'poisson', rate: 10 }, { process: 'gamma', rate: 10, cv: 2 }, { process: 'constant', rate: 7 },
  { process: 'on-off', rate: 30, on: '1s', off: '2s' }, { process: 'diurnal', rate: 10, peakToTrough: 3, period: '1m' },
);

describe('generated requests', () => {
  test('are the same for the same seed, and others for another', async () => {
    const rows = await rowsFrom([generate()]);
    expect(await rowsFrom([generate()])).toEqual(rows);
    expect(pick(await rowsFrom([generate()], { seed: '2' }), 'arrival')).not.toEqual(pick(rows, 'arrival'));
  });

  test('have ids that count from 1, whole microseconds in order, and lengths of at least 1', async () => {
    const rows = await rowsFrom([generate()]);
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, i) => `chat-${i + 1}`));
    expect(rows.every(({ arrival }, i) => Number.isInteger(arrival) && (i === 0 || arrival >= rows[i - 1]!.arrival))).toBe(true);
    expect(rows.every(({ promptTokens, outputTokens }) => promptTokens >= 1 && outputTokens >= 5)).toBe(true);
  });

  test('come from the distributions that were asked for, together as well as apart', async () => {
    const { table } = await build([generate({ count: 20_000 })]);
    const gaps = Array.from(table.arrival, (t, i) => t - (table.arrival[i - 1] ?? 0));
    expectFits(gaps, (x) => 1 - Math.exp(-Math.max(0, x) / 1e5));
    expectFrequencies(Array.from(table.outputTokens), () => 1 / 15, 5, 19);
    // Class and output length are independent: each pair as often as the product of their shares says.
    const share = [0.2, 0.5, 0.3];
    expectFrequencies(Array.from(table.class, (c, i) => c * 15 + table.outputTokens[i]! - 5), (n) => share[Math.floor(n / 15)]! / 15, 0, 44);
    const tenants = [0.25, 0.75];
    expectFrequencies(Array.from(table.class, (c, i) => c * 2 + table.tenant[i]!), (n) => share[n >> 1]! * tenants[n & 1]!, 0, 5);
  });

  test('without lengths of prompts have none, and a bare number is a constant', async () => {
    const rows = await rowsFrom([generate({ promptTokens: undefined, outputTokens: 7 })]);
    expect(rows.every(({ promptTokens, outputTokens }) => promptTokens === 0 && outputTokens === 7)).toBe(true);
  });

  test('belong to the only class where none is named, and to no tenant', async () => {
    const rows = await rowsFrom([generate({ class: undefined, tenant: undefined })], { classes: ['only'] });
    expect(rows.every(({ class: name, tenant }) => name === 'only' && tenant === undefined)).toBe(true);
  });
});

describe('a class added to a mix', () => {
  test('leaves arrivals, lengths and tenants as they were; a request keeps its class or goes over to the new one', () =>
    fc.assert(fc.asyncProperty(shares, fc.nat(5), fc.integer({ min: 1, max: 9 }), processes, fc.string(), async (mix, at, share, arrivals, seed) => {
      const wider = mix.toSpliced(at, 0, ['new' as never, share]);
      const options = { classes: ALL, seed };
      const before = await rowsFrom([generate({ class: Object.fromEntries(mix), arrivals })], options);
      const after = await rowsFrom([generate({ class: Object.fromEntries(wider), arrivals })], options);
      expect(after.map((row, i) => ({ ...row, class: row.class === 'new' ? before[i]!.class : row.class }))).toEqual(before);
    }), { numRuns: 40 }));

  test('takes its share of the requests from each of the others', async () => {
    const count = 20_000;
    const before = await rowsFrom([generate({ count })]);
    const after = await rowsFrom([generate({ count, class: { high: 0.2, batch: 1, medium: 0.5, low: 0.3 } })], { classes: ['high', 'medium', 'low', 'batch'] });
    const share = { high: 0.2, medium: 0.5, low: 0.3 };
    const names = Object.keys(share) as (keyof typeof share)[];
    const moved = after.map((row, i) => names.indexOf(before[i]!.class as keyof typeof share) * 2 + Number(row.class === 'batch'));
    expectFrequencies(moved, (n) => share[names[n >> 1]!] / 2, 0, 5);
  });

  test('the order in which shares are written, and their scale, do not matter', async () => {
    const rows = await rowsFrom([generate()]);
    expect(await rowsFrom([generate({ class: { low: 3, high: 2, medium: 5 } })])).toEqual(rows);
  });

  test('a class with a share of 0 is as good as absent', async () => {
    expect(await rowsFrom([generate({ class: { high: 1, low: 0 } })])).toEqual(await rowsFrom([generate({ class: 'high' })]));
  });
});

describe('one field changed', () => {
  test.each([
    ['promptTokens', { distribution: 'geometric', mean: 9 }, ['arrival', 'outputTokens', 'class', 'tenant']],
    ['outputTokens', 3, ['arrival', 'promptTokens', 'class', 'tenant']],
    ['arrivals', { process: 'gamma', rate: 3, cv: 2 }, ['promptTokens', 'outputTokens', 'class', 'tenant']],
    ['class', 'low', ['arrival', 'promptTokens', 'outputTokens', 'tenant']],
    ['tenant', { a: 1, z: 9, b: 2 }, ['arrival', 'promptTokens', 'outputTokens', 'class']],
  ] as const)('%s: the others stay', async (field, value, others) => {
    const rows = await rowsFrom([generate()]);
    const changed = await rowsFrom([generate({ [field]: value })]);
    expect(pick(changed, ...others)).toEqual(pick(rows, ...others));
  });

  test('count: a longer run begins with the shorter one', async () => {
    expect((await rowsFrom([generate({ count: 500 })])).slice(0, 200)).toEqual(await rowsFrom([generate()]));
  });

  test('start: everything later by as much, and nothing else', () =>
    fc.assert(fc.asyncProperty(processes, fc.nat(1e9), async (arrivals, start) => {
      const rows = await rowsFrom([generate({ arrivals })]);
      const later = await rowsFrom([generate({ arrivals, start: `${start}us` })]);
      expect(later).toEqual(rows.map((row) => ({ ...row, arrival: row.arrival + start })));
    }), { numRuns: 20 }));
});

describe('another source', () => {
  test('changes nothing in this one, before or after it', async () => {
    const mine = await rowsFrom([generate()]);
    const other = { generate: { ...CHAT, name: 'other', arrivals: { process: 'constant', rate: 3 }, class: 'batch' } };
    const options = { classes: ['high', 'medium', 'low', 'batch'] };
    for (const sources of [[generate(), other], [other, generate()]]) {
      const rows = await rowsFrom(sources, options);
      expect(rows.filter(({ id }) => id.startsWith('chat-'))).toEqual(mine);
    }
  });

  test('of another name draws other numbers', async () => {
    const rows = await rowsFrom([generate()]);
    expect(pick(await rowsFrom([generate({ name: 'other' })]), 'arrival')).not.toEqual(pick(rows, 'arrival'));
  });

  test('without a name is called by its position', async () => {
    const named = await rowsFrom([{ generate: { ...CHAT, name: '1' } }]);
    expect(await rowsFrom([{ generate: { ...CHAT, name: undefined } }])).toEqual(named);
  });
});

describe('count and duration', () => {
  test('arrivals are before the duration, and all that are', () =>
    fc.assert(fc.asyncProperty(processes, fc.integer({ min: 1, max: 20e6 }), async (arrivals, duration) => {
      const all = await rowsFrom([generate({ arrivals, count: 1000 })]);
      const within = await rowsFrom([generate({ arrivals, count: undefined, duration: `${duration}us` })]);
      expect(within).toEqual(all.filter(({ arrival }) => arrival < duration));
    }), { numRuns: 30 }));

  test('with both, whichever ends first', async () => {
    const arrivals = { process: 'constant', interval: '1s' };
    expect(await rowsFrom([generate({ arrivals, count: 5, duration: '3s' })])).toHaveLength(3);
    expect(await rowsFrom([generate({ arrivals, count: 2, duration: '3s' })])).toHaveLength(2);
  });

  test('a process that ends before the count is an error, and with a duration it is not', async () => {
    const arrivals = { process: 'ramp', from: 10, to: 0, over: '10s' };
    expect(await buildFaults([generate({ arrivals })])).toMatchObject([
      { path: ['workload', 0, 'generate', 'count'], message: expect.stringMatching(/^workload\[0\]\.generate\.count: only \d+ of 200 requests would ever arrive$/) },
    ]);
    const { table } = await build([generate({ arrivals, duration: '1h' })]);
    expect(table.count).toBeGreaterThan(20);
  });

  test('a count or a duration beyond reason is refused before memory is asked for', async () => {
    const refused = async (changes: Readonly<Record<string, unknown>>) => (await buildFaults([generate(changes)]))[0];
    expect(await refused({ count: undefined, duration: '1000h', arrivals: { process: 'poisson', rate: 1e9 } })).toMatchObject({
      path: ['workload', 0, 'generate', 'duration'], message: expect.stringContaining('it may have 100,000,000'),
    });
    expect(await buildFaults([generate({ count: 60e6 }), generate({ count: 60e6, name: 'b' })])).toMatchObject([
      { path: ['workload', 1, 'generate', 'count'], message: expect.stringContaining('120,000,000') },
    ]);
  });

  test('a rate so low that the next request lies beyond virtual time is an error', async () => {
    expect(await buildFaults([generate({ arrivals: { process: 'poisson', rate: 1e-300 } })])).toMatchObject([{ message: 'workload[0].generate.count: only 0 of 200 requests would ever arrive' }]);
    for (const arrivals of [{ process: 'diurnal', rate: 1e-320, peakToTrough: 2, period: '1h' }, { process: 'on-off', rate: 1e-320, on: '1s', off: '0s' }]) {
      expect(await rowsFrom([generate({ arrivals, duration: '1h' })])).toEqual([]);
    }
  });
});

test('columns can live in shared memory, with the same content', async () => {
  const sources = [generate({ duration: '10s' }), { requests: [{ at: '1s', class: 'low', outputTokens: 3 }] }];
  const own = await build(sources);
  const shared = await build(sources, { share: true });
  expect(rowsOf(shared.table)).toEqual(rowsOf(own.table));
  const { arrival, promptTokens, outputTokens, class: classes, tenant, source, ordinal } = shared.table;
  for (const column of [arrival, promptTokens, outputTokens, classes, tenant, source, ordinal]) expect(column.buffer).toBeInstanceOf(SharedArrayBuffer);
});

describe('more tenants than run a race', () => {
  const names = Array.from({ length: 200 }, (_, i) => `t${String(i).padStart(3, '0')}`);
  const mix = (order: readonly string[]) => Object.fromEntries(order.map((name) => [name, name === 't007' ? 0 : 1 + (Number(name.slice(1)) % 4)]));

  test('come as often as their shares say, and never with a share of 0', async () => {
    const { table } = await build([generate({ count: 40_000, tenant: mix(names) })]);
    const total = Object.values(mix(names)).reduce((sum, share) => sum + share, 0);
    const share = (tenant: number) => mix(names)[table.tenants[tenant]!]! / total;
    expectFrequencies(Array.from(table.tenant), share, 0, table.tenants.length - 1);
    expect(table.tenants).not.toContain('t007');
  });

  test('do not depend on the order in which they are written, and leave all else as it was', async () => {
    const rows = await rowsFrom([generate({ tenant: mix(names) })]);
    expect(await rowsFrom([generate({ tenant: mix(names.toReversed()) })])).toEqual(rows);
    expect(pick(rows, 'arrival', 'class', 'promptTokens')).toEqual(pick(await rowsFrom([generate()]), 'arrival', 'class', 'promptTokens'));
  });

  test('cost a draw a request, not one for each of them', async () => {
    const { user, system } = process.cpuUsage();
    await build([generate({ count: 60_000, outputTokens: 1, promptTokens: 1, tenant: Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`t${i}`, 1])) })]);
    const spent = process.cpuUsage({ user, system });
    // A race of 60,000 tenants for 60,000 requests takes 3.6 billion draws: half a minute.
    expect(spent.user + spent.system).toBeLessThan(10e6);
  });
});

describe('what would be drawn for ever', () => {
  const where = ['workload', 0, 'generate'];
  const lengths = { distribution: 'normal', mean: 1, cv: 0, min: 999_999 };

  test.each([
    ['bounds without a distribution', { count: 200_000, outputTokens: lengths }, [...where, 'outputTokens']],
    ['the same within a mixture, which has bounds of its own', { count: 1000, outputTokens: { distribution: 'mixture', min: 9_999_999, components: [{ weight: 1, ...lengths, max: 9_999_990 }] } }, [...where, 'outputTokens']],
    ['a night of a million hours', { count: 1000, arrivals: { process: 'diurnal', rate: 1e6, peakToTrough: 1e6, period: '1000000h' } }, [...where, 'arrivals']],
  ])('%s', async (_, changes, path) => {
    expect(await buildFaults([generate(changes)])).toMatchObject([{ path, message: expect.stringContaining('next to no') }]);
  });

  test('is not a length that one draw in twenty meets', async () => {
    await build([generate({ count: 50_000, outputTokens: { distribution: 'exponential', mean: 10, min: 30 } })]);
  });
});
