/** Settings that nothing uses are pointed out when a scenario is loaded, whatever it is loaded for. */
import { expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';

function warnings(text: string): string[] {
  const loaded = loadScenario(text, 'x.yaml');
  const found = 'scenario' in loaded ? loaded.warnings : loaded.faults;
  return found.map(({ severity, code, message, line }) => `${severity} ${code} ${line}: ${message}`);
}

const classes = (a: string, b: string): string => `classes: { a: { priority: 1${a} }, b: { priority: 2${b} } }\n`;
const workload = 'workload: [ { generate: { count: 9, arrivals: { process: poisson, rate: 1 }, class: { a: 1, b: 1 }, outputTokens: 5 } } ]\n';
const only = 'workload: [ { requests: [ { class: b, outputTokens: 5 } ] } ]\n';

it('weights that differ, where no scheduler shares by weight', () => {
  const text = 'warning pointless 1: classes.b.weight has no effect on a schedule: fifo, priority do not look at it';
  expect(warnings(classes('', ', weight: 2') + workload)).toEqual([text]);
  expect(warnings(`${classes('', ', weight: 2')}${workload}schedulers: [ fifo ]\n`)).toEqual([text.replace('fifo, priority do', 'fifo does')]);
  expect(warnings(classes(', weight: 3', ', weight: 1') + workload)).toEqual([text.replace('b.weight', 'a.weight')]);
  expect(warnings(classes(', weight: 2', ', weight: 2') + workload)).toEqual([]);
  expect(warnings(classes('', '') + workload)).toEqual([]);
});

it('targets of a class that has no requests', () => {
  expect(warnings(classes(', sla: { latency: 1s }', ', sla: { ttft: 1s }') + only)).toEqual(['warning pointless 1: classes.a.sla has no request to be met by']);
  expect(warnings(classes(', sla: { latency: 1s }', ', sla: { ttft: 1s }') + workload)).toEqual([]);
  expect(warnings(classes(', sla: {}', '') + only)).toEqual([]);
  expect(warnings(`${classes(', sla: { latency: 1s }', '')}workload: [ { trace: { file: t.csv, class: b } } ]\n`)).toEqual([]);
  expect(warnings(`classes: { a: { priority: 1, sla: { latency: 1s } } }\nworkload: [ { requests: [ { outputTokens: 5 } ] } ]\n`)).toEqual([]);
});
