/** What is said to somebody who writes what is right elsewhere: in another tool, or in another place of the scenario. */
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from '../../src/scenario/examples.ts';
import { loadScenario } from '../../src/scenario/load.ts';

const BASE = {
  engine: 'engine: { maxBatchSize: 8 }',
  classes: 'classes: { chat: { priority: 1 } }',
  workload: 'workload: [{ generate: { count: 3, arrivals: { process: poisson, rate: 1 }, class: chat, outputTokens: 5 } }]',
};

function faultsOf(text: string): readonly { message: string; help?: string | undefined }[] {
  const loaded = loadScenario(text, 'x.yaml');
  return 'scenario' in loaded ? [] : loaded.faults;
}

const helpOf = (over: Partial<typeof BASE>, about: string): string | undefined =>
  faultsOf(Object.values({ ...BASE, ...over }).join('\n')).find(({ message }) => message.includes(about))?.help;

/** Where each example stands. */
const PLACES: Readonly<Record<string, (example: string) => string>> = {
  engine: (example) => Object.values({ ...BASE, engine: `engine: ${example}` }).join('\n'),
  stepTime: (example) => Object.values({ ...BASE, engine: `engine: { stepTime: ${example} }` }).join('\n'),
  points: (example) => Object.values({ ...BASE, engine: `engine: { stepTime: { model: table, points: ${example} } }` }).join('\n'),
  kvCache: (example) => Object.values({ ...BASE, engine: `engine: { kvCache: ${example} }` }).join('\n'),
  classes: (example) => Object.values({ ...BASE, classes: `classes: ${example}` }).join('\n'),
  sla: (example) => Object.values({ ...BASE, classes: `classes: { chat: { priority: 1, sla: ${example} } }` }).join('\n'),
  generate: (example) => Object.values({ ...BASE, workload: `workload: [{ generate: ${example} }]` }).join('\n'),
  arrivals: (example) => Object.values({ ...BASE, workload: `workload: [{ generate: { count: 3, arrivals: ${example}, outputTokens: 5 } }]` }).join('\n'),
  promptTokens: (example) => BASE.workload.replace('outputTokens: 5', `outputTokens: 5, promptTokens: ${example}`) + `\n${BASE.classes}`,
  outputTokens: (example) => BASE.workload.replace('outputTokens: 5', `outputTokens: ${example}`) + `\n${BASE.classes}`,
  trace: (example) => Object.values({ ...BASE, workload: `workload: [{ trace: ${example} }]` }).join('\n'),
  window: (example) => Object.values({ ...BASE, workload: `workload: [{ trace: { file: t.csv, window: ${example} } }]` }).join('\n'),
  baseline: (example) => `${Object.values(BASE).join('\n')}\nbaseline: ${example}`,
  tolerance: (example) => `${Object.values(BASE).join('\n')}\nbaseline: { tolerance: ${example} }`,
};

describe('the examples', () => {
  it.each(Object.entries(EXAMPLES))('%s: %s is right as it stands', (key, example) => {
    expect(faultsOf(PLACES[key]!(example))).toEqual([]);
  });

  it('are shown where something else stands for a map, and where it is missing', () => {
    expect(helpOf({ workload: 'workload: [{ generate: { count: 3, arrivals: poisson, outputTokens: 5 } }]' }, 'arrivals'))
      .toBe('write arrivals: { process: poisson, rate: 5 }');
    expect(helpOf({ workload: 'workload: [{ generate: { count: 3, outputTokens: 5 } }]' }, 'arrivals is missing')).toContain('write arrivals: { process: poisson, rate: 5 }');
    expect(helpOf({ workload: 'workload: [{ trace: t.csv }]' }, 'trace')).toBe('write trace: { file: trace.csv }');
  });
});

describe('a key of another tool', () => {
  it.each([
    ['max_num_seqs', 'maxBatchSize'], ['max-num-seqs', 'maxBatchSize'], ['maxNumSeqs', 'maxBatchSize'], ['max_num_batched_tokens', 'maxBatchTokens'],
    ['gpu_memory_utilization', 'kvCache.blocks'], ['chunked_prefill_size', 'maxBatchTokens'],
  ])('%s leads to %s', (theirs, ours) => {
    expect(helpOf({ engine: `engine: { ${theirs}: 5 }` }, theirs)).toContain(ours);
  });

  it('is led to its place from wherever it stands', () => {
    expect(helpOf({ classes: 'classes: { chat: { priority: 1, slo: 2s } }' }, 'slo')).toMatch(/^write sla: \{/);
    expect(helpOf({ engine: 'engine: { request_rate: 5 }' }, 'request_rate')).toContain('arrivals: { process: poisson');
    expect(helpOf({ classes: 'classes: { chat: { priority: 1, sla: { e2el: 2s } } }' }, 'e2el')).toBe('write latency');
  });
});

describe('a key in the wrong place', () => {
  it('is told where it belongs', () => {
    const workload = 'workload: [{ generate: { count: 3, rate: 5, arrivals: { process: poisson, rate: 1 }, outputTokens: 5 } }]';
    expect(helpOf({ workload }, 'rate')).toBe('rate belongs in arrivals: { …, rate: … }');
  });
});

describe('a time without a unit', () => {
  it.each([['0.5', '500ms'], ['5', '5s'], ['250', '250ms, or 250s'], ['0.025', '25ms']])('%s: did you mean %s?', (written, meant) => {
    expect(helpOf({ classes: `classes: { chat: { priority: 1, sla: { ttft: ${written} } } }` }, 'ttft')).toContain(`did you mean ${meant}? write a number with a unit`);
  });
});
