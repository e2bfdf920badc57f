import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../src/core/decimal.ts';
import { EXPECTATION_EBNF, expectationText, type Expectation, nameText, type Operator, segmentsText, type Segment, type UnitName } from '../../src/gate/expectation.ts';
import { parseExpectation, parsePath } from '../../src/gate/parse.ts';
import { sentences } from './ebnf.ts';

const NOWHERE = { start: 0, end: 0 };

function faultOf(text: string) {
  const read = parseExpectation(text);
  if (!('fault' in read)) throw new Error(`no fault in ${text}`);
  const { message, help = '', start, end } = read.fault;
  return { message, help, at: text.slice(start, end), start };
}

/** The same expectation wherever it stands in a text. */
function withoutPlaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'start' || key === 'end' ? 0 : typeof each === 'bigint' ? String(each) : each)));
}

const number = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: -12, max: 3 })).map(([digits, exponent]) => parseDecimal(`${digits}e${exponent}`)!);
const unit = fc.constantFrom<UnitName>('us', 'ms', 's', 'm', 'h', '%', 'pp', '/s', '');
const quantity = fc.record({ number, unit, start: fc.constant(0), end: fc.constant(0) });
const name = fc.oneof(fc.constantFrom('fifo', 'high', 'a-b', 'all', 'p95', 'p99.9', 'p99.', 'p1.x', 'scheduler', '優先'), fc.string({ unit: 'binary', minLength: 0, maxLength: 8 }));
const segment: fc.Arbitrary<Segment> = fc.record({ kind: fc.constantFrom('scheduler', 'class', 'tenant', null), name, start: fc.constant(0), end: fc.constant(0) });
const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => ({ ...NOWHERE, segments }));
const value: fc.Arbitrary<Expectation['value']> = fc.oneof(
  fc.record({ kind: fc.constant('quantity' as const), quantity }),
  fc.record({ kind: fc.constant('path' as const), factor: fc.option(number), path, offset: fc.option(fc.record({ sign: fc.constantFrom('+', '-'), quantity })) }),
);
const expectation: fc.Arbitrary<Expectation> = fc.record({
  path, value, operator: fc.constantFrom<Operator>('<', '<=', '>', '>=', '==', '!='), tolerance: fc.option(quantity),
}).map((each) => (each.operator === '==' || each.operator === '!=' ? each : { ...each, tolerance: null }));

