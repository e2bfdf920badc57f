/** What a new user gets wrong: each fault is told with its place, in plain words, and with what would be right. */
import { describe, expect, it } from 'vitest';
import { diagnose, onlyFault, WORKLOAD } from './marked.ts';

/** code, a part of the message, a part of the help, the scenario without its workload */
type Case = readonly [code: string, message: string, help: string, marked: string];

const request = (fields: string): string => `workload:\n  - requests:\n    - { class: high, outputTokens: 5, ${fields} }\n`;
const generate = (fields: string): string =>
  `workload:\n  - generate: { class: high, count: 9, arrivals: { process: poisson, rate: 2 }, outputTokens: 5, ${fields} }\n`;

const FIELDS: readonly Case[] = [
  ['out-of-range', 'engine.maxBatchSize must be at least 1 (found 0)', 'most requests in a step', 'engine:\n  maxBatchSize: ‹0›\n'],
  ['out-of-range', 'engine.maxBatchSize must be at most 1,000,000 (found 2000000)', 'most requests', 'engine: { maxBatchSize: ‹2000000› }\n'],
  ['bad-number', 'engine.maxBatchSize must be a whole number (found 2.5)', 'most requests', 'engine: { maxBatchSize: ‹2.5› }\n'],
  ['bad-number', 'engine.maxBatchSize must be a number (found NaN)', 'most requests', 'engine: { maxBatchSize: ‹.nan› }\n'],
  ['bad-number', 'engine.kvCache.watermark must be a finite number (found Infinity)', 'share', 'engine: { kvCache: { blocks: 9, watermark: ‹.inf› } }\n'],
  ['bad-number', 'engine.maxBatchTokens is too large to be exact', 'most tokens', 'engine: { maxBatchTokens: ‹1e308› }\n'],
  ['wrong-type', 'engine.maxBatchSize must be a number (found "8")', 'write it without quotes: 8', 'engine: { maxBatchSize: ‹"8"› }\n'],
  ['wrong-type', 'engine.chunkedPrefill must be true or false (found "yes")', 'only true and false', 'engine: { chunkedPrefill: ‹yes› }\n'],
  ['wrong-type', 'engine must be a map of keys (found "fast")', 'write engine: { maxBatchSize', 'engine: ‹fast›\n'],
  ['wrong-type', 'engine must be a map of keys (found a list)', 'without a dash', 'engine: ‹[]›\n'],
  ['wrong-type', 'classes must be a map of keys (found a list)', 'without a dash', 'classes:\n  ‹- high›\n'],
  ['wrong-type', 'schedulers must be a list (found "fifo")', 'begin each entry with a dash', 'schedulers: ‹fifo›\n'],
  ['wrong-type', 'name must be text (found 2024)', 'put it in quotes: "2024"', 'name: ‹2024›\n'],
  ['missing-value', 'engine has no value', 'or remove it', '‹engine›:\n'],
  ['missing-value', 'schedulers[1] has no value', 'or remove it', 'schedulers:\n  - fifo\n  ‹-›\n  - priority\n'],
  ['unknown-key', 'unknown key engine.maxBatchsize', 'did you mean maxBatchSize? known keys: ', 'engine:\n  ‹maxBatchsize›: 8\n'],
  ['unknown-key', 'unknown key schedulres', 'did you mean schedulers?', '‹schedulres›: [fifo]\n'],
  ['unknown-key', 'unknown key engine["model:constant"]', 'put a space after the colon: model: constant', 'engine: { ‹model:constant› }\n'],
  ['out-of-range', 'engine.maxBatchSize must be at least 1 (found 0)', 'most requests', 'x-small: &small { maxBatchSize: ‹0› }\nengine: { <<: *small }\n'],
  ['unknown-key', 'unknown key engine["<<"]', 'known keys', 'engine: { ‹"<<"›: { maxBatchSize: 3 } }\n'],
  ['unknown-key', 'unknown key engine.x-common', 'known keys', 'engine: { ‹x-common›: 1 }\n'],
  ['unknown-name', 'engine.batching must be continuous or static (found "statik")', 'did you mean static?', 'engine: { batching: ‹statik› }\n'],
  ['unknown-name', 'engine.stepTime.model is not one of the choices (found "liner")', 'did you mean linear? choices: log-efficiency', 'engine: { stepTime: { model: ‹liner› } }\n'],
  ['unknown-name', 'version must be 1 (found 2)', 'version', 'version: ‹2›\n'],
  ['missing-key', 'engine.stepTime.model is missing', 'model is one of: log-efficiency, constant', 'engine:\n  ‹stepTime›:\n    tokenTime: 5ms\n'],
  ['missing-key', 'engine.kvCache.blocks is missing', 'blocks: usable blocks', 'engine:\n  ‹kvCache›: { blockSize: 16 }\n'],
  ['bad-duration', 'engine.stepTime.tokenTime has no unit (found 50)', 'write a number with a unit: 250us, 50ms', 'engine: { stepTime: { model: constant, tokenTime: ‹50› } }\n'],
  ['bad-duration', 'engine.stepTime.tokenTime has no unit (found "50")', 'write a number with a unit', 'engine: { stepTime: { model: constant, tokenTime: ‹"50"› } }\n'],
  ['bad-duration', 'engine.stepTime.tokenTime must not be negative (found "-5ms")', 'write a number with a unit', 'engine: { stepTime: { model: constant, tokenTime: ‹-5ms› } }\n'],
  ['bad-duration', 'engine.stepTime.tokenTime must be a duration (found "5 sec")', 'write a number with a unit', 'engine: { stepTime: { model: constant, tokenTime: ‹5 sec› } }\n'],
  ['out-of-range', 'classes.high.sla.latency must be longer than 0 (found "0s")', 'most time from arrival', 'classes: { high: { priority: 1, sla: { latency: ‹0s› } } }\n'],
  ['invalid-value', 'rounds to 0 microseconds', 'time of a step', 'engine: { stepTime: { model: constant, tokenTime: ‹1ns› } }\n'],
  ['no-time', 'every coefficient is 0', 'base: 6ms', 'engine: { stepTime: ‹{ model: linear }› }\n'],
  ['bad-name', 'classes["very high"] must be a name', 'begin with a letter', 'classes: { high: { priority: 1 }, ‹very high›: { priority: 2 } }\n'],
  ['bad-name', 'classes.2 must be a name', 'begin with a letter', 'classes: { high: { priority: 1 }, ‹2›: { priority: 2 } }\n'],
  ['bad-name', 'classes.all must not be all', 'all classes together', 'classes: { high: { priority: 1 }, ‹all›: { priority: 2 } }\n'],
  ['bad-name', 'classes.constructor', 'choose another name', 'classes: { high: { priority: 1 }, ‹constructor›: { priority: 2 } }\n'],
  ['bad-name', 'classes.__proto__', 'choose another name', 'classes: { high: { priority: 1 }, ‹__proto__›: { priority: 2 } }\n'],
  ['bad-name', 'classes.prototype', 'choose another name', 'classes: { high: { priority: 1 }, ‹prototype›: { priority: 2 } }\n'],
  ['bad-name', '__proto__', 'choose another name', '‹__proto__›: { seed: 1 }\n'],
  ['invalid-value', 'schedulers[0].name is reserved (found "toString")', 'choose another name', 'schedulers: [{ policy: fifo, name: ‹toString› }]\n'],
  ['invalid-value', 'seed is too large to be exact', 'put it in quotes', 'seed: ‹12345678901234567890›\n'],
  ['wrong-type', 'seed must be text (found true)', 'put it in quotes: "true"', 'seed: ‹true›\n'],
  ['unknown-name', 'schedulers[0] is not one of the choices (found "prioritty")', 'did you mean priority?', 'schedulers: [‹prioritty›]\n'],
  ['unknown-key', 'unknown key schedulers[0].preemt', 'did you mean preempt? known keys: policy, name, preempt', 'schedulers: [{ policy: priority, ‹preemt›: true }]\n'],
  ['out-of-range', 'schedulers needs at least one scheduler', 'policies to compare', 'schedulers: ‹[]›\n'],
  ['duplicate-name', 'schedulers[1]: there is a scheduler priority already', 'name: … }; the first is in line 1', 'schedulers: [priority, ‹{ policy: priority, preempt: true }›]\n'],
  ['unknown-name', 'expect[0].level must be error or warn (found "info")', 'choices: error, warn', 'expect: [{ that: makespan < 5s, level: ‹info› }]\n'],
  ['bad-format', 'baseline.tolerance["latency.p99"] must be an amount (found "a lot")', 'such as 5% or 2ms', 'baseline: { tolerance: { latency.p99: ‹a lot› } }\n'],
  ['duplicate-key', 'engine is given twice', 'the first is in line 1', 'engine: {}\nseed: 1\n‹engine›: {}\n'],
  ['duplicate-key', 'classes.high.priority is given twice', 'the first is in line 1', 'classes: { high: { priority: 1, ‹priority›: 1 } }\n'],
];

