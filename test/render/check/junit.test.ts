import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkJunit } from '../../../src/render/check/junit.ts';
import { checked, FAILS, HOSTILE_REPORT, MIXED, report } from './check-fixtures.ts';
import { parseXml, type Element } from './xml.ts';

/**
 * The rules of the schema for Ant's JUnit task (github.com/windyroad/JUnit-Schema): what may stand where, which
 * attributes there must be, and what they may hold.
 */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  testsuites: {},
  testsuite: {
    name: /\S/, package: /^/, id: /^\d+$/, timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/, hostname: /\S/,
    tests: /^\d+$/, failures: /^\d+$/, errors: /^\d+$/, time: /^\d+(\.\d+)?$/,
  },
  testcase: { name: /^/, classname: /^/, time: /^\d+(\.\d+)?$/ },
  failure: { type: /^/, message: /^/ },
  error: { type: /^/, message: /^/ },
  properties: {}, 'system-out': {}, 'system-err': {},
};
const CHILDREN: Readonly<Record<string, RegExp>> = {
  testsuites: /^(testsuite )*$/, testsuite: /^properties (testcase )*system-out system-err $/, testcase: /^((error|failure|skipped) )?$/,
  failure: /^$/, error: /^$/, properties: /^$/, 'system-out': /^$/, 'system-err': /^$/,
};
const HAVE_TEXT = new Set(['failure', 'error', 'system-out', 'system-err']);

function violations({ name, attributes, children, text }: Element): string[] {
  const allowed = ATTRIBUTES[name];
  if (!allowed) return [`<${name}> is unknown`];
  return [
    ...Object.keys(attributes).filter((key) => !(key in allowed)).map((key) => `${name} has ${key}`),
    ...Object.entries(allowed).filter(([key, pattern]) => !pattern.test(attributes[key] ?? '\u0000')).map(([key]) => `${name}: ${key} is ${attributes[key]}`),
    ...(CHILDREN[name]!.test(children.map((child) => `${child.name} `).join('')) ? [] : [`${name} holds ${children.map((child) => child.name).join(' ')}`]),
    ...(HAVE_TEXT.has(name) || text.trim() === '' ? [] : [`text in ${name}`]),
    ...children.flatMap(violations),
  ];
}

describe('JUnit XML', () => {
  it('follows the schema', () => {
    expect(violations(parseXml(checkJunit(MIXED)))).toEqual([]);
    expect(violations(parseXml(checkJunit(report([]))))).toEqual([]);
  });

  it('is a suite for each scenario and a case for each expectation and baseline', () => {
    const suites = parseXml(checkJunit(MIXED)).children;
    expect(suites.map(({ attributes: { tests, failures, errors } }) => [tests, failures, errors])).toEqual([['6', '1', '2'], ['1', '1', '0'], ['1', '0', '0'], ['1', '0', '1']]);
    const failure = suites[0]!.children.find(({ attributes }) => attributes['name'] === FAILS)!.children[0]!;
    expect(failure.attributes['message']).toBe('priority: found 12 s, expected <= 9 s (by fifo.low.latency.p95): 3 s too much');
    expect(failure.text).toContain('scenarios/chat.yaml:31');
  });

  it('holds hostile names: valid, and as far as XML can carry them unchanged', () => {
    const root = parseXml(checkJunit(HOSTILE_REPORT));
    expect(violations(root)).toEqual([]);
    expect(root.children[0]!.attributes['name']).toBe(']]> & <b>"x"</b> |`%0A,: [2J ::error::😀 \u202e');
  });

  it('is well-formed for names of any characters, and for none', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, file) => {
      expect(violations(parseXml(checkJunit(report([checked({ name, file: `${file}.yaml` })]))))).toEqual([]);
    }), { numRuns: 30 });
  });
});
