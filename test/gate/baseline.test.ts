import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf, baselineText, parseBaseline } from '../../src/gate/baseline.ts';
import { nameText } from '../../src/gate/expectation.ts';
import { groupFigures, lengthFigures, runFigures } from '../../src/render/runs/figures.ts';
import { chat, CIRCUMSTANCES, run, subjectOf, summary, times } from './subjects.ts';

const TEXT = baselineText(baselineOf(chat(), CIRCUMSTANCES));

function fault(text: string) {
  const read = parseBaseline(text);
  if (!('fault' in read)) throw new Error('it is read');
  return read.fault;
}

function edited(edit: (document: { [key: string]: any }) => void): string { // oxlint-disable-line no-explicit-any
  const document = JSON.parse(TEXT);
  edit(document);
  return JSON.stringify(document);
}

describe('a baseline file', () => {
  it('is read as what was written', () => {
    expect(parseBaseline(TEXT)).toEqual({ baseline: baselineOf(chat(), CIRCUMSTANCES) });
  });

  it('has one figure a line under its full name, and the same bytes for the same runs', () => {
    expect(baselineText(baselineOf(chat(), CIRCUMSTANCES))).toBe(TEXT);
    expect(TEXT).toContain('\n    "priority.high.latency.p95": 3,\n');
    expect(TEXT.endsWith('}\n')).toBe(true);
    const figures = TEXT.split('\n').filter((line) => /^ {4}"(fifo|priority)\./.test(line));
    expect(new Set(figures).size).toBe(baselineOf(chat(), CIRCUMSTANCES).metrics.size);
  });

  it('carries the numbers of the result files', () => {
    const odd = { ...times(1_234_567.891), stddev: 1 / 3 };
    const of = summary({ high: { latency: odd, met: 1, withTarget: 3 } }, { fairness: { jain: 1 / 7, jainTenants: null, contendedShare: { high: 2 / 3 }, fairShare: { high: null }, maxServiceDifference: 12.5 } });
    const { metrics } = baselineOf(subjectOf([run('fifo', of)]), CIRCUMSTANCES);
    const flat = new Map<string, unknown>();
    const walk = (prefix: string, value: unknown) => {
      if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) walk(`${prefix}.${nameText(key)}`, each);
      else flat.set(prefix, value);
    };
    walk('fifo', { ...lengthFigures(of), all: groupFigures(of.all), high: groupFigures(of.classes['high']!), ...runFigures(of) });
    expect(new Map([...metrics].sort())).toEqual(new Map([...flat].sort()));
  });

  it('holds names that JavaScript objects treat as their own', () => {
    const subject = subjectOf([run('__proto__', summary({ constructor: { latency: times(1e6) }, '1': { latency: times(1e6) } }))]);
    const baseline = baselineOf(subject, CIRCUMSTANCES);
    expect(parseBaseline(baselineText(baseline))).toEqual({ baseline });
  });

  it('leaves single tenants to the digest when there are very many', () => {
    const tenants = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`t${i}`, summary({}).all]));
    const many = baselineOf(subjectOf([run('fifo', { ...summary({}), tenants })]), CIRCUMSTANCES);
    expect([...many.metrics.keys()].some((path) => path.includes('tenant:'))).toBe(false);
  });
});

describe('a file that is no baseline', () => {
  it.each([
    ['nothing', '', /is empty/],
    ['a torn file', TEXT.slice(0, TEXT.length / 2), /ends too early/],
    ['other JSON', '{"schemaVersion":1}', /is not a baseline: .*kind/],
    ['a list', '[]', /is not a baseline/],
    ['binary bytes', '\u0000\u0001', /not valid JSON/],
    ['an unresolved merge', TEXT.replace('"kind"', '<<<<<<< HEAD\n"kind"\n=======\n>>>>>>> main'), /unresolved merge/],
    ['another version', TEXT.replace('"schemaVersion": 1', '"schemaVersion": 2'), /schemaVersion 2; this version of sched reads 1/],
    ['a number as text', edited((d) => { d['metrics']['fifo.makespan'] = '100'; }), /"fifo.makespan" must be a number or null/],
    ['a negative time', edited((d) => { d['metrics']['fifo.makespan'] = -1; }), /"fifo.makespan" must not be negative/],
    ['a digest cut short', edited((d) => { d['outcomes']['fifo'] = 'sha256:12'; }), /"fifo" must be sha256/],
    ['a scheduler without a digest', edited((d) => { delete d['outcomes']['fifo']; }), /"fifo\.\S+" in metrics is no figure of a scheduler/],
    ['a path that is none', edited((d) => { d['metrics']['fifo latency'] = 1; }), /"fifo latency" in metrics/],
    ['an unknown field', edited((d) => { d['verified'] = true; }), /has too many or too few keys/],
    ['a missing field', edited((d) => { delete d['workload']; }), /workload/],
    ['no map of metrics', edited((d) => { d['metrics'] = [1]; }), /numbers by name/],
    ['infinity', TEXT.replace('"fifo.makespan": 100', '"fifo.makespan": 1e999'), /"fifo.makespan"/],
  ])('%s', (_, text, message) => {
    const { message: says, help } = fault(text);
    expect(says).toMatch(message);
    expect(help).toMatch(/--update/);
  });

  it('is never a crash, wherever a file is cut or a byte is changed', () => {
    fc.assert(fc.property(fc.nat(TEXT.length), fc.string({ maxLength: 3 }), fc.nat(3), (at, put, cut) => {
      const read = parseBaseline(TEXT.slice(0, at) + put + TEXT.slice(at + cut));
      expect('baseline' in read || read.fault.message !== '').toBe(true);
    }), { numRuns: 200 });
  });
});
