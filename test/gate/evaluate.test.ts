import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type ExpectationSource } from '../../src/gate/evaluate.ts';
import type { Subject } from '../../src/gate/subject.ts';
import { chat, MS, run, S, subjectOf, summary, times, treeOf } from './subjects.ts';

function source(text: string, level: 'error' | 'warn' = 'error'): ExpectationSource {
  return { text, level, file: 'chat.yaml', line: 12, column: 5, sourceLine: `  - ${text}` };
}

function judged(text: string, subject: Subject = chat(), level?: 'warn') {
  return judge(source(text, level), subject, treeOf(subject));
}

function status(text: string, subject?: Subject, level?: 'warn') {
  return judged(text, subject, level).status;
}

/** One scheduler, one class, with a mean latency in microseconds. */
function withMean(mean: number): Subject {
  return subjectOf([run('fifo', summary({ high: { latency: { ...times(S), mean } } }))]);
}

describe('an expectation', () => {
  it.each([
    ['priority.high.sla.attainment >= 100%', 'passed'],
    ['fifo.high.sla.attainment >= 99%', 'failed'],
    ['high.latency.p95 < 6s', 'failed'],
    ['high.latency.p95 <= 6s', 'passed'],
    ['low.latency.mean <= 4s', 'passed'],
    ['low.latency.mean < 4s', 'failed'],
    ['priority.low.latency.p99 <= 1.5 * fifo.low.latency.p99', 'failed'],
    ['priority.low.latency.p99 <= 2 * fifo.low.latency.p99', 'passed'],
    ['priority.low.latency.p99 < 2 * fifo.low.latency.p99', 'failed'],
    ['priority.low.latency.p99 < 2 * fifo.low.latency.p99 + 1us', 'passed'],
    ['priority.low.latency.p99 <= 2.1 * fifo.low.latency.p99 - 0.8s', 'passed'],
    ['priority.low.latency.p99 <= 210% * fifo.low.latency.p99 - 800001us', 'failed'],
    ['high.latency.mean <= low.latency.mean', 'passed'],
    ['high.latency.mean < low.latency.mean', 'failed'],
    ['engine.utilization == 0.98', 'passed'],
    ['engine.utilization == 98%', 'passed'],
    ['fifo.high.sla.attainment == 89% ± 1pp', 'passed'],
    ['fifo.high.sla.attainment == 89% ± 1%', 'failed'],
    ['steps != 1000', 'failed'],
    ['steps != 1001', 'passed'],
    ['makespan == 100s', 'passed'],
    ['fairness.jain >= 0.9', 'passed'],
    ['shedReasons."longer than the KV cache" == 0', 'passed'],
  ])('%s: %s', (text, expected) => {
    expect(status(text)).toBe(expected);
  });

  it('without a scheduler holds for every one, and says for which it does not', () => {
    const { judgements } = judged('high.latency.mean < 1.5s');
    expect(judgements.map(({ scheduler, holds }) => [scheduler, holds])).toEqual([['fifo', false], ['priority', true]]);
  });

  it('takes a bound without a scheduler from the scheduler that is judged', () => {
    expect(judged('priority.low.latency.mean <= 4 * high.latency.mean').judgements[0]!.against).toBe('priority.high.latency.mean');
    expect(judged('low.latency.mean <= 4 * high.latency.mean').judgements.map(({ against }) => against)).toEqual(['fifo.high.latency.mean', 'priority.high.latency.mean']);
  });

  it('that is only a warning warns', () => {
    expect(status('fifo.high.sla.attainment >= 99%', undefined, 'warn')).toBe('warned');
  });

  it('shows found, expected and the values around it', () => {
    const [first] = judged('priority.low.latency.p95 < 1.5 * fifo.low.latency.p95').judgements;
    expect(first).toMatchObject({ path: 'priority.low.latency.p95', found: 12, expected: 9, against: 'fifo.low.latency.p95', unit: 'time' });
    expect(first!.around).toContainEqual({ kind: 'statistic', name: 'p50', value: 4 });
    expect(first!.around).toContainEqual({ kind: 'scheduler', name: 'fifo', value: 6 });
    expect(first!.around).toContainEqual({ kind: 'group', name: 'high', value: 3 });
  });

  it('puts the caret under the name that is wrong, in the line of the file', () => {
    const text = 'priority.high.latencyy.p95 < 2s';
    const { problem, status: is } = judged(text);
    expect(is).toBe('invalid');
    expect(problem).toMatchObject({ file: 'chat.yaml', line: 12 });
    expect(problem!.sourceLine!.slice(problem!.column! - 1, problem!.column! - 1 + problem!.length!)).toBe('latencyy');
  });
});

