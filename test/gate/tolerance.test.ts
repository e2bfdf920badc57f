import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../src/gate/figures.ts';
import { figureText, type Figure } from '../../src/gate/resolve.ts';
import { isWithin, parseTolerance, type Tolerance, toleranceFor, unmatched } from '../../src/gate/tolerance.ts';
import { chat } from './subjects.ts';

const figures = chat().runs.flatMap(figuresOf);

function tolerance(text: string): Tolerance {
  const read = parseTolerance(text);
  if ('fault' in read) throw new Error(read.fault.message);
  return read.value;
}

function figure(text: string): Figure {
  return figures.find((each) => figureText(each) === text)!;
}

function matched(pattern: string): string[] {
  return figures.filter((each) => toleranceFor(each, [tolerance(`${pattern}=1%`)])).map(figureText);
}

describe('a pattern', () => {
  it.each([
    ['latency.p99', ['fifo.all.latency.p99', 'fifo.high.latency.p99', 'priority.low.latency.p99'], ['fifo.all.ttft.p99', 'fifo.all.latency.p95']],
    ['latency', ['fifo.all.latency.p99', 'fifo.high.latency.mean'], ['fifo.all.ttft.p99']],
    ['high', ['fifo.high.latency.p99', 'priority.high.goodput'], ['fifo.low.goodput', 'fifo.all.goodput']],
    ['priority', ['priority.high.goodput', 'priority.makespan'], ['fifo.makespan']],
    ['priority.latency', ['priority.low.latency.p99'], ['priority.low.ttft.p99', 'fifo.low.latency.p99']],
    ['priority.*.latency', ['priority.low.latency.p99'], ['priority.low.ttft.p99']],
    ['priority.high.latency.p99', ['priority.high.latency.p99'], ['priority.low.latency.p99']],
    ['*.high.latency', ['fifo.high.latency.p99'], ['fifo.low.latency.p99']],
    ['engine', ['fifo.engine.utilization'], ['fifo.makespan']],
  ])('%s', (pattern, has, lacks) => {
    const found = matched(pattern);
    for (const text of has) expect(found).toContain(text);
    for (const text of lacks) expect(found).not.toContain(text);
  });

  it('of * is every figure', () => {
    expect(matched('*')).toHaveLength(figures.length);
  });

  it('that is about nothing, or measures nothing it is about, is told', () => {
    const wrong = ['latencyy=1%', 'engine.utilization=5ms', 'vip=1%'].map(tolerance);
    const right = ['latency.p99=5%', 'high=1ms', '*=0.1%', 'sla.attainment=1pp', 'goodput=0.1/s', 'steps=2'].map(tolerance);
    expect(unmatched([...wrong, ...right], figures).map((each) => each.tolerance)).toEqual(wrong);
    expect(unmatched([tolerance('latency=5')], figures)[0]!.fault.help).toMatch(/^latency is a time: write a number with its unit/);
  });

  it('the last that matches and measures holds', () => {
    const given = ['latency=5%', 'high=1ms', 'high.goodput=0.1'].map(tolerance);
    expect(toleranceFor(figure('fifo.low.latency.p99'), given)).toBe(given[0]);
    expect(toleranceFor(figure('fifo.high.latency.p99'), given)).toBe(given[1]);
    expect(toleranceFor(figure('fifo.high.goodput'), given)).toBe(given[2]);
    expect(toleranceFor(figure('fifo.high.sla.attainment'), given)).toBeNull();
  });
});

describe('what is wrong with a tolerance', () => {
  it.each([
    ['latency.p99', 'latency.p99', /no =/],
    ['latency.p99=', '', /is empty/],
    ['latency.p99=lots', 'l', /number is missing/],
    ['latency..p99=5%', '.', /cannot start a name/],
    ['latency.p99=5 parsecs', ' parsecs', /no unit/],
  ])('%s', (text, at, message) => {
    const read = parseTolerance(text);
    if (!('fault' in read)) throw new Error('no fault');
    expect(read.fault.message).toMatch(message);
    expect(text.slice(read.fault.start, read.fault.end)).toBe(at);
  });
});

describe('within a tolerance', () => {
  const of = figure('fifo.all.latency.mean');
  const micros = fc.integer({ min: 0, max: 1e12 });

  it('is as far up as down', () => {
    fc.assert(fc.property(micros, micros, fc.integer({ min: 0, max: 200 }), (base, off, percent) => {
      fc.pre(off <= base);
      const given = tolerance(`*=${percent}%`);
      expect(isWithin(base / 1e6, (base + off) / 1e6, given, of)).toBe(isWithin(base / 1e6, (base - off) / 1e6, given, of));
      expect(isWithin(base / 1e6, (base + off) / 1e6, given, of)).toBe(BigInt(off) * 100n <= BigInt(percent) * BigInt(base));
    }));
  });

  it('does not depend on which came first when it is an amount', () => {
    fc.assert(fc.property(micros, micros, micros, (a, b, allowed) => {
      const given = tolerance(`*=${allowed}us`);
      expect(isWithin(a / 1e6, b / 1e6, given, of)).toBe(isWithin(b / 1e6, a / 1e6, given, of));
      expect(isWithin(a / 1e6, b / 1e6, given, of)).toBe(Math.abs(a - b) <= allowed);
    }));
  });

  it('a share of zero is zero', () => {
    expect(isWithin(0, 0.000001, tolerance('*=50%'), of)).toBe(false);
    expect(isWithin(0, 0, tolerance('*=50%'), of)).toBe(true);
    expect(isWithin(0, 0.000001, tolerance('*=1us'), of)).toBe(true);
  });
});