describe('the language of expectations', () => {
  it('reads back whatever it writes, names of any characters included', () => {
    fc.assert(fc.property(expectation, (written) => {
      const text = expectationText(written);
      fc.pre(text.length <= 1000);
      const read = parseExpectation(text);
      expect('value' in read ? withoutPlaces(read.value) : read).toEqual(withoutPlaces(written));
    }), { numRuns: 300 });
  });

  it('is that of its grammar: every sentence of it is read', () => {
    const character = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    const sentence = sentences(EXPECTATION_EBNF, 'expectation', {
      lexical: ['number', 'bare', 'percentile', 'quoted'],
      special: {
        'a letter of any script': fc.constantFrom(...'azAZéßжλ優あ'),
        'any character but " and \\': character.filter((text) => text !== '"' && text !== '\\'),
        'any character': character,
      },
    });
    fc.assert(fc.property(sentence, (text) => {
      expect([text, 'value' in parseExpectation(text)]).toEqual([text, true]);
    }), { numRuns: 500 });
  });

  it('never throws, and places every fault within the text', () => {
    const token = fc.constantFrom('fifo', '.', 'high', ' ', '<=', '==', '1.5', '*', '2s', '%', '±', '+-', '+', '-', '"', '\\', ':', 'tenant:', '\n', '😀', '\u0000');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(token).map((tokens) => tokens.join(''))), (text) => {
      const read = parseExpectation(text);
      if (!('fault' in read)) return;
      expect(read.fault.start).toBeLessThanOrEqual(read.fault.end);
      expect(read.fault.end).toBeLessThanOrEqual(text.length);
      expect(read.fault.message).not.toBe('');
    }), { numRuns: 500 });
  });

  it.each([
    ['priority.high.sla.attainment >= 99%', 'priority.high.sla.attainment >= 99%'],
    ['priority.high.latency.p95<2s', 'priority.high.latency.p95 < 2s'],
    ['priority.low.latency.p99 <= 1.5 * fifo.low.latency.p99', 'priority.low.latency.p99 <= 1.5 * fifo.low.latency.p99'],
    ['a.x <= 150% * b.x + 100ms', 'a.x <= 1.5 * b.x + 100ms'],
    ['latency.mean == 2.35s ± 1%', 'latency.mean == 2.35s ± 1%'],
    ['latency.mean == 2.35 s +- 5 ms', 'latency.mean == 2.35s ± 5ms'],
    ['latency.mean == fifo.latency.mean +- 1%', 'latency.mean == fifo.latency.mean ± 1%'],
    ['latency.mean != 1e3us', 'latency.mean != 1000us'],
    ['latency.mean < 250µs', 'latency.mean < 250us'],
    ['priority-preempt.very-high.latency.p95 < 2MS', 'priority-preempt.very-high.latency.p95 < 2ms'],
    ['"my sched"."a.b".latency.p95 < 2s', '"my sched"."a.b".latency.p95 < 2s'],
    ['tenant:"big corp".goodput > 3.2/s', 'tenant:"big corp".goodput > 3.2/s'],
    ['scheduler:high.class:high.latency.mean<1s', 'scheduler:high.class:high.latency.mean < 1s'],
    ['  a . b  <  1h  ', 'a.b < 1h'],
    ['high.latency.p99.9<2s', 'high.latency.p99.9 < 2s'],
    ['latency."p99.9" <= 1.5*fifo.ttft.p99.99 - 1ms', 'latency.p99.9 <= 1.5 * fifo.ttft.p99.99 - 1ms'],
  ])('%s', (text, plain) => {
    const read = parseExpectation(text);
    expect('value' in read ? expectationText(read.value) : read).toBe(plain);
  });

  it.each([
    ['', '', /is empty/, /high\.latency\.p95 < 2s/],
    ['high.latency.p95', '', /comparison is missing/, /< <= > >= == !=/],
    ['high.latency.p(95) < 2s', '(', /no parentheses/, /p95/],
    ['high.latency.p95 = 2s', '=', /no comparison/, /==/],
    ['high.latency.p95 =< 2s', '=<', /no comparison/, /<=/],
    ['high.latency.p95 ≤ 2s', '≤', /no comparison/, /<=/],
    ['high.latency.p95 <', '', /name is missing/, /^$/],
    ['high.latency.p95 < 2 seconds', ' seconds', /`seconds` is no unit/, /us, ms, s/],
    ['high.latency.p95 < 5min', 'min', /`min` is no unit/, /m \(minutes\)/],
    ['high.latency.p95 < -2s', '-', /negative/, /^$/],
    ['high.latency.p95 < 2s ± 1%', '±', /takes no tolerance/, /== and !=/],
    ['high.latency.p95 < 2s and more', 'and more', /does not belong here/, /double quotes/],
    ['high.latency.p95 < 1.5s * fifo.x', '1.5s', /factor has no unit/, /\+ 100ms/],
    ['high.latency.p95 < 1.5 * 2', '2', /path is missing/, /fifo/],
    ['high..p95 < 2s', '.', /cannot start a name/, /double quotes/],
    ['4090.latency.p95 < 2s', '4', /digit needs double quotes/, /^$/],
    ['high.latency.p99.9x < 2s', '9', /digit needs double quotes/, /^$/],
    ['"high.latency.p95 < 2s', '"high.latency.p95 < 2s', /not closed/, /^$/],
    ['owner:acme.goodput > 1', ':', /only scheduler:, class: and tenant:/, /double quotes/],
  ])('says what is wrong with %j', (text, at, message, help) => {
    const fault = faultOf(text);
    expect(fault.at).toBe(at);
    expect(fault.message).toMatch(message);
    expect(fault.help).toMatch(help);
  });

  it('refuses a text that is too long to be meant', () => {
    expect(faultOf(`latency.mean < ${'9'.repeat(2000)}s`).message).toMatch(/longer than 1000/);
  });

  it('writes paths that it reads as the same names', () => {
    fc.assert(fc.property(fc.array(name, { minLength: 1 }), (names) => {
      const read = parsePath(segmentsText(names.map((each) => ({ kind: null, name: each }))));
      expect('value' in read && read.value.segments.map((each) => each.name)).toEqual(names);
    }));
    expect(nameText('p95')).toBe('p95');
    expect(nameText('a "b" \\')).toBe('"a \\"b\\" \\\\"');
  });
});
