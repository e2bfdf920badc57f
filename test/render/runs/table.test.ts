import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTables } from '../../../src/render/runs/compare.ts';
import { charts } from '../../../src/render/runs/chart.ts';
import { PLAIN, type Style } from '../../../src/render/text/style.ts';
import { simulateTables } from '../../../src/render/runs/table.ts';
import { width } from '../../../src/render/text/text.ts';
import { CHAT, HOSTILE, reportOf, runOf, summaryOf } from './fixtures.ts';

const S = 1e6;
const WIDTHS = [40, 60, 80, 100, 120, 200];
const page = (columns: number, style: Style = PLAIN) => ({ columns, style });
const lines = (text: string) => text.split('\n');
const VIEWS = { simulateTables, compareTables, charts };

const hostile = reportOf(
  [1, 2].map((n) => runOf(`${HOSTILE}${n}`, summaryOf(
    { [HOSTILE]: { offered: 5, latency: 2 * S, attainment: 0.2 * n } }, { offered: 5, latency: n * S, attainment: 0.2 * n },
    { shedReasons: { 'longer than maxModelLength': 1 } },
  ))),
  { name: HOSTILE.repeat(5), seed: HOSTILE, classes: [HOSTILE] },
);

describe.each(Object.entries(VIEWS))('%s', (_, view) => {
  it.each(WIDTHS)('keeps within %i columns', (columns) => {
    for (const report of [CHAT, hostile]) {
      for (const line of lines(view([report], page(columns)))) expect(width(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it('lets no control character of a name through, and no escape code of its own without colour', () => {
    // oxlint-disable-next-line no-control-regex
    expect(view([hostile], page(80))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('says the same with colour as without', () => {
    const mark = (text: string) => `\u001b[1m${text}\u001b[22m`;
    const coloured = view([CHAT], page(100, { title: mark, dim: mark, better: mark, worse: mark, classes: [mark, mark] }));
    expect(coloured).toContain('\u001b[1m');
    // oxlint-disable-next-line no-control-regex
    expect(lines(coloured.replaceAll(/\u001b\[\d+m/g, '')).map((line) => line.trimEnd())).toEqual(lines(view([CHAT], page(100))));
  });

  it('ends in one newline and has no trailing spaces', () => {
    expect(view([CHAT], page(80))).toMatch(/[^\n]\n$/);
    expect(view([CHAT], page(80))).not.toMatch(/ \n/);
  });
});

const NAME = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz-優'), minLength: 1, maxLength: 64 });
const FIGURES_OF_A_CLASS = fc.record({
  offered: fc.integer({ min: 0, max: 20_000_000 }), latency: fc.double({ min: 1, max: 1e13, noNaN: true }),
  attainment: fc.option(fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1e6)),
});
/** Results under names of any length, with figures of any size. */
const REPORT = fc.tuple(fc.uniqueArray(NAME, { minLength: 1, maxLength: 4 }), fc.uniqueArray(NAME, { minLength: 1, maxLength: 4 })).chain(([classes, schedulers]) =>
  fc.array(fc.array(FIGURES_OF_A_CLASS, { minLength: classes.length + 1, maxLength: classes.length + 1 }), { minLength: schedulers.length, maxLength: schedulers.length })
    .map((figures) => reportOf(
      schedulers.map((scheduler, run) => runOf(scheduler, summaryOf(Object.fromEntries(classes.map((name, index) => [name, figures[run]![index + 1]!])), figures[run]![0]!))),
      { classes },
    )));
const COLUMNS = fc.integer({ min: 40, max: 240 });

describe.each(Object.entries(VIEWS))('%s of any results', (_, view) => {
  it('is never wider than the terminal', () => {
    fc.assert(fc.property(REPORT, COLUMNS, (report, columns) => {
      for (const line of lines(view([report], page(columns)))) expect(width(line), line).toBeLessThanOrEqual(columns);
    }), { numRuns: 60 });
  });
});

describe('beneath the tables', () => {
  const preempting = reportOf(CHAT.runs.map((run, index) => ({ ...run, summary: { ...run.summary, all: { ...run.summary.all, preemptions: index * 7 } } })));
  const kvCache = { blockSize: 16, blocks: 100, admission: 'full-length', watermark: 0 } as const;

  it('stands that preempted work was kept for nothing, where it was', () => {
    const free = /^priority: without engine\.kvCache a preempted request keeps/m;
    for (const view of [simulateTables, compareTables]) {
      expect(view([preempting], page(200))).toMatch(free);
      expect(view([CHAT], page(200))).not.toMatch(free);
      expect(view([{ ...preempting, engine: { ...preempting.engine, kvCache } }], page(200))).not.toMatch(free);
    }
  });
});

describe('simulate', () => {
  const FIGURES = ['480', '2.35 s', '2.12 s', '4.70 s', '7.05 s', '8.22 s', '0.588 s', '1.18 s', '294 ms', '41.2 %', '1.44 /s'];

  it.each(WIDTHS)('shows every figure of a class at %i columns, in one table or several', (columns) => {
    const figures = { ...CHAT, promises: [] };
    const fifo = lines(simulateTables([figures], page(columns))).filter((line) => line.trim().startsWith('high'));
    const first = fifo.filter((_, index) => index % 2 === 0).join(' ').replaceAll(/ +/g, ' ');
    for (const figure of FIGURES) expect(first).toContain(figure);
  });

  it('lines numbers up at their right edge, under their heading', () => {
    const text = lines(simulateTables([CHAT], page(120)));
    const rows = text.filter((line) => /^ +(high|medium|low|all) /.test(line));
    const edges = rows.map((line) => line.indexOf(' s', 30) > 0 ? /^ +\S+ +[\d,]+/.exec(line)![0].length : 0);
    expect(new Set(edges).size).toBe(1);
    expect(new Set(rows.map((line) => width(line))).size).toBe(1);
    expect(text.find((line) => line.includes('requests') && line.includes('p50'))!.indexOf('requests') + 'requests'.length).toBe(edges[0]);
  });

  it('explains a dash once, by the reasons that occur', () => {
    const few = summaryOf({ only: { offered: 5, latency: S, attainment: null } }, { offered: 5, latency: S, attainment: null });
    const text = simulateTables([reportOf([runOf('fifo', few), runOf('priority', few)], { classes: ['only'] })], page(100));
    expect(text.match(/too few requests/g)).toHaveLength(1);
    expect(text).toContain('no SLA target');
    expect(simulateTables([CHAT], page(100))).not.toContain('–');
  });

  it('counts the shed by reason', () => {
    const shed = summaryOf(
      { only: { offered: 50, shed: 3, latency: S, attainment: 0.5 } }, { offered: 50, shed: 3, latency: S, attainment: 0.5 },
      { shedReasons: { 'longer than maxModelLength': 2, 'longer than the KV cache': 1 } },
    );
    expect(simulateTables([reportOf([runOf('fifo', shed)], { classes: ['only'] })], page(120)))
      .toContain('fifo: 3 of 50 requests shed (2 longer than maxModelLength; 1 longer than the KV cache)');
  });

  it('says which rows of a trace were not replayed, and why', () => {
    const trace = { source: '1', file: 'trace.csv', rowsRead: 2500, rowsKept: 2400, dropped: { 'no output tokens': 60, 'over limit': 40 } };
    const whole = { source: '2', rowsRead: 10, rowsKept: 10, dropped: {} };
    const of = (sources: readonly (typeof trace | typeof whole)[]) => simulateTables([{ ...CHAT, sources }], page(120));
    expect(of([trace, whole])).toContain('trace.csv: 2,400 of 2,500 rows are replayed; 60 no output tokens, 40 over limit');
    expect(of([whole])).not.toContain('rows are replayed');
    expect(simulateTables([{ ...CHAT, requests: 0 }], page(120))).toContain('the workload has no requests');
  });

  it('says which policies made the same schedule', () => {
    const [fifo] = CHAT.runs;
    const twin = { ...fifo!, scheduler: 'priority', policy: 'priority', sameScheduleAs: 'fifo' };
    expect(simulateTables([{ ...CHAT, runs: [fifo!, twin] }], page(60))).toContain('priority  same schedule as fifo');
  });
});

describe('charts', () => {
  const bar = (line: string) => [...line].filter((char) => char === '█').length;

  it('draw bars in proportion, one scale for all policies', () => {
    const text = lines(charts([CHAT], page(60)));
    const low = text.filter((line) => line.trim().startsWith('low'));
    const [fifo, , priority] = low.map(bar) as [number, number, number];
    expect(fifo / priority).toBeCloseTo(2.3 / 74.2, 1);
  });

  it('give each class its colour by position', () => {
    const paint = (name: string) => (text: string) => (text === '' ? '' : `<${name}>${text}</>`);
    const text = charts([CHAT], page(60, { ...PLAIN, classes: ['red', 'orange', 'green'].map(paint) }));
    for (const [name, colour] of [['high', 'red'], ['medium', 'orange'], ['low', 'green']]) {
      expect(text).toMatch(new RegExp(`${name!} +<${colour!}>`));
    }
  });

  it('show a little of what is not nothing, and nothing of what is', () => {
    const report = reportOf([runOf('fifo', summaryOf({
      a: { offered: 100, latency: 1, attainment: 0 }, b: { offered: 100, latency: 1e9, attainment: 1 },
    }, { offered: 200, latency: S, attainment: 0.5 }))], { classes: ['a', 'b'] });
    const [latency, attainment] = lines(charts([report], page(60))).filter((line) => line.trim().startsWith('a '));
    expect(latency).toContain('▏');
    expect(attainment).not.toMatch(/[▏▎▍▌▋▊▉█]/);
  });
});
