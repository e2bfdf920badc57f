/** What the schema of a source accepts and refuses, and the lists that it derives from. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, test } from 'vitest';
import { ARRIVALS } from '../../src/workload/arrivals/index.ts';
import { LENGTHS } from '../../src/workload/lengths/index.ts';
import { classReferences, listedIds } from '../../src/workload/references.ts';
import { sourceSchema } from '../../src/workload/spec.ts';
import { TRACE_FORMATS } from '../../src/workload/traces/index.ts';
import { faultsOf, sourcesOf } from './scenario.ts';

const generate = (changes: Readonly<Record<string, unknown>>) =>
  ({ generate: { count: 1, arrivals: { process: 'poisson', rate: 1 }, outputTokens: 1, ...changes } });

describe('numbers beyond reason are refused', () => {
  test.each([
    [generate({ count: 1e12 }), 'generate.count'],
    [generate({ count: 0 }), 'generate.count'],
    [generate({ count: 2.5 }), 'generate.count'],
    [generate({ count: NaN }), 'generate.count'],
    [generate({ duration: '0s' }), 'generate.duration'],
    [generate({ duration: 5 }), 'generate.duration'],
    [generate({ start: '-1s' }), 'generate.start'],
    [generate({ start: '1e300h' }), 'generate.start'],
    ...[-3, 0, NaN, Infinity, 1e308].map((rate) => [generate({ arrivals: { process: 'poisson', rate } }), 'generate.arrivals.rate'] as const),
    [generate({ arrivals: { process: 'gamma', rate: 1, cv: 0 } }), 'generate.arrivals.cv'],
    ...[0, -1, 1e8, NaN, 1.5].map((outputTokens) => [generate({ outputTokens }), 'generate.outputTokens'] as const),
    [generate({ promptTokens: -1 }), 'generate.promptTokens'],
    [generate({ outputTokens: { distribution: 'lognormal', mean: 1e308, cv: 1 } }), 'generate.outputTokens.mean'],
    [generate({ class: { high: -1 } }), 'generate.class.high'],
    [generate({ class: { high: Infinity } }), 'generate.class.high'],
    [{ requests: [{ outputTokens: 1, at: '5' }] }, 'requests.0.at'],
    [{ requests: [{ outputTokens: 1, sla: { latency: '0s' } }] }, 'requests.0.sla.latency'],
    [{ requests: [{}] }, 'requests.0.outputTokens'],
    [{ trace: { file: 'f', sample: 1.5 } }, 'trace.sample'],
    [{ trace: { file: 'f', speed: 0 } }, 'trace.speed'],
    [{ trace: { file: 'f', limit: 0 } }, 'trace.limit'],
    [{ trace: { file: 'f', format: 'no-such' } }, 'trace.format'],
    [{ trace: { file: 'f', window: { from: '2s', to: '1s' } } }, 'trace.window'],
    [{ trace: { file: 'f', class: { rules: [{ when: { promptTokens: '4096' }, class: 'a' }], otherwise: 'b' } } }, 'trace.class.rules.0.when.promptTokens'],
    [{ trace: { file: 'f', class: { rules: [] } } }, 'trace.class.otherwise'],
  ] as const)('%j', (source, path) => {
    const faults = faultsOf(source);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((fault) => fault.startsWith(`${path}: `))).toBe(true);
  });
});

describe('what belongs together', () => {
  test.each([
    [{}, ': needs exactly one of requests, generate, trace'],
    [{ requests: [], trace: { file: 'f' } }, ': needs exactly one of requests, generate, trace'],
    [generate({ count: undefined }), 'generate: needs count or duration, or both'],
    [generate({ arrivals: { process: 'constant', rate: 1, interval: '1s' } }), 'generate.arrivals: needs one of interval, rate or load'],
    [generate({ arrivals: { process: 'ramp', from: 0, to: 0, over: '1s' } }), 'generate.arrivals: from and to are both 0: no request would ever come'],
    [generate({ class: { high: 0 } }), 'generate.class: needs at least one share above 0'],
    [{ trace: { file: 'f', rate: 1, speed: 1 } }, 'trace: has both speed and rate: one follows from the other'],
  ])('%j', (source, fault) => expect(faultsOf(source)).toEqual([fault]));
});

test('an unknown key is refused, at every level', () => {
  for (const source of [generate({ cuont: 1 }), generate({ arrivals: { process: 'poisson', rate: 1, cv: 2 } }), { trace: { file: 'f', windw: {} } }]) {
    expect(faultsOf(source)[0]).toContain('Expected never');
  }
});

test('every process, distribution and format is in the JSON Schema, with what it is', () => {
  const text = JSON.stringify(toJsonSchema(sourceSchema, { errorMode: 'ignore', typeMode: 'input' }));
  for (const { name, summary } of [...ARRIVALS, ...LENGTHS]) expect(text).toContain(`{"const":${JSON.stringify(name)},"description":${JSON.stringify(summary)}}`);
  for (const { name } of TRACE_FORMATS) expect(text).toContain(JSON.stringify(name));
});

test('definitions have names of their own', () => {
  for (const list of [ARRIVALS, LENGTHS, TRACE_FORMATS]) expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
});

test('classes and ids are found with their paths', () => {
  const sources = sourcesOf(
    { requests: [{ id: 'a', class: 'x', outputTokens: 1 }, { outputTokens: 1 }] },
    generate({ class: { y: 1, z: 0 } }),
    { trace: { file: 'f', class: { rules: [{ when: {}, class: 'r' }], otherwise: 'o' } } },
  );
  expect([...classReferences(sources)]).toEqual([
    { path: [0, 'requests', 0, 'class'], name: 'x' },
    { path: [1, 'generate', 'class', 'y'], name: 'y' },
    { path: [1, 'generate', 'class', 'z'], name: 'z' },
    { path: [2, 'trace', 'class', 'rules', 0, 'class'], name: 'r' },
    { path: [2, 'trace', 'class', 'otherwise'], name: 'o' },
  ]);
  expect([...listedIds(sources)]).toEqual([{ path: [0, 'requests', 0, 'id'], name: 'a' }]);
});