const WORKLOADS: readonly Case[] = [
  ['missing-key', 'workload is missing', 'where requests come from', '‹seed: 1›\n'],
  ['out-of-range', 'workload needs at least one source', 'where requests come from', 'workload: ‹[]›\n'],
  ['unknown-key', 'unknown key workload[0].genrate', 'did you mean generate? known keys: requests, generate, trace', 'workload:\n  - ‹genrate›: {}\n'],
  ['unknown-name', 'workload[0].requests[0].class: there is no class "hgih"', 'did you mean high? classes: high, medium, low', 'workload:\n  - requests:\n    - { class: ‹hgih›, outputTokens: 5 }\n'],
  ['bad-name', 'classes.constructor', 'choose another name', 'classes: { high: { priority: 1 }, ‹constructor›: { priority: 2 } }\nworkload:\n  - requests: [{ class: constructor, outputTokens: 5 }]\n'],
  ['unknown-name', 'there is no class "lo"', 'did you mean low?', 'workload:\n  - generate: { class: { high: 1, ‹lo›: 2 }, count: 9, arrivals: { process: poisson, rate: 2 }, outputTokens: 5 }\n'],
  ['missing-key', 'workload[0].requests[0].outputTokens is missing', 'tokens of the output', 'workload:\n  - requests:\n    - ‹{ class: high }›\n'],
  ['bad-duration', 'workload[0].requests[0].at must not be negative', 'write a number', request('at: ‹-1s›')],
  ['out-of-range', 'is longer than virtual time can hold', 'when it arrives', request('at: ‹1e308s›')],
  ['out-of-range', 'workload[0].generate.count must be at most 100,000,000 (found 1000000000000)', 'requests to generate', 'workload:\n  - generate:\n      class: high\n      count: ‹1000000000000›\n      arrivals: { process: poisson, rate: 2 }\n      outputTokens: 5\n'],
  ['unknown-name', 'arrivals.process is not one of the choices (found "poison")', 'did you mean poisson?', 'workload:\n  - generate: { class: high, count: 9, arrivals: { process: ‹poison›, rate: 2 }, outputTokens: 5 }\n'],
  ['missing-key', 'promptTokens.cv is missing', 'cv', 'workload:\n  - generate: { class: high, count: 9, arrivals: { process: poisson, rate: 2 }, ‹promptTokens›: { distribution: lognormal, mean: 9 }, outputTokens: 5 }\n'],
  ['invalid-value', 'arrivals needs either rate or load', 'when requests arrive', 'workload:\n  - generate: { class: high, count: 9, arrivals: ‹{ process: poisson }›, outputTokens: 5 }\n'],
  ['unknown-name', 'promptTokens.distribution is not one of the choices (found "log-normal")', 'did you mean lognormal?', generate('promptTokens: { distribution: ‹log-normal›, mean: 4, cv: 1 }')],
  ['wrong-type', 'promptTokens must be a number (found "many")', 'tokens of the prompt', generate('promptTokens: ‹many›')],
  ['wrong-type', 'workload[0].generate.tenant must be text (found a list)', 'a tenant, or tenants with shares', generate('tenant: ‹[a, b]›')],
  ['bad-name', 'workload[0].generate.tenant.constructor', 'choose another name', generate('tenant: { a: 1, ‹constructor›: 2 }')],
  ['invalid-value', 'workload[0].requests[0] needs a class', 'high, medium, low', 'workload:\n  - requests:\n    - ‹{ outputTokens: 5 }›\n'],
];

