/** What `npm run docs` writes is what the program would write now, and says all that the results hold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { reference } from '../../src/cli/reference.ts';
import { METRICS } from '../../src/metrics/index.ts';
import { jsonText } from '../../src/render/text/json-text.ts';
import { RESULT_FIELDS, WORKLOAD_FIELDS } from '../../src/render/pages/reference-results.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { workspace } from '../cli/sched.ts';
import { ROOT } from './pages.ts';

const committed = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('npm run docs has been run:', () => {
  it('docs/reference.md is current', async () => {
    expect(committed('docs/reference.md')).toBe(await reference());
  });

  it('scenarios/scenario.schema.json is current', () => {
    expect(committed('scenarios/scenario.schema.json')).toBe(jsonText(scenarioJsonSchema()));
  });
});

/** Tenants, a shed request, two runs alike, an estimate, a price, a load: every field that there can be. */
const EVERYTHING = `
engine: { maxModelLength: 100, hardware: h200, model: llama-3.1-8b, efficiency: { compute: 0.6, fittedTo: run }, price: 3 }
classes: { high: { priority: 1, sla: { ttft: 1us } }, low: { priority: 3 } }
workload:
  - requests:
      - { at: 0s, class: high, outputTokens: 5, tenant: a, sla: { latency: 1s } }
      - { at: 0s, class: low, outputTokens: 5, tenant: b }
      - { at: 0s, class: low, outputTokens: 500 }
  - generate: { count: 5, class: low, arrivals: { process: constant, load: 0.5 }, outputTokens: 5 }
  - trace: { file: turns.csv }
schedulers: [fifo, { policy: fifo, name: again }, { policy: priority, preempt: true }]
`;

/** Paths of the leaves of a document, `[]` for any item of a list. */
function leaves(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, path === '' ? key : `${path}.${key}`));
}

const metricPaths = (scope: 'group' | 'run'): string[] => METRICS.filter((metric) => metric.scope === scope)
  .flatMap(({ name, stats, keyedBy }) => (keyedBy !== undefined ? [`${name}.NAME`] : stats.length === 0 ? [name] : stats.map((stat) => `${name}.${stat}`)));

/** Names of the user's out of a path, and the metrics of a group, which have a list of their own, down to their group. */
function general(path: string): string {
  const named = path
    .replace(/^(runs\[\]\.(?:sla\.)?(?:classes|tenants))\.\w+/, '$1.NAME')
    .replace(/\.targets\.\w+$/, '.targets')
    .replace(/^(runs\[\]\.fairness\.(?:contendedShare|fairShare))\..+/, '$1.NAME');
  const [, group, metric] = /^(runs\[\]\.(?:all|classes\.NAME|tenants\.NAME))\.(.+)$/.exec(named) ?? [];
  if (group !== undefined && metricPaths('group').includes(metric!)) return group;
  return named.startsWith('runs[].options.') ? 'runs[].options' : named;
}

describe('the fields of the results', () => {
  const at = workspace();
  afterAll(() => at.remove());

  it('are all described, and no others', () => {
    at.write('turns.csv', 'arrival,promptTokens,outputTokens,class,session\n0,1,1,low,s\n1,1,1,low,s\n');
    at.write('a.yaml', EVERYTHING);
    const written = new Set(leaves(JSON.parse(at.sched(['compare', 'a.yaml', '--format', 'json']).out)).map(general));
    const { results, ...described } = RESULT_FIELDS;
    expect(results).toBeDefined();
    expect([...written].sort()).toEqual([...Object.keys(described), ...metricPaths('run').map((path) => `runs[].${path}`)].sort());
  });

  it('of a workload, too', () => {
    at.write('trace.csv', 'TIMESTAMP,ContextTokens,GeneratedTokens,NumImages\n2023-11-16 18:15:46,374,44,1\n2023-11-16 18:16:50,0,109,0\n2023-11-16 18:16:51,5,0,0\n');
    at.write('b.yaml', 'workload: [ trace: { file: trace.csv, class: high, tenant: a } ]');
    const general = (path: string): string => path
      .replace(/^(source\.dropped|source\.unused|classes|tenants)\..+/, '$1.NAME')
      .replace(/Tokens\.(?!histogram).+/, 'Tokens.mean').replace(/^outputTokens\.histogram/, 'promptTokens.histogram')
      .replace(/^sources\[\]\..+/, 'sources[].source');
    const written = new Set(leaves(JSON.parse(at.sched(['workload', 'b.yaml', '--format', 'json']).out)).map(general));
    expect([...written].sort()).toEqual(Object.keys(WORKLOAD_FIELDS).sort());
  });

  it('stand under results where there are several files', () => {
    at.write('a.yaml', EVERYTHING);
    const { out } = at.sched(['simulate', 'a.yaml', 'a.yaml', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, results: [{ scenario: { name: 'a' } }, { scenario: { name: 'a' } }] });
  });
});
