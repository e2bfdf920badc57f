/** `sched show`: everything filled in, and the same scenario. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, type LoadedScenario } from '../../src/scenario/load.ts';
import { shownScenario, shownYaml } from '../../src/scenario/shown.ts';

const SCENARIOS = join(import.meta.dirname, '../../scenarios');

function load(text: string, file = 's.yaml'): LoadedScenario {
  const loaded = loadScenario(text, file);
  if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
  return loaded;
}

const TEXTS: readonly (readonly [string, string])[] = [
  ...readdirSync(SCENARIOS).filter((file) => file.endsWith('.yaml')).map((file) => [file, readFileSync(join(SCENARIOS, file), 'utf8')] as const),
  ['hardware', `
engine: { preset: vllm-large, hardware: { card: rtx-pro-6000, count: 2 }, model: qwen3-32b, efficiency: { compute: 0.7 }, kvCache: { watermark: 1% } }
workload: [ { generate: { count: 3, class: high, arrivals: { process: poisson, load: 80% }, outputTokens: 5 } } ]
`],
  ['next to nothing', 'workload: [ { requests: [ { class: high, outputTokens: 1, prompt: "evil \\e[2J # : - \\n x" } ] } ]\n'],
  ['numbers that are names', `
classes: { "no": { priority: 1 }, "null": { priority: 2 }, y: { priority: 3 } }
workload: [ { requests: [ { id: 007, class: "null", outputTokens: 1, tenant: "null" }, { id: "1e3", class: "no", outputTokens: 1, tenant: 3 } ] } ]
`],
  ['anchors', 'classes: { a: { priority: 1, sla: &sla { latency: 1s } }, b: { priority: 2, sla: *sla } }\nworkload: [ { requests: [ { class: a, outputTokens: 1, sla: *sla } ] } ]\n'],
];

describe.each(TEXTS)('%s', (name, text) => {
  const loaded = load(text, `${name}.yaml`);

  it('is the same scenario when it is shown, and shows the same again', () => {
    const yaml = shownYaml(loaded);
    const again = load(yaml, 'elsewhere.yaml');
    expect({ ...again.scenario, file: null }).toEqual({ ...loaded.scenario, file: null });
    expect(shownYaml(again)).toBe(yaml);
    expect({ ...load(JSON.stringify(shownScenario(loaded)), 'x.json').scenario, file: null }).toEqual({ ...loaded.scenario, file: null });
  });
});

describe('what is shown', () => {
  it('has preset, hardware and defaults as plain values, and still says that they are estimated', () => {
    const { engine, schedulers, seed, name } = shownScenario(load(TEXTS.find(([each]) => each === 'hardware')![1], 'mine.yaml')) as Record<string, never>;
    expect([seed, name]).toEqual(['0', 'mine']);
    expect(engine).toMatchObject({
      maxBatchSize: 1024, stepTime: { model: 'linear' }, kvCache: { blockSize: 16, watermark: '1%' },
      estimated: { hardware: '2 x rtx-pro-6000', model: 'qwen3-32b', cards: 2 },
    });
    expect(Object.keys(engine)).not.toContain('hardware');
    expect(schedulers).toMatchObject([{ policy: 'fifo' }, { policy: 'priority', preempt: false }]);
  });
});