describe('an expectation that no sample can decide', () => {
  const few = () => subjectOf([run('fifo', summary({
    high: { latency: { ...times(S), p99: null } },
    idle: { latency: { ...times(0), mean: null, p99: null, max: null }, offered: 0, met: 0, withTarget: 0 },
  }))]);

  it.each([
    ['high.latency.p99 < 2s', /p99 needs at least 100 samples, and there are fewer of class high/],
    ['idle.latency.mean < 2s', /there is no request of class idle/],
    ['idle.sla.attainment >= 99%', /there is no request of class idle/],
    ['high.sla.byTarget.ttft >= 99%', /no request of class high has this target/],
    ['high.latency.mean <= idle.latency.mean', /idle\.latency\.mean is not defined/],
    ['engine.peakKvBlocks < 5', /no limited KV cache/],
    ['high.tpot.mean < 1s', /no request of class high completed with more than one output token/],
  ])('%s is undecidable, whatever its level', (text, why) => {
    const { judgements: [only] } = judged(text, few());
    expect(only!.why).toMatch(why);
    expect(only!.holds).toBeNull();
    expect(status(text, few())).toBe('undecidable');
    expect(status(text, few(), 'warn')).toBe('undecidable');
  });

  it('is undecidable as a whole when it is for one of its schedulers', () => {
    const subject = subjectOf([run('fifo', summary({ high: { latency: times(9 * S) } })), run('priority', summary({ high: { latency: { ...times(S), p99: null } } }))]);
    expect(status('high.latency.p99 < 1s', subject)).toBe('undecidable');
  });
});

describe('units', () => {
  it.each([
    ['high.latency.p95 < 2', '2', /is a time/],
    ['high.latency.p95 < 99%', '99%', /is a time/],
    ['high.sla.attainment >= 99', '99', /more than all/],
    ['high.sla.attainment >= 101%', '101%', /more than all/],
    ['high.sla.attainment >= 1s', '1s', /is a share/],
    ['steps < 10s', '10s', /is a count/],
    ['fifo.latency.p95 < priority.latency.p95 + 10%', '10%', /is a time/],
    ['fifo.latency.p95 < engine.utilization', 'engine.utilization', /a share and latency is a time/],
    ['high.latency.p95 == 2s ± 5', '5', /is a time/],
  ])('%s is refused', (text, at, says) => {
    const { problem, status: is } = judged(text);
    expect(is).toBe('invalid');
    expect(text.slice(problem!.column! - 5, problem!.column! - 5 + problem!.length!)).toBe(at);
    expect(`${problem!.message} ${problem!.help ?? ''}`).toMatch(says);
  });
});

describe('comparison', () => {
  const micros = fc.integer({ min: 3, max: 1e11 });

  it('is exact to the microsecond, and inclusive where it says so', () => {
    fc.assert(fc.property(micros, fc.integer({ min: -2, max: 2 }), (mean, off) => {
      const bound = `${mean + off}us`;
      const expected = { '<': off > 0, '<=': off >= 0, '>': off < 0, '>=': off <= 0, '==': off === 0, '!=': off !== 0 };
      for (const [operator, holds] of Object.entries(expected)) {
        expect(status(`high.latency.mean ${operator} ${bound}`, withMean(mean))).toBe(holds ? 'passed' : 'failed');
      }
    }), { numRuns: 50 });
  });

  it('takes a mean as the files carry it: whole microseconds', () => {
    expect(status('high.latency.mean == 2.35s', withMean(2_350_000.4))).toBe('passed');
    expect(status('high.latency.mean == 2.35s', withMean(2_350_000.6))).toBe('failed');
    expect(status('high.latency.mean == 2.350001s', withMean(2_350_000.6))).toBe('passed');
  });

  it('does not let one miss in a million pass for none', () => {
    const all = subjectOf([run('fifo', summary({ high: { latency: times(S), met: 999_999, withTarget: 1_000_000 } }))]);
    expect(status('high.sla.attainment == 100%', all)).toBe('failed');
    expect(status('high.sla.attainment == 99.9999%', all)).toBe('passed');
  });

  it('allows a tolerance on both sides alike, its ends included', () => {
    fc.assert(fc.property(micros, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (mean, off, allowed) => {
      fc.pre(mean > off);
      const expected = off <= allowed ? 'passed' : 'failed';
      expect(status(`high.latency.mean == ${mean}us ± ${allowed}us`, withMean(mean + off))).toBe(expected);
      expect(status(`high.latency.mean == ${mean}us ± ${allowed}us`, withMean(mean - off))).toBe(expected);
      expect(status(`high.latency.mean != ${mean}us ± ${allowed}us`, withMean(mean + off))).toBe(off <= allowed ? 'failed' : 'passed');
    }), { numRuns: 50 });
    expect(status('high.latency.mean == 2s ± 1%', withMean(2.02 * S))).toBe('passed');
    expect(status('high.latency.mean == 2s ± 1%', withMean(2.02 * S + 1))).toBe('failed');
    expect(status('high.latency.mean == 2s ± 20ms', withMean(2 * S - 20 * MS))).toBe('passed');
  });

  it('multiplies and adds without rounding', () => {
    fc.assert(fc.property(micros, fc.integer({ min: 1, max: 300 }), (mean, percent) => {
      // mean × 100 microseconds, so that percent of it is whole.
      const of = (value: number) => summary({ high: { latency: { ...times(S), mean: value } } });
      const subject = subjectOf([run('a', of(mean * percent)), run('b', of(mean * 100))]);
      fc.pre(mean * 300 < 9e14);
      expect(status(`a.high.latency.mean == ${percent}% * b.high.latency.mean`, subject)).toBe('passed');
      expect(status(`a.high.latency.mean == ${percent / 100} * b.high.latency.mean + 1us`, subject)).toBe('failed');
    }), { numRuns: 50 });
  });
});
