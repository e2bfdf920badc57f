import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf, baselineText } from '../../../src/gate/baseline.ts';
import { parseTolerance } from '../../../src/gate/tolerance.ts';
import { checkText } from '../../../src/render/check/check.ts';
import { exact, exactDifference } from '../../../src/render/text/exact.ts';
import { PLAIN } from '../../../src/render/text/style.ts';
import { width } from '../../../src/render/text/text.ts';
import { chat, CIRCUMSTANCES, run, S, subjectOf, summary, times } from '../../gate/subjects.ts';
import { checked, DRIFTED, FAILS, HOSTILE_REPORT, MIXED, report } from './check-fixtures.ts';

const page = (columns: number) => ({ columns, style: PLAIN });

describe('a failed expectation', () => {
  const text = checkText(MIXED, page(120));

  it('is told with its place, what was found and expected, and the values around it', () => {
    expect(text).toContain(`FAIL scenarios/chat.yaml:31: ${FAILS}`);
    expect(text).toContain('priority: found 12 s, expected <= 9 s (by fifo.low.latency.p95): 3 s too much');
    expect(text).toMatch(/this figure: mean 4 s, .*p50 4 s, p90 8 s, p95 12 s/);
    expect(text).toContain('other schedulers: fifo 6 s');
    expect(text).toContain('other classes: high 3 s');
  });

  it('comes after what could not be judged and before what only warns', () => {
    const places = ['chat.yaml:34:10: error', 'ERROR scenarios/chat.yaml:33', 'FAIL scenarios/chat.yaml:31', 'WARN scenarios/chat.yaml:32'].map((part) => text.indexOf(part));
    expect(places.every((at) => at >= 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});

describe('a drift', () => {
  it('says who fares differently, and shows figure, baseline, now, change and direction', () => {
    const text = checkText(report([DRIFTED]), page(120));
    expect(text).toContain('FAIL baseline scenarios/chat.baseline.json: only the outcome changed');
    expect(text).toContain('high under priority: latency.mean 1 s → 1.1 s (+10.0 %, worse), sla.attainment 100 % → 95 % (−5 pp, worse)');
    expect(text).toContain('changed under priority; under fifo every request fares as before');
    expect(text).toMatch(/under priority\n +high\.latency\.mean +1 s +1\.1 s +\+100 ms +\+10\.0 % {2}worse/);
    expect(text).toContain('--update');
  });

  it('of schedulers that changed alike is shown once, as a table down to 80 columns', () => {
    const same = summary({ high: { latency: times(1.1 * S), met: 95 }, low: { latency: times(2 * S), met: 100 } });
    const both = checked({ baseline: { file: 'a.baseline.json', text: baselineText(baselineOf(subjectOf([run('fifo', chat().runs[0]!.summary), run('priority', chat().runs[0]!.summary)]), CIRCUMSTANCES)) }, subject: subjectOf([run('fifo', same), run('priority', same)]) });
    for (const columns of [80, 120]) {
      const text = checkText(report([both]), page(columns));
      expect(text.match(/^ +under .*$/gm)).toEqual(['     under fifo, priority']);
      expect(text).toMatch(/^ +figure +baseline +now +change$/m);
    }
    expect(checkText(report([both]), page(60))).toMatch(/^ +high\.latency\.mean: 2 s → 1\.1 s/m);
  });

  it('shows what is beyond its tolerance, and counts the rest', () => {
    const read = parseTolerance('latency=50%');
    if ('fault' in read) throw new Error(read.fault.message);
    const given = [{ tolerance: read.value, locate: () => ({ code: '', message: '', file: '' }) }];
    const slower = summary({ high: { latency: times(1.1 * S), met: 95 }, low: { latency: times(4 * S), met: 74, withTarget: 75 } });
    const text = checkText(report([checked({ tolerances: given, subject: subjectOf([chat().runs[0]!, run('priority', slower)]) })]), page(120));
    expect(text).toMatch(/^ +high\.ttft\.mean +1 s +1\.1 s/m);
    expect(text).not.toMatch(/high\.latency\.mean|high under priority: latency/);
    expect(text).toContain('8 figures changed within tolerance');
  });

  it('of figures alone says that no request fares differently', () => {
    const edited = baselineText(baselineOf(chat(), CIRCUMSTANCES)).replace(/"fifo\.makespan": [\d.]+/, '"fifo.makespan": 3');
    expect(checkText(report([checked({ baseline: { file: 'a.baseline.json', text: edited } })]), page(120))).toContain('every request fares as before');
  });

  it('of a microsecond is shown as one', () => {
    expect(exact(2.000001, 'time')).toBe('2.000001 s');
    expect(exactDifference(2, 2.000001, 'time')).toBe('1 µs');
    expect(exact(0.29, 'share')).toBe('29 %');
    expect(exactDifference(0.3, 0.1, 'share')).toBe('20 pp');
    expect(exact(null, 'time')).toBe('–');
  });

  it('is read back from what is shown', () => {
    const perUnit: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, µs: 1 };
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e13 }), (micros) => {
      const [number, unit] = exact(micros / 1e6, 'time').split(' ');
      expect(Math.round(Number(number) * perUnit[unit!]!)).toBe(micros);
    }));
  });
});

describe('the summary', () => {
  it('is one line a scenario with the worst last, then the count', () => {
    const lines = checkText(MIXED, page(200)).trimEnd().split('\n').slice(-6);
    expect(lines[0]).toBe('PASS  scenarios/fine.yaml: 1 expectation holds');
    expect(lines[1]).toBe('FAIL  scenarios/drift.yaml: baseline drifted');
    expect(lines[2]).toMatch(/^ERROR scenarios\/chat\.yaml: 1 of 5 expectations failed, 1 undecidable, 1 invalid, 1 warned, 1 holds; baseline unchanged$/);
    expect(lines[3]).toMatch(/^ERROR scenarios\/torn\.yaml: the baseline is not valid JSON/);
    expect(lines[5]).toBe('4 scenarios: 1 passed, 1 failed, 2 could not be judged');
  });

  it('says so when nothing was checked, and what was not run', () => {
    const text = checkText(report([checked({ baseline: { file: 'a.baseline.json', text: null } })], ['z.yaml']), page(120));
    expect(text).toMatch(/^EMPTY scenarios\/chat\.yaml: no baseline yet; nothing to judge: /);
    expect(text).toMatch(/\n\n2 scenarios: 1 had nothing to judge, 1 not run\n$/);
  });
});

it('fits the page and never lets a name move the cursor', () => {
  for (const columns of [60, 80, 120]) {
    for (const each of [MIXED, HOSTILE_REPORT, report([DRIFTED])]) {
      const text = checkText(each, page(columns));
      // oxlint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      // The head of a diagnostic is never broken: editors and terminals make a link of its place.
      for (const line of text.split('\n')) if (!/: error: /.test(line)) expect(width(line)).toBeLessThanOrEqual(columns);
    }
  }
});
