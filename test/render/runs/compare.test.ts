import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, isChange } from '../../../src/metrics/compare.ts';
import { findMetric } from '../../../src/metrics/index.ts';
import { change, writtenChange } from '../../../src/render/runs/changes.ts';
import { compareTables } from '../../../src/render/runs/compare.ts';
import { comparisonRows, figuresOf } from '../../../src/render/runs/comparison.ts';
import type { Report } from '../../../src/jobs/report.ts';
import { PLAIN } from '../../../src/render/text/style.ts';
import { overload, verdicts } from '../../../src/render/runs/verdict.ts';
import { over } from '../../metrics/summary-of.ts';
import { CHAT, reportOf, runOf, summaryOf } from './fixtures.ts';

const S = 1e6;
const page = { columns: 100, style: PLAIN };
const sentences = (report = CHAT) => verdicts(report)[0]!.sentences.map(({ text }) => text);
const shown = (metric: string, before: number | null, after: number | null) =>
  writtenChange(change(changeOf({ text: metric, group: 'all', metric: findMetric(metric)! }, before, after)));

describe('a change', () => {
  it('has a signed amount, and a sign for better and worse, so that it reads without colour', () => {
    expect(shown('latency', 2.35 * S, 0.431 * S)).toBe('▲ −81.7 %');
    expect(shown('latency', 2 * S, 3 * S)).toBe('▼ +50.0 %');
    expect(shown('sla.attainment', 0.412, 0.991)).toBe('▲ +57.9 pp');
  });

  it('turns into a factor where a percentage stops meaning anything', () => {
    expect(shown('latency', 2.3 * S, 74.2 * S)).toBe('▼ ×32.3');
    expect(shown('latency', S, 6.53 * S)).toBe('▼ ×6.53');
    expect(shown('latency', 1854 * S, 0.323 * S)).toBe('▲ ÷5,740');
  });

  it('is of all only where nothing is left', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), fc.double({ min: 1e-9, max: 1, noNaN: true }), (before, share) => {
      expect(shown('latency', before, before * share)).not.toContain('100');
    }));
    expect(shown('latency', S, 0)).toBe('▲ −100 %');
  });

  it('is the difference itself where nothing was before', () => {
    expect(shown('queueTime', 0, 1.2 * S)).toBe('▼ +1.20 s');
  });

  it('is a dash where one side is not defined, = where nothing changed, ≈ where it cannot be seen', () => {
    expect(shown('latency', null, S)).toBe('–');
    expect(shown('latency', null, null)).toBe('–');
    expect(shown('latency', S, S)).toBe('=');
    expect(shown('latency', S, S + 1)).toBe('≈');
  });
});

describe('the verdict', () => {
  it('says who gains, who pays, and who fares the same', () => {
    const text = sentences().join('\n');
    expect(text).toContain('priority against fifo: high gains (mean latency −81.7 %, decode −1.44 s); low pays (mean latency ×32.3, decode +53.9 s); medium fares the same.');
    expect(text).toContain('The SLA holds under neither');
  });

  it('says that two policies made the same schedule, and then nothing about gains', () => {
    const [fifo] = CHAT.runs;
    const twin = { ...fifo!, scheduler: 'priority', sameScheduleAs: 'fifo' };
    const [first, ...rest] = sentences({ ...CHAT, runs: [fifo!, twin] });
    expect(first).toContain('priority and fifo made the very same schedule');
    expect(rest.join(' ')).not.toMatch(/gains|pays/);
  });

  it('does not call it a schedule when every request was shed', () => {
    const [fifo] = CHAT.runs;
    const none = { ...fifo!.summary.all, latency: { ...fifo!.summary.all.latency, mean: null } };
    const shed = { ...fifo!, summary: { ...fifo!.summary, all: none } };
    const [first] = sentences({ ...CHAT, runs: [shed, { ...shed, scheduler: 'priority', sameScheduleAs: 'fifo' }] });
    expect(first).toBe('No request completes under fifo or priority.');
  });

  it('warns of an overload, unless one of the policies meets every target all the same', () => {
    const engine = { meanBatch: 8, offeredLoad: 1.32, waitingHalfway: 500, waitingAtEnd: 999 };
    const runs = CHAT.runs.map((run) => ({ ...run, summary: over(run.summary, { engine }) }));
    expect(overload(CHAT)).toBeNull();
    expect(overload({ ...CHAT, runs })!.text).toMatch(/^Overload: .*1\.32 times.*whatever the order/);
    expect(compareTables([{ ...CHAT, runs }], page)).toContain('Overload');
    const summary = over(runs[1]!.summary, { classes: { high: { sla: { attainment: 1 } }, medium: { sla: { attainment: 1 } }, low: { sla: { attainment: 1 } } } });
    expect(overload({ ...CHAT, runs: [...runs, { ...runs[1]!, scheduler: 'edf', summary }] })).toBeNull();
  });

  it('says under which policy the SLA holds', () => {
    const run = (name: string, attainment: number) => runOf(name, summaryOf(
      { only: { offered: 100, latency: S, attainment } }, { offered: 100, latency: S, attainment },
    ));
    const of = (before: number, after: number) => sentences(reportOf([run('fifo', before), run('edf', after)], { classes: ['only'] })).join(' ');
    expect(of(0.5, 1)).toContain('The SLA holds under edf, not under fifo');
    expect(of(1, 0.5)).toContain('The SLA holds under fifo, and edf breaks it');
    expect(of(1, 1)).toContain('The SLA holds under both');
  });
});

