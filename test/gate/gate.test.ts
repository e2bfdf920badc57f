import { describe, expect, it } from 'vitest';
import { baselineOf, baselineText } from '../../src/gate/baseline.ts';
import type { CheckResult } from '../../src/gate/check-result.ts';
import type { ExpectationSource } from '../../src/gate/evaluate.ts';
import { gate, type GateInput } from '../../src/gate/gate.ts';
import { mergeReports, parseReport } from '../../src/gate/merge.ts';
import { parseTolerance } from '../../src/gate/tolerance.ts';
import { exitCodeOf, reportOf, worst } from '../../src/gate/verdict.ts';
import { chat, CIRCUMSTANCES, DIGEST_B } from './subjects.ts';

const PASS = 'priority.high.latency.mean < 2s';
const FAIL = 'priority.high.latency.mean > 2s';
const MISSPELT = 'priority.hi.latency.mean > 2s';
const UNDECIDABLE = 'high.tpot.mean < 1s';

const BASELINE = baselineText(baselineOf(chat(), CIRCUMSTANCES));
const OTHER = baselineText({ ...baselineOf(chat(), CIRCUMSTANCES), outcomes: new Map([['fifo', DIGEST_B], ['priority', DIGEST_B]]) });

function input(over: Partial<Omit<GateInput, 'expectations' | 'baseline'>> & { expect?: readonly (string | readonly [string, 'warn'])[]; baseline?: string | null }): GateInput {
  const { expect: texts = [], baseline = BASELINE, ...rest } = over;
  const expectations = texts.map((each): ExpectationSource => {
    const [text, level] = typeof each === 'string' ? [each, 'error' as const] : each;
    return { text, level, file: null, line: null, column: null, sourceLine: null };
  });
  return {
    file: 'chat.yaml', name: 'chat', subject: chat(), tolerances: [], circumstances: CIRCUMSTANCES, update: false, requireBaseline: false, problems: [], ...rest,
    expectations, baseline: { file: 'chat.baseline.json', text: baseline },
  };
}

function placed(text: string): GateInput['tolerances'][number] {
  const read = parseTolerance(text);
  if ('fault' in read) throw new Error(read.fault.message);
  return { tolerance: read.value, locate: (fault) => ({ code: 'tolerance', message: fault.message, file: '--tolerance' }) };
}

describe('the exit code of one scenario', () => {
  const ofExpectations = { none: 0, pass: 0, warn: 0, fail: 1, misspelt: 2, undecidable: 2, 'misspelt warning': 2 } as const;
  const expectations: Record<keyof typeof ofExpectations, readonly (string | readonly [string, 'warn'])[]> = { none: [], pass: [PASS], warn: [[FAIL, 'warn']], fail: [FAIL], misspelt: [MISSPELT], undecidable: [UNDECIDABLE], 'misspelt warning': [[MISSPELT, 'warn']] };
  const baselines = { same: BASELINE, drifted: OTHER, missing: null, torn: BASELINE.slice(0, 100) } as const;
  const ofBaselines = { same: 0, drifted: 1, missing: 0, torn: 2 } as const;

  for (const [kind, texts] of Object.entries(expectations)) {
    for (const [state, baseline] of Object.entries(baselines)) {
      if (kind === 'none' && state === 'missing') continue;
      const code = Math.max(ofExpectations[kind as keyof typeof ofExpectations], ofBaselines[state as keyof typeof ofBaselines]);
      it(`${kind} and ${state}: ${code}`, () => {
        expect(gate(input({ expect: [...texts], baseline })).result.exitCode).toBe(code);
        expect(gate(input({ expect: [PASS, ...texts, PASS], baseline })).result.exitCode).toBe(code);
      });
    }
  }

  it('is 2 where there is nothing to judge, which has a verdict of its own, unless that is allowed', () => {
    expect(gate(input({ baseline: null })).result).toMatchObject({ verdict: 'empty', exitCode: 2 });
    expect(gate(input({ baseline: null, allowEmpty: true })).result).toMatchObject({ verdict: 'passed', exitCode: 0 });
    expect(gate({ ...input({}), baseline: null }).result).toMatchObject({ verdict: 'empty', exitCode: 2 });
    expect(gate(input({ baseline: null, update: true })).result).toMatchObject({ verdict: 'passed', exitCode: 0 });
    expect(gate(input({ baseline: null, expect: [[FAIL, 'warn']] })).result).toMatchObject({ verdict: 'warned', exitCode: 0 });
    expect(gate(input({ baseline: null, problems: [{ code: 'x', message: 'x', file: 'x' }] })).result.verdict).toBe('invalid');
  });

  it('is worst of all its parts', () => {
    expect(gate(input({ expect: [FAIL, MISSPELT, PASS], baseline: OTHER })).result).toMatchObject({ verdict: 'invalid', exitCode: 2 });
    expect(gate(input({ problems: [{ code: 'x', message: 'x', file: 'x' }] })).result.exitCode).toBe(2);
    expect(gate(input({ problems: [{ code: 'x', message: 'x', file: 'x', severity: 'warning' }] })).result.exitCode).toBe(0);
    expect(gate(input({ tolerances: [placed('latencyy=5%')] })).result).toMatchObject({ exitCode: 2, problems: [{ code: 'tolerance' }] });
  });

  it('can make a missing baseline an error', () => {
    expect(gate(input({ baseline: null, requireBaseline: true })).result).toMatchObject({ exitCode: 2, baseline: { status: 'invalid' } });
    expect(gate(input({ baseline: null, requireBaseline: true, update: true })).result).toMatchObject({ exitCode: 0, baseline: { status: 'created' } });
  });

  it('worst: 70, then 2, then 1, then 0', () => {
    expect(exitCodeOf(worst(['passed', 'crashed', 'invalid', 'failed']))).toBe(70);
    expect(exitCodeOf(worst(['failed', 'empty', 'warned']))).toBe(2);
    expect(exitCodeOf(worst(['warned', 'invalid', 'failed']))).toBe(2);
    expect(exitCodeOf(worst(['failed', 'warned', 'passed']))).toBe(1);
    expect(exitCodeOf(worst(['warned', 'passed']))).toBe(0);
    expect(exitCodeOf(worst([]))).toBe(0);
  });
});

