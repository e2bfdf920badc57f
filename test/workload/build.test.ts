/** Listed requests, several sources in one table, and what is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildWorkload } from '../../src/workload/build.ts';
import { noFiles } from '../../src/workload/files.ts';
import { build, classesOf, buildFaults, rowsFrom, rowsOf, sourcesOf } from './scenario.ts';

const listed = (...requests: unknown[]) => ({ requests });
const one = (options: Readonly<Record<string, unknown>>) => ({ outputTokens: 1, class: 'high', ...options });
const beat = (name: string, options: Readonly<Record<string, unknown>> = {}) =>
  ({ generate: { name, count: 5, arrivals: { process: 'constant', interval: '1s' }, class: 'low', outputTokens: 2, ...options } });

describe('listed requests', () => {
  test('are as they are written, with defaults', async () => {
    const { table, reports } = await build([listed(
      { id: 'stock', at: '1.5s', class: 'high', outputTokens: 10, promptTokens: 20, tenant: 'acme', prompt: 'Urgent' },
      { class: 'low', outputTokens: 3, id: 7 },
      one({}),
    )]);
    expect(rowsOf(table)).toEqual([
      { id: '7', arrival: 0, promptTokens: 0, outputTokens: 3, class: 'low', tenant: 'default', sla: {} },
      { id: '1-3', arrival: 0, promptTokens: 0, outputTokens: 1, class: 'high', tenant: 'default', sla: {} },
      { id: 'stock', arrival: 1_500_000, promptTokens: 20, outputTokens: 10, class: 'high', tenant: 'acme', sla: {} },
    ]);
    expect(table.sources[0]!.prompts).toEqual(['Urgent', undefined, undefined]);
    expect(reports).toEqual([{ source: '1', rowsRead: 3, rowsKept: 3, dropped: {} }]);
  });

  test('targets hold instead of those of the class, one by one, wherever the request ends up', async () => {
    const sources = sourcesOf(listed(one({ at: '3s', sla: { ttft: '1s' } }), one({ at: '1s' }), one({ at: '2s', sla: { latency: '9s', tpot: '20ms' } })), beat('b'));
    const { table } = await buildWorkload({ sources, classes: classesOf(['high', 'low'], { latency: 2e6, ttft: 5e5 }), seed: '1', files: noFiles });
    const sla = Object.fromEntries(rowsOf(table).map((row) => [row.id, row.sla]));
    expect(sla['1-1']).toEqual({ latency: 2e6, ttft: 1e6 });
    expect(sla['1-2']).toEqual({ latency: 2e6, ttft: 5e5 });
    expect(sla['1-3']).toEqual({ latency: 9e6, ttft: 5e5, tpot: 20_000 });
    expect(sla['b-1']).toEqual({ latency: 2e6, ttft: 5e5 });
  });
});

describe('several sources', () => {
  test('are merged by arrival, then by position in the scenario, then by position in the source', () => {
    const times = fc.array(fc.nat(5), { maxLength: 8 });
    return fc.assert(fc.asyncProperty(fc.array(times, { maxLength: 5 }), async (sources) => {
      const rows = await rowsFrom(sources.map((at) => listed(...at.map((s) => one({ at: `${s}s` })))));
      const expected = sources
        .flatMap((at, source) => at.map((s, ordinal) => ({ arrival: s * 1e6, id: `${source + 1}-${ordinal + 1}` })))
        .sort((a, b) => a.arrival - b.arrival);
      expect(rows.map(({ arrival, id }) => ({ arrival, id }))).toEqual(expected);
    }));
  });

  test('keep what belongs to each request', async () => {
    const sources = [beat('a', { tenant: 't', outputTokens: 4 }), listed(one({ id: 'x', at: '500ms' })), beat('b', { class: 'high', start: '250ms' })];
    const apart = (await Promise.all(sources.map((source) => rowsFrom([source])))).flat();
    const together = await rowsFrom(sources);
    const facts = (rows: typeof together) => rows
      .map(({ id, class: name, outputTokens }) => `${id.startsWith('1-') ? 'x' : id} ${name} ${outputTokens}`).toSorted();
    expect(facts(together)).toEqual(facts(apart));
    expect(together.map(({ tenant }) => tenant)).toEqual(together.map(({ id }) => (id.startsWith('a-') ? 't' : 'default')));
  });

  test('without requests are an empty table', async () => {
    expect((await build([])).table.count).toBe(0);
    expect((await build([listed()])).table.count).toBe(0);
  });

  test('tenants are in order of first mention, by key where they have shares', async () => {
    const { table } = await build([beat('a', { tenant: { z: 1, y: 1, none: 0 } }), listed(one({}), one({ tenant: 'b' }), one({ tenant: 'z' }))]);
    expect(table.tenants).toEqual(['z', 'y', 'default', 'b']);
    expect((await build([beat('a')])).table.tenants).toEqual([]);
  });
});

describe('refused', () => {
  test('a class that is not there, wherever it is named: all at once', async () => {
    const trace = { trace: { file: 'f.csv', class: { rules: [{ when: { promptTokens: '> 1' }, class: 'r' }], otherwise: { high: 1, o: 1 } } } };
    const faults = await buildFaults([listed(one({ class: 'x' }), one({})), beat('b', { class: 'y' }), beat('c', { class: { high: 1, z: 2 } }), trace]);
    expect(faults.map(({ path }) => path!.join('.'))).toEqual([
      'workload.0.requests.0.class', 'workload.1.generate.class', 'workload.2.generate.class.z',
      'workload.3.trace.class.rules.0.class', 'workload.3.trace.class.otherwise.o',
    ]);
    expect(faults[0]).toMatchObject({ message: 'workload[0].requests[0].class: there is no class x', help: 'the classes are high, medium, low' });
  });

  test('a class left out where there are several', async () => {
    const faults = await buildFaults([listed({ outputTokens: 1 }, one({})), beat('b', { class: undefined }), { trace: { file: 'f.csv', format: 'azure' } }]);
    expect(faults.map(({ path }) => path!.join('.'))).toEqual(['workload.0.requests.0', 'workload.1.generate', 'workload.2.trace']);
  });

  test('an id that is given twice, or is that of a generated request', async () => {
    const faults = await buildFaults([listed(one({ id: 'a' }), one({ id: 'b' }), one({ id: 'a' })), listed(one({ id: 'b' }), one({ id: 'beat-5' }), one({ id: 'beat-6' })), beat('beat')]);
    expect(faults.map(({ message }) => message)).toEqual([
      'workload[0].requests[2].id: the id a is given twice',
      'workload[1].requests[0].id: the id b is given twice',
      'workload[1].requests[1].id: the id beat-5 is also that of request 5 of source beat',
    ]);
  });

  test('two sources of one name', async () => {
    expect(await buildFaults([beat('2'), beat('x', { name: undefined }), beat('2')])).toMatchObject([
      { path: ['workload', 1, 'generate'], message: expect.stringContaining('source 2 and source 1 are both called 2') },
      { path: ['workload', 2, 'generate'] },
    ]);
  });

  test('the faults of all sources are told together', async () => {
    const ends = { arrivals: { process: 'ramp', from: 1, to: 0, over: '1s' }, count: 1000 };
    const faults = await buildFaults([beat('a', ends), { trace: { file: 'none.csv', class: 'low' } }, beat('b', ends)]);
    expect(faults.map(({ path }) => path!.slice(0, 2))).toEqual([['workload', 0], ['workload', 1], ['workload', 2]]);
  });
});