function figuresByMetric(report: Report) {
  const rows = comparisonRows(report);
  const figures = figuresOf(rows);
  return [...new Set(rows.map(({ metric }) => metric))].map((metric) =>
    rows.flatMap((row, index) => (row.metric === metric ? figures[index]!.filter((cell) => cell !== null) : [])));
}

describe('the table', () => {
  it('sets every further policy beside the first, repeating it where the terminal is too narrow', () => {
    const runs = ['fifo', 'priority', 'edf', 'sjf'].map((name, index) => ({ ...CHAT.runs[index % 2]!, scheduler: name }));
    const heads = (columns: number) => compareTables([{ ...CHAT, runs }], { ...page, columns }).split('\n').filter((line) => line.includes('──'));
    expect(heads(200)).toHaveLength(1);
    const narrow = heads(60);
    expect(narrow.length).toBeGreaterThan(1);
    for (const head of narrow) expect(head).toContain('fifo');
    expect(narrow.join(' ')).toMatch(/priority.*edf.*sjf/);
  });

  it('leaves out what no policy defines', () => {
    const few = summaryOf({ only: { offered: 5, latency: S, attainment: null } }, { offered: 5, latency: S, attainment: null });
    const text = compareTables([reportOf([runOf('fifo', few), runOf('priority', few)], { classes: ['only'] })], page);
    expect(text).toContain('mean latency');
    expect(text).not.toMatch(/p99 latency|SLA attainment +only/);
  });

  it('paints better and worse by what the metric means', () => {
    const style = { ...PLAIN, better: (text: string) => `<b>${text}</b>`, worse: (text: string) => `<w>${text}</w>` };
    const text = compareTables([CHAT], { columns: 120, style });
    const row = (start: RegExp) => text.split('\n').find((line) => start.test(line))!;
    expect(row(/^mean latency +high/)).toMatch(/<b>▲/);
    expect(row(/^SLA attainment +high/)).toMatch(/<b>▲/);
  });

  it('tells the figures of a whole run, and what is about the same, without praise or blame', () => {
    const style = { ...PLAIN, better: (text: string) => `<b>${text}</b>`, worse: (text: string) => `<w>${text}</w>` };
    const nearly = reportOf([
      runOf('fifo', summaryOf({ only: { offered: 500, latency: S, attainment: 0.5 } }, { offered: 500, latency: S, attainment: 0.5 })),
      runOf('edf', summaryOf({ only: { offered: 500, latency: 0.999 * S, attainment: 0.5 } }, { offered: 500, latency: 0.999 * S, attainment: 0.5 })),
    ], { classes: ['only'] });
    const painted = [CHAT, nearly].flatMap((report) => compareTables([report], { columns: 120, style }).split('\n'));
    for (const line of painted.filter((each) => /^(makespan|Jain|preemptions)|≈/.test(each))) expect(line).not.toMatch(/<[bw]>/);
  });

  it('has one unit for the figures of a metric', () => {
    for (const report of [CHAT, reportOf([CHAT.runs[0]!, runOf('edf', summaryOf(
      { high: { offered: 480, latency: 3000, attainment: 1 }, medium: { offered: 480, latency: 9e10, attainment: 1 }, low: { offered: 480, latency: S, attainment: 1 } },
      { offered: 2400, latency: S, attainment: 1 },
    ))])]) {
      for (const block of figuresByMetric(report)) expect(new Set(block.map(({ unit }) => unit)).size).toBe(1);
    }
  });

  it('lets no two figures of a row that changed look the same', () => {
    fc.assert(fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), fc.double({ min: 0.005, max: 0.02, noNaN: true }), (latency, more) => {
      const run = (name: string, mean: number) => runOf(name, summaryOf({ only: { offered: 500, latency: mean, attainment: 1 } }, { offered: 500, latency: mean, attainment: 1 }));
      const report = reportOf([run('fifo', latency), run('edf', latency * (1 + more))], { classes: ['only'] });
      for (const [row, { changes }] of comparisonRows(report).entries()) {
        const [before, after] = figuresOf(comparisonRows(report))[row]!;
        if (isChange(changes[0]!)) expect(after).not.toEqual(before);
      }
    }));
  });

  it('puts every heading over its own columns', () => {
    const runs = ['fifo', 'priority', 'edf', 'sjf', 'a-long-name-of-it'].map((name, index) => ({ ...CHAT.runs[index % 2]!, scheduler: name }));
    const text = compareTables([{ ...CHAT, runs }], { ...page, columns: 240 }).split('\n');
    const head = text.find((line) => line.includes('──'))!;
    const row = text.find((line) => line.startsWith('SLA attainment'))!;
    // A policy's columns go from its figure to the unit of its change.
    const ends = [...row.matchAll(/\S+ %(?: +[▲▼=≈](?: +\S+ pp)?)?/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
    for (const [index, { scheduler }] of runs.entries()) {
      const at = head.indexOf(scheduler);
      expect(at).toBeGreaterThanOrEqual(index === 0 ? 0 : ends[index - 1]!.end);
      expect(at + scheduler.length).toBeLessThanOrEqual(index + 1 < runs.length ? ends[index + 1]!.start : 240);
    }
  });
});
