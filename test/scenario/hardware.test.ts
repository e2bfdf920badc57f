/** Hardware and model in a scenario file: loaded, or refused where they stand. */
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';

const REST = 'classes: { only: { priority: 1 } }\nworkload: [{ generate: { count: 5, arrivals: { process: poisson, rate: 5 }, promptTokens: 10, outputTokens: 10 } }]\n';

const load = (engine: string, modelFile?: NonNullable<Parameters<typeof loadScenario>[2]>['modelFile']) => loadScenario(`engine: { ${engine} }\n${REST}`, 's.yaml', { modelFile });

describe('engine.hardware', () => {
  it('stands for a step time and KV blocks', () => {
    expect(load('preset: vllm-large, hardware: h200, model: llama-3.1-8b')).toMatchObject({
      scenario: { engine: { stepTime: { model: 'linear' }, kvCache: { blocks: 56_121 }, estimated: { hardware: 'h200', model: 'llama-3.1-8b' } } },
    });
  });

  it('is refused where it stands, with the nearest name, beside every other fault', () => {
    const { faults } = load('hardware: h20, model: lama-3.1-8b, efficiency: 2, maxBatchSize: 0') as { faults: unknown[] };
    expect(faults).toMatchObject([
      { code: 'unknown-name', line: 1, column: 21, help: expect.stringMatching(/^did you mean h200\? cards: h100, h200/) },
      { code: 'unknown-name', line: 1, column: 33, help: expect.stringMatching(/^did you mean llama-3.1-8b\? models: /) },
      { message: expect.stringMatching(/^engine.efficiency must be 1 or a map/) },
      { message: 'engine.maxBatchSize must be at least 1 (found 0)' },
    ]);
  });

  it.each([
    ['efficiency: 2', /^engine.efficiency must be 1 or a map/],
    ['efficiency: { compute: -1 }', /^engine.efficiency.compute must be greater than 0/],
    ['memoryUtilization: 90', /^engine.memoryUtilization must be at most 1/],
    ['dtype: int4', /^engine.dtype must be bf16 or fp8/],
  ])('with %s, which is wrong, is not estimated without it', (entry, message) => {
    expect(load(`preset: vllm, hardware: h200, model: llama-3.1-8b, ${entry}`)).toMatchObject({ faults: [{ message: expect.stringMatching(message) }] });
  });

  it('is told to say how large a batch is, where nothing does', () => {
    const loaded = load('hardware: h200, model: llama-3.1-8b');
    expect(loaded).toMatchObject({ scenario: { engine: { maxBatchSize: 8 } }, warnings: [{ code: 'no-batch', line: 1, column: 21 }] });
    for (const said of ['maxBatchSize: 8', 'preset: vllm']) expect(load(`${said}, hardware: h200, model: llama-3.1-8b`)).toMatchObject({ warnings: [] });
  });

  it('asks for the file that its model names, and goes on with it', () => {
    const engine = 'hardware: h200, model: ./config.json';
    expect(load(engine)).toMatchObject({ modelFile: './config.json', faults: [{ code: 'no-estimate' }] });
    expect(load(engine, { fault: 'does not exist' })).toMatchObject({ faults: [{ message: 'engine.model: names a file that does not exist' }] });
    const text = JSON.stringify({ hidden_size: 64, intermediate_size: 64, num_attention_heads: 1, num_hidden_layers: 2, vocab_size: 100 });
    expect(load(engine, { text })).toMatchObject({ scenario: { engine: { estimated: { model: './config.json' } } } });
  });

  it.each([
    ['hardware: { card: h200, memory: 141 }, model: qwen3-8b', 'engine.hardware.memory has no unit (found 141)'],
    ['hardware: { card: h200, bandwidth: 400Gb/s }, model: qwen3-8b', 'engine.hardware.bandwidth must be an amount with a unit (found "400Gb/s")'],
    ['hardware: l4, model: qwen3-32b', 'engine.model has 65.52 GB of weights in bf16, which leave no room for KV blocks: the card (l4) has 21.29 GB to use (0.9 of 23.65 GB)'],
    ['hardware: l4', 'engine.hardware needs model beside it'],
  ])('%s', (engine, message) => {
    expect(load(engine)).toMatchObject({ faults: [{ message, file: 's.yaml', line: 1 }] });
  });
});