describe('--update', () => {
  it('writes what a later check accepts', () => {
    const first = gate(input({ baseline: null, update: true }));
    expect(first.result.baseline.status).toBe('created');
    expect(first.write).toEqual({ file: 'chat.baseline.json', text: BASELINE });
    expect(gate(input({ baseline: first.write!.text })).result.baseline.status).toBe('same');
  });

  it('leaves a file alone that says the same, replaces any other, and shows what was accepted', () => {
    expect(gate(input({ update: true }))).toMatchObject({ write: null, result: { exitCode: 0, baseline: { status: 'unchanged' } } });
    expect(gate(input({ update: true, baseline: OTHER }))).toMatchObject({ write: { text: BASELINE }, result: { exitCode: 0, baseline: { status: 'updated', outcomes: ['fifo', 'priority'] } } });
    expect(gate(input({ update: true, baseline: '{' }))).toMatchObject({ write: { text: BASELINE }, result: { exitCode: 0, baseline: { status: 'updated', problem: null } } });
  });

  it('does not hide an expectation that fails', () => {
    expect(gate(input({ expect: [FAIL], update: true })).result.exitCode).toBe(1);
  });

  it('without it nothing is written', () => {
    for (const baseline of [null, OTHER, BASELINE, '{']) expect(gate(input({ baseline })).write).toBeNull();
  });
});

describe('the report', () => {
  const result = (file: string): CheckResult => ({ ...gate(input({ expect: [FAIL, [FAIL, 'warn'], MISSPELT, UNDECIDABLE, PASS], baseline: OTHER })).result, file });
  const about = { sched: '1.2.3', shard: null, notRun: [] };

  it('is read back as it was written', () => {
    const report = reportOf([result('b.yaml'), result('a.yaml')], about);
    expect(report.results.map(({ file }) => file)).toEqual(['a.yaml', 'b.yaml']);
    expect(parseReport(JSON.stringify(report))).toEqual(JSON.parse(JSON.stringify(report)));
  });

  it('of all shards together is the report of the whole', () => {
    const files = ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'];
    const whole = reportOf(files.map(result), about);
    const part = (index: number, of: readonly string[]) => ({ file: `${index}.json`, report: reportOf(of.map(result), { ...about, shard: { index, of: 3 } }) });
    const parts = [part(2, ['d.yaml']), part(3, []), part(1, ['b.yaml', 'a.yaml', 'c.yaml'])];
    expect(mergeReports(parts)).toEqual(whole);
    expect(mergeReports(parts.slice(1))).toMatch(/shard 2\/3 is missing/);
    expect(mergeReports([...parts, part(2, ['a.yaml'])])).toMatch(/a\.yaml is both in/);
    expect(mergeReports([part(1, []), { file: 'x', report: { ...whole, shard: { index: 2, of: 2 } } }])).toMatch(/different wholes/);
    expect(mergeReports([part(1, []), { file: 'x', report: { ...whole, sched: '2.0.0' } }])).toMatch(/sched 1\.2\.3, x of 2\.0\.0/);
  });

  it('of shards that stopped early says what none of them ran', () => {
    const part = (index: number, ran: string[], notRun: string[]) => ({ file: `${index}.json`, report: reportOf(ran.map(result), { ...about, shard: { index, of: 2 }, notRun }) });
    expect(mergeReports([part(2, ['d.yaml'], ['z.yaml', 'e.yaml']), part(1, ['b.yaml'], ['c.yaml'])])).toMatchObject({ exitCode: 2, notRun: ['c.yaml', 'e.yaml', 'z.yaml'] });
    expect(mergeReports([part(1, ['b.yaml'], []), part(2, ['d.yaml'], ['b.yaml'])])).toMatch(/b\.yaml is both in 1\.json and in 2\.json/);
  });

  it('of another kind is refused', () => {
    expect(parseReport('{')).toMatch(/not valid JSON/);
    expect(parseReport('[]')).toMatch(/not a result of sched check/);
    expect(parseReport('{"schemaVersion":1,"runs":[]}')).toMatch(/not a result of sched check/);
    expect(parseReport('{"schemaVersion":2,"kind":"check"}')).toMatch(/schemaVersion 2/);
    expect(parseReport(JSON.stringify({ ...reportOf([result('a')], about), exitCode: 3 }))).toMatch(/exitCode/);
  });
});
