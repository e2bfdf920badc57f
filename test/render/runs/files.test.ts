import { describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { METRICS } from '../../../src/metrics/index.ts';
import { compareCsv, csvRow, simulateCsv } from '../../../src/render/runs/csv.ts';
import { compareJson, simulateJson } from '../../../src/render/runs/json.ts';
import { compareMarkdown, simulateMarkdown } from '../../../src/render/runs/markdown.ts';
import type { RequestRow } from '../../../src/jobs/rows.ts';
import { REQUESTS_CSV, REQUESTS_JSONL } from '../../../src/render/runs/requests.ts';
import { stepJson } from '../../../src/render/runs/steps.ts';
import { CHAT, HOSTILE, reportOf, runOf, summaryOf } from './fixtures.ts';

const S = 1e6;

const hostile = reportOf(
  ['fifo', 'priority'].map((name) => runOf(name + HOSTILE, summaryOf({ [HOSTILE]: { offered: 5, latency: S, attainment: 0.2 } }, { offered: 5, latency: S, attainment: 0.2 }))),
  { name: HOSTILE, classes: [HOSTILE] },
);

describe('JSON', () => {
  it('keeps the keys of the reference in their order', () => {
    const { schemaVersion, scenario, runs } = JSON.parse(simulateJson([CHAT]));
    expect(schemaVersion).toBe(1);
    expect(Object.keys(scenario)).toEqual(['name', 'file', 'seed', 'requests', 'digest']);
    expect(Object.keys(runs[0])).toEqual([
      'scheduler', 'policy', 'options', 'makespan', 'steps', 'outcomeDigest', 'all', 'classes', 'tenants', 'fairness', 'engine', 'shedReasons', 'sla',
    ]);
    // In the order of the list, whatever is added to it.
    const order = [...new Set(METRICS.filter(({ scope }) => scope === 'group').map(({ name }) => name.split('.')[0]!))];
    expect(Object.keys(runs[0].all)).toEqual(order);
    const first = ['offered', 'completed', 'shed', 'unfinished', 'latency', 'ttft', 'tpot', 'itl', 'queueTime', 'slowdown', 'sla', 'goodput'];
    expect(order.filter((name) => first.includes(name))).toEqual(first);
    expect(Object.keys(runs[0].all.latency)).toEqual(['mean', 'stddev', 'min', 'p50', 'p90', 'p95', 'p99', 'max']);
    expect(Object.keys(runs[0].classes)).toEqual(['high', 'medium', 'low']);
  });

  it('gives seconds with up to six decimals, and null for what is not defined', () => {
    const summary = summaryOf({}, { offered: 5, latency: 1_234_567.89, attainment: null });
    const { all } = JSON.parse(simulateJson([reportOf([runOf('fifo', summary)], { classes: [] })])).runs[0];
    expect(all.latency).toMatchObject({ mean: 1.234568, p95: null, p99: null });
    expect(all.sla.attainment).toBeNull();
  });

  it('does not round a single miss in ten million away', () => {
    const summary = summaryOf({}, { offered: 1e7, latency: S, attainment: 9_999_999 / 1e7 });
    expect(JSON.parse(simulateJson([reportOf([runOf('fifo', summary)], { classes: [] })])).runs[0].all.sla.attainment).toBe(0.9999999);
  });

  it('names the twin of a run, and leaves the key out where there is none', () => {
    const twin = { ...CHAT, runs: [CHAT.runs[0]!, { ...CHAT.runs[0]!, scheduler: 'b', sameScheduleAs: 'fifo' }] };
    const { runs } = JSON.parse(simulateJson([twin]));
    expect(runs[0]).not.toHaveProperty('sameScheduleAs');
    expect(runs[1].sameScheduleAs).toBe('fifo');
  });

  it('holds several scenarios in order', () => {
    const { results } = JSON.parse(simulateJson([CHAT, { ...CHAT, name: 'second' }]));
    expect(results.map(({ scenario }: { scenario: { name: string } }) => scenario.name)).toEqual(['Chat beside batch', 'second']);
  });

  it('keeps every name whole, and no control character raw', () => {
    const text = simulateJson([hostile]);
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(Object.keys(JSON.parse(text).runs[0].classes)).toEqual([HOSTILE]);
  });

  it('of a comparison adds every change, in seconds, and the sentences', () => {
    const { comparisons: [comparison] } = JSON.parse(compareJson([CHAT]));
    expect(comparison).toMatchObject({ scheduler: 'priority', against: 'fifo', sameSchedule: false });
    expect(comparison.verdict[0]).toMatch(/^priority against fifo: high gains/);
    expect(comparison.changes.find(({ metric }: { metric: string }) => metric === 'high.latency.mean'))
      .toMatchObject({ before: 2.35, after: 0.431, absolute: -1.919, effect: 'better' });
  });
});

describe('CSV', () => {
  it('quotes as RFC 4180 asks, and leaves the rest alone', () => {
    expect(csvRow(['a', 'b,c', 'say "x"', null, undefined, 1.5, ' pad'])).toBe('a,"b,c","say ""x""",,,1.5," pad"\n');
  });

  it('has one row per scheduler and group, with every figure of a group as a column', () => {
    const rows: Record<string, string>[] = parse(simulateCsv([CHAT]), { columns: true });
    expect(rows.map(({ scheduler, scope, group }) => `${scheduler} ${scope} ${group}`)).toEqual(
      ['fifo', 'priority'].flatMap((name) => [`${name} all all`, ...['high', 'medium', 'low'].map((group) => `${name} class ${group}`)]),
    );
    expect(rows[1]).toMatchObject({ 'latency.mean': '2.35', 'sla.attainment': '0.412', offered: '480', makespan: '' });
    expect(rows[0]).toMatchObject({ makespan: '505', steps: '10102' });
    const figures = METRICS.filter(({ scope }) => scope === 'group')
      .flatMap(({ name, stats }) => (stats.length > 0 ? stats.map((stat) => `${name}.${stat}`) : [name]));
    expect(Object.keys(rows[0]!)).toEqual(expect.arrayContaining(figures));
  });

  it('parses back whatever the names are', () => {
    for (const text of [simulateCsv([hostile]), compareCsv([hostile])]) {
      expect(text).not.toContain('\u001b');
      const rows: string[][] = parse(text, { columns: false });
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    }
  });
});

describe('Markdown', () => {
  const cells = (line: string) => line.replaceAll(/\\./g, '').split('|').length;

  it.each([['simulate', simulateMarkdown], ['compare', compareMarkdown]])('of %s is tables whose rows have as many cells as their heading', (_, render) => {
    for (const report of [CHAT, hostile]) {
      const tables = render([report]).trimEnd().split('\n\n').filter((block) => block.startsWith('|')).map((block) => block.split('\n'));
      expect(tables.length).toBeGreaterThan(0);
      for (const table of tables) {
        expect(table[1]).toMatch(/^\|( -{3,}:? \|)+$/);
        expect(new Set(table.map(cells)).size).toBe(1);
      }
    }
  });

  it('lets no markup of a name through', () => {
    const text = simulateMarkdown([hostile]);
    expect(text).not.toMatch(/<b>|[^\\]`/);
    expect(text).not.toContain('\u001b');
  });
});

describe('rows', () => {
  const row: RequestRow = {
    scheduler: 'fifo', id: 'a,b', class: 'high', tenant: null, arrival: 200_000, promptTokens: 20, outputTokens: 10,
    admitted: 200_000, firstToken: NaN, finish: NaN, status: 'unfinished', preemptions: 0, slaMet: false,
  };

  it('of requests are CSV with the columns of the reference, empty where not applicable', () => {
    expect(REQUESTS_CSV.header).toBe('scheduler,id,class,tenant,arrival,promptTokens,outputTokens,admitted,firstToken,finish,status,preemptions,slaMet\n');
    expect(REQUESTS_CSV.line(row)).toBe('fifo,"a,b",high,,0.2,20,10,0.2,,,unfinished,0,false\n');
  });

  it('of requests are JSON lines, null where not applicable', () => {
    const parsed = JSON.parse(REQUESTS_JSONL.line(row));
    expect(Object.keys(parsed).join(',')).toBe(REQUESTS_CSV.header.trim());
    expect(parsed).toMatchObject({ arrival: 0.2, finish: null, slaMet: false });
  });

  it('bring no control character to a terminal, and the id back to a program', () => {
    const id = '\u001b[2J\u009b31m\u007f';
    const line = REQUESTS_JSONL.line({ ...row, id });
    expect(JSON.parse(line).id).toBe(id);
    // oxlint-disable-next-line no-control-regex
    expect(line + REQUESTS_CSV.line({ ...row, id })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('of steps keep the keys of the reference in their order', () => {
    const line = stepJson({
      step: 3, start: 50_000, end: 100_000, scheduled: [['a', 20]], preempted: [], sampled: ['a'], finished: [], freeBlocks: null, scheduler: 'fifo',
    });
    expect(line).toBe('{"scheduler":"fifo","step":3,"start":0.05,"end":0.1,"scheduled":[["a",20]],"preempted":[],"sampled":["a"],"finished":[],"freeBlocks":null}\n');
  });
});