describe('a fault of a field', () => {
  it.each(FIELDS)('%s: %s', (code, message, help, marked) => {
    const fault = onlyFault(marked + WORKLOAD);
    expect(fault).toMatchObject({ code, message: expect.stringContaining(message), help: expect.stringContaining(help), file: 'scenario.yaml' });
    expect(fault.sourceLine).toBe(marked.replace(/[‹›]/g, '').split('\n')[fault.line! - 1]);
  });
});

describe('a fault of the workload', () => {
  it.each(WORKLOADS)('%s: %s', (code, message, help, marked) => {
    expect(onlyFault(marked)).toMatchObject({ code, message: expect.stringContaining(message), help: expect.stringContaining(help) });
  });

  it('an id that is given twice is told at the second, with the line of the first', () => {
    const fault = onlyFault('workload:\n  - requests:\n    - { id: a, class: high, outputTokens: 5 }\n    - { id: ‹a›, class: low, outputTokens: 5 }\n');
    expect(fault).toMatchObject({ code: 'duplicate-id', help: 'the first is in line 3' });
    expect(fault.message).toBe('workload[0].requests[1].id: the id "a" is taken by workload[0].requests[0]');
  });
});

describe('all faults are told at once', () => {
  const text = [
    'engine:',
    '  maxBatchSize: 0',
    '  bogus: 1',
    '  maxbatchsize: 3',
    'workload:',
    '  - requests:',
    '    - { id: a, class: hihg, outputTokens: 5 }',
    '    - { id: a, class: low, outputTokens: -5 }',
    '    - { class: lw, at: 5, output: 5 }',
    'schedulers: [fifo, fifo, nope]',
    'schedulers: [fifo, fifo, nope]',
    'classes: { high: { priority: x }, low: { priority: 2 } }',
  ].join('\n');

  it('of keys, values, references and combinations, in the order of the file', () => {
    expect(diagnose(text).map(({ line, code }) => `${line} ${code}`)).toEqual([
      '2 out-of-range', '3 unknown-key', '4 unknown-key',
      '7 unknown-name', '8 duplicate-id', '8 out-of-range', '9 missing-key', '9 unknown-name', '9 bad-duration', '9 unknown-key',
      '11 duplicate-key', '11 duplicate-name', '11 unknown-name', '12 wrong-type',
    ]);
  });

  it('up to 50 of a file; the rest are counted', () => {
    const many = Array.from({ length: 70 }, (_, i) => `bogus${i}: 1\n`).join('');
    const found = diagnose(many + WORKLOAD);
    expect(found).toHaveLength(51);
    expect(found[0]!.message).toBe('unknown key bogus0');
    expect(found[50]).toMatchObject({ code: 'more', message: 'and 20 more' });
  });
});

describe('what is allowed but hardly meant is a warning', () => {
  it.each([
    ['engine.maxBatchTokens is less than maxBatchSize (8)', 'engine: { maxBatchTokens: ‹4› }\n'],
    ['engine.longPrefillThreshold never takes effect', 'engine: { maxBatchTokens: 64, longPrefillThreshold: ‹65› }\n'],
    ['classes.high.sla.ttft never decides', 'classes: { high: { priority: 1, sla: { latency: 1s, ttft: ‹2s› } } }\n'],
    ['engine.kvCache.blocks hold 32 tokens', 'engine: { maxModelLength: 64, kvCache: { blocks: ‹2› } }\n'],
  ])('%s', (message, marked) => {
    const fault = onlyFault(marked + WORKLOAD);
    expect(fault).toMatchObject({ severity: 'warning', code: 'pointless', message: expect.stringContaining(message) });
  });
});
