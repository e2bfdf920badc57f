/** Places of keys and values in every style of YAML, through `locate`: what an editor would mark. */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import type { ScenarioPath } from '../../src/core/place.ts';
import { onlyFault, unmarked, WORKLOAD } from './marked.ts';

function locate(text: string, path: ScenarioPath, file = 'a.yaml') {
  const loaded = loadScenario(text, file);
  if (!('scenario' in loaded)) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  return loaded.locate(path);
}

const CASES: readonly (readonly [style: string, path: ScenarioPath, marked: string])[] = [
  ['plain', ['expect', 0], 'expect:\n  - ‹a < 1s›\n  - b < 2s\n'],
  ['single quoted', ['expect', 1], "expect:\n  - a < 1s\n  - ‹'b < ''2s'''›  # comment\n"],
  ['double quoted', ['expect', 0, 'that'], 'expect:\n  - level: warn\n    that: ‹"a \\" < 1s"›\n'],
  ['flow', ['expect', 1, 'that'], 'expect: [a < 1, { that: ‹b < 2›, level: warn }]\n'],
  ['flow over lines', ['expect', 1], 'expect: [\n  a < 1,\n     ‹"b < 2"›\n ]\n'],
  ['literal block: its first line', ['expect', 0], 'expect:\n  - |\n    ‹a < 1s›\n'],
  ['folded block: its first line', ['expect', 1], 'expect:\n  - b < 2\n  - >-\n\n    ‹a <›\n    1s\n'],
  ['plain over lines: its first line', ['description'], 'description: ‹this is›\n  more\nseed: 1\n'],
  ['no indentation of a list', ['expect', 1], 'expect:\n- a < 1\n- ‹b < 2›\n'],
  ['quoted key', ['seed'], '"seed": ‹7›\n'],
  ['explicit key', ['seed'], '? seed\n: ‹7›\n'],
  ['tagged', ['name'], 'name: !!str ‹7›\n'],
  ['anchored map', ['engine', 'kvCache', 'blocks'], 'engine: &e\n  kvCache: !!map { blocks: ‹9› }\n'],
  ['alias: where it is used', ['expect', 1], 'expect:\n  - &a a < 1s\n  - ‹*a›\n'],
  ['within an alias: where it is written', ['classes', 'low', 'sla', 'latency'], 'classes:\n  high: { priority: 1, sla: &s { latency: ‹1s› } }\n  low: { priority: 2, sla: *s }\n'],
  ['a map: its first line', ['engine'], 'engine:\n  ‹maxBatchSize: 8›\n  batching: static\n'],
  ['a flow map', ['engine'], 'engine: ‹{ maxBatchSize: 8 }›\n'],
  ['an item of a list of lists', ['workload', 1, 'requests', 0, 'id'], `${WORKLOAD}  - requests:\n    -   outputTokens: 3\n        class: high\n        id: ‹x›\n`],
  ['wide characters count as editors count', ['expect', 1], 'expect: [ "😀 < 1", ‹b < 2› ]\n'],
  ['CR LF', ['seed'], 'name: a\r\nseed: ‹7›\r\n'],
  ['a key that is a number', ['engine', 'stepTime', 'points', '8'], 'engine: { stepTime: { model: table, points: { 1: 2ms, 0x8: ‹3ms› } } }\n'],
];

describe('locate', () => {
  it.each(CASES)('%s', (_, path, marked) => {
    const { text, ...place } = unmarked(marked);
    const found = locate(text.includes('workload:') ? text : text + WORKLOAD, path);
    expect(found).toMatchObject(place);
  });

  it('finds what a path has, where it has more than the file', () => {
    const text = `engine:\n  kvCache: { blocks: 3 }\n${WORKLOAD}`;
    expect(locate(text, ['engine', 'kvCache', 'watermark'])).toMatchObject({ line: 2, column: 3, length: 7 });
    expect(locate(text, ['engine', 'maxBatchSize'])).toMatchObject({ line: 1, column: 1, length: 6 });
    expect(locate(text, ['schedulers', 0])).toMatchObject({ line: 1, column: 1 });
  });

  it('works in JSON', () => {
    const text = '{ "workload": [ { "requests": [] } ],\n  "expect": [ "a < 1", "b \\u003c 2" ] }';
    expect(locate(text, ['expect', 1], 'a.json')).toMatchObject({ line: 2, column: 24, length: 12, sourceLine: '  "expect": [ "a < 1", "b \\u003c 2" ] }' });
  });
});

describe('a fault on a very long line', () => {
  it('carries only the line around it', () => {
    const { text, column } = unmarked(`{ "workload": [ { "requests": [ ${'{ "class": "high", "outputTokens": 5 }, '.repeat(5000)}{ "class": "high", "outputTokens": ‹0› } ] } ] }`);
    const fault = onlyFault(text.replace(/0 } ] } ] }$/, '‹0› } ] } ] }'), 'a.json');
    expect(fault.column).toBe(column);
    expect(fault.sourceLine!.length).toBeLessThanOrEqual(1000);
    expect(fault.sourceLine![column - fault.sourceColumn!]).toBe('0');
  });
});
