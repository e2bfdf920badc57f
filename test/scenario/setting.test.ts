/** Settings from outside: which path they lead to, what they leave alone, and where a fault of theirs is shown. */
import { describe, expect, it } from 'vitest';
import { type LoadedScenario, loadScenario, type RefusedScenario } from '../../src/scenario/load.ts';
import { revised } from '../../src/scenario/revise.ts';
import { parseSetting } from '../../src/scenario/setting.ts';

const TEXT = `
engine: { maxBatchSize: 4 }
workload:
  - generate: { name: chat, duration: 10s, arrivals: { process: poisson, rate: 4 }, class: high, outputTokens: 10 }
  - generate: { count: 5, arrivals: { process: burst, size: 5, interval: 3s }, class: low, outputTokens: { distribution: uniform, min: 1, max: 3 } }
  - requests: [{ at: 3s, class: low, outputTokens: 2 }]
schedulers: [fifo, priority, { policy: priority, name: eager, preempt: true }]
`;

function load(text = TEXT): LoadedScenario {
  const loaded = loadScenario(text, 'x.yaml');
  if (!('scenario' in loaded)) throw new Error(loaded.faults[0]!.message);
  return loaded;
}

function set(...texts: string[]): LoadedScenario | RefusedScenario {
  return revised(load(), texts.map((text) => {
    const read = parseSetting(text);
    if ('fault' in read) throw new Error(read.fault.message);
    return read.value;
  }));
}

function scenarioWith(...texts: string[]) {
  const found = set(...texts);
  if (!('scenario' in found)) throw new Error(found.faults.map(({ message }) => message).join('; '));
  return found.scenario;
}

/** The same scenario written with the value in its file. */
function written(from: string, to: string) {
  expect(TEXT).toContain(from);
  return load(TEXT.replace(from, to)).scenario;
}

const faultOf = (...texts: string[]) => {
  const found = set(...texts);
  if ('scenario' in found) throw new Error('it was accepted');
  return found.faults[0]!;
};

describe('a setting is as if the file said so', () => {
  it.each([
    ['engine.maxBatchSize=8', 'maxBatchSize: 4', 'maxBatchSize: 8'],
    ['workload.0.generate.arrivals.rate=5', 'rate: 4', 'rate: 5'],
    ['workload[0].generate.arrivals.rate=5', 'rate: 4', 'rate: 5'],
    ['workload.chat.generate.arrivals.rate=5', 'rate: 4', 'rate: 5'],
    ['workload.1.generate.outputTokens=7', '{ distribution: uniform, min: 1, max: 3 }', '7'],
    ['workload.1.generate.outputTokens.max=9', 'max: 3', 'max: 9'],
    ['workload.chat.generate.arrivals={ process: constant, interval: 1s }', '{ process: poisson, rate: 4 }', '{ process: constant, interval: 1s }'],
    ['schedulers.eager.preempt=false', 'preempt: true', 'preempt: false'],
    ['schedulers.0=priority', '[fifo, priority,', '[priority, { policy: priority, name: other },'],
    ['schedulers.fifo.name=first', '[fifo,', '[{ policy: fifo, name: first },'],
    ['engine.kvCache.blocks=100', 'maxBatchSize: 4 }', 'maxBatchSize: 4, kvCache: { blocks: 100 } }'],
    ['engine.maxBatchSize=null', 'maxBatchSize: 4', ''],
    ['seed=7', 'engine:', 'seed: 7\nengine:'],
    ['workload.2.requests.0.at=1s', 'at: 3s', 'at: 1s'],
  ])('%s', (text, from, to) => {
    const more = text.startsWith('schedulers.0=') ? ['schedulers.1.name=other'] : [];
    expect(scenarioWith(text, ...more)).toEqual(written(from, to));
  });

  it('and the last of several holds', () => {
    expect(scenarioWith('engine.maxBatchSize=2', 'engine.maxBatchSize=6').engine.maxBatchSize).toBe(6);
  });

  it('and what was loaded stays as it was', () => {
    const loaded = load();
    const before = structuredClone(loaded.document);
    revised(loaded, [{ text: 'engine.maxBatchSize=9', names: ['engine', 'maxBatchSize'], value: 9 }]);
    expect(loaded.document).toEqual(before);
    expect(loaded.scenario.engine.maxBatchSize).toBe(4);
  });
});

describe('load', () => {
  it('times rates and divides gaps', () => {
    const { sources: [chat, burst, listed] } = scenarioWith('load=2');
    expect(chat).toMatchObject({ generate: { arrivals: { process: 'poisson', rate: 8 }, duration: 10_000_000 } });
    expect(burst).toMatchObject({ generate: { arrivals: { process: 'burst', size: 5, interval: 1_500_000 } } });
    expect(listed).toMatchObject({ requests: [{ at: 1_500_000 }] });
  });

  it('of 1 changes nothing', () => {
    expect(scenarioWith('load=1').sources).toEqual(load().scenario.sources);
  });

  it('multiplies with what else is set', () => {
    expect(scenarioWith('workload.chat.generate.arrivals.rate=3', 'load=2').sources[0]).toMatchObject({ generate: { arrivals: { rate: 6 } } });
  });

  it.each(['load=0', 'load=-1', 'load=fast', 'load=1e9'])('%s is refused', (text) => {
    expect(faultOf(text)).toMatchObject({ file: '--set', sourceLine: text });
  });
});

describe('a fault is shown in the setting that has it', () => {
  it.each([
    ['engine.maxBatchSiz=8', /did you mean maxBatchSize/],
    ['engin.maxBatchSize=8', /did you mean engine/],
    ['workload.chatt.generate.arrivals.rate=8', /did you mean chat/],
    ['workload.chat.generate.arrivals.rat=8', /rate/],
    ['workload.7.generate.count=8', /chat/],
    ['schedulers.egaer.preempt=true', /did you mean eager/],
    ['workload.chat.generate.outputTokens.mean=8', /set all of it/],
  ])('%s', (text, help) => {
    const fault = faultOf(text);
    expect(fault).toMatchObject({ file: '--set', sourceLine: text });
    expect(`${fault.message} ${fault.help}`).toMatch(help);
  });

  it('whatever the value is', () => {
    expect(faultOf('engine.maxBatchSize=0')).toMatchObject({ file: '--set' });
    expect(faultOf('workload.chat.generate.class=hihg').help).toMatch(/did you mean high/);
  });

  it('and in the file what only comes to light through it', () => {
    const found = revised(load(), [{ text: 'classes={ only: { priority: 1 } }', names: ['classes'], value: { only: { priority: 1 } } }]);
    if ('scenario' in found) throw new Error('it was accepted');
    expect(found.faults.map(({ file }) => file)).toEqual(['x.yaml', 'x.yaml', 'x.yaml']);
  });

  it.each(['__proto__.x=1', 'engine.__proto__.maxBatchSize=3', 'constructor=1', 'workload.0.__proto__.x=1'])('%s reaches no prototype', (text) => {
    expect(faultOf(text)).toBeDefined();
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('a setting that cannot be read', () => {
  it.each(['engine', '=4', '.a=1', 'a..b=1', 'a.=1', 'engine.maxBatchSize=', 'a=[1', '"a=1'])('%s', (text) => {
    expect(parseSetting(text)).toHaveProperty('fault');
  });
});
