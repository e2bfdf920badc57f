/** The five formulas against sums done by hand, and the tables against what others count. */
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/engine/hardware/card.ts';
import { CARDS } from '../../../src/engine/hardware/cards.ts';
import { estimateBlocks, estimateStep, type Server } from '../../../src/engine/hardware/estimate.ts';
import { headWeights, kvBytesPerToken, parameters } from '../../../src/engine/hardware/model-shape.ts';
import { MODELS } from '../../../src/engine/hardware/models.ts';

const model = (name: string) => MODELS.find((each) => each.name === name)!;
const card = (name: string) => CARDS.find((each) => each.name === name)!;
const DEFAULTS = { bandwidth: 0.9, compute: 0.65, perLayer: 50 };

describe('Llama-3.1-8B by hand', () => {
  it('has 6,979,321,856 weights in its layers, 525,336,576 in its head, and 131,072 bytes of keys and values per token', () => {
    // 32 x (2 x 4096 x 4096 + 2 x 4096 x 1024 + 3 x 4096 x 14336); 4096 x 128256; 2 x 32 x 8 x 128 x 2 bytes.
    expect(model('llama-3.1-8b').body).toBe(6_979_321_856);
    expect(headWeights(model('llama-3.1-8b'))).toBe(525_336_576);
    expect(kvBytesPerToken(model('llama-3.1-8b'), 1)).toBe(131_072);
    expect(parameters(model('llama-3.1-8b'))).toBe(8_029_995_008);
  });

  it('on an H200 at the default efficiencies', () => {
    const step = estimateStep({ card: card('h200'), count: 1, model: model('llama-3.1-8b'), dtype: 'bf16', efficiency: DEFAULTS });
    // 2 bytes x 7,504,658,432 / 4,320,000 bytes per us + 50 us x 32; F = 0.65 x 989.4 TFLOP/s = 643,110,000 per us.
    expect(step.base).toBeCloseTo(15_009_316_864 / 4_320_000 + 1600, 6);
    expect(step.base).toBeCloseTo(5074.3789, 4);
    expect(step.perToken).toBeCloseTo(21.7049, 4);
    expect(step.perSequence).toBeCloseTo(1.63374, 5);
    expect(step.perContextToken).toBeCloseTo(0.0303407, 7);
  });

  it('leaves an RTX 4090 within 3 % of the 2,588 blocks that vLLM 0.19 had there', () => {
    // (0.9 x 25,250,627,584 - 16,059,990,016 - 1,342,177,280) / (16 x 131,072) = 2538.3
    const blocks = estimateBlocks({ card: card('rtx-4090'), count: 1, model: model('llama-3.1-8b'), dtype: 'bf16' }, 0.9, 16);
    expect(blocks).toBe(2538);
    expect(Math.abs(blocks / 2588 - 1)).toBeLessThan(0.03);
  });
});

describe('several cards', () => {
  const one: Card = { name: 'c', summary: '', memory: 100e9, bandwidth: 2e12, flops: { bf16: 500e12 }, link: { bandwidth: 100e9, latency: 10 }, source: '' };
  const server = (count: number): Server => ({ card: one, count, model: model('qwen3-32b'), dtype: 'bf16', efficiency: { bandwidth: 0.5, compute: 0.5, perLayer: 0 } });

  it('share weights, products and keys and values, and pay two all-reduces a layer', () => {
    const [alone, two] = [estimateStep(server(1)), estimateStep(server(2))];
    // 2 x 64 layers x 10 us; 2 x 64 x 5120 x 2 bytes x 2 x 1/2 / 100,000 bytes per us.
    expect(two.base).toBeCloseTo(alone.base / 2 + 1280, 6);
    expect(two.perToken).toBeCloseTo(alone.perToken / 2 + 13.1072, 6);
    expect(two.perSequence).toBeCloseTo(alone.perSequence / 2, 9);
    expect(two.perContextToken).toBeCloseTo(alone.perContextToken / 2, 9);
    // One card: 2 x (31,205,621,760 + 777,912,320) bytes over 1,000,000 bytes per us.
    expect(alone.base).toBeCloseTo(63_967.06816, 5);
  });

  it('keep at least one head of keys and values each', () => {
    expect(kvBytesPerToken(model('qwen3-32b'), 8)).toBe(kvBytesPerToken(model('qwen3-32b'), 16));
  });
});

describe('Llama-3.3-70B in FP8 on two H100', () => {
  it('decodes one request in 17.3 ms a token and reads 1,000 tokens in 78 ms', () => {
    const h100 = { ...card('h100'), bandwidth: 3.35e12, link: { bandwidth: 360e9, latency: 10 } };
    const step = estimateStep({ card: h100, count: 2, model: model('llama-3.1-70b'), dtype: 'fp8', efficiency: DEFAULTS });
    expect((step.base + step.perToken + step.perSequence + 1500 * step.perContextToken) / 1000).toBeCloseTo(17.3, 1);
    expect((step.base + 1000 * step.perToken + step.perSequence + 1000 * step.perContextToken) / 1000).toBeCloseTo(77.8, 0);
  });
});

describe('the tables', () => {
  // Counts of the weights that Hugging Face shows for the repositories, norms and biases included.
  it.each([
    ['llama-3.1-8b', 8_030_261_248], ['llama-3.1-70b', 70_553_706_496], ['qwen2.5-7b', 7_615_616_512], ['qwen3-8b', 8_190_735_360],
    ['qwen3-32b', 32_762_123_264], ['mistral-7b-v0.3', 7_248_023_552], ['mistral-nemo-12b', 12_247_782_400],
  ])('%s has the weights that its repository counts, but for norms and biases', (name, counted) => {
    const missing = counted - parameters(model(name));
    expect(missing).toBeGreaterThan(0);
    expect(missing / counted).toBeLessThan(1e-4);
  });

  it.each(CARDS.map((each) => [each.name, each] as const))('%s: plain figures of one card, with their source', (_name, { memory, bandwidth, flops, link, source }) => {
    expect(memory).toBeGreaterThan(20e9);
    expect(memory).toBeLessThan(210e9);
    expect(flops.bf16! / bandwidth).toBeGreaterThan(100);
    expect(flops.bf16! / bandwidth).toBeLessThan(450);
    if (flops.fp8 !== undefined) expect(flops.fp8 / flops.bf16!).toBeCloseTo(2, 1);
    expect(link.bandwidth).toBeLessThan(bandwidth);
    expect(source).not.toBe('');
  });

  it('have no two names that are one when written differently', () => {
    for (const list of [CARDS, MODELS]) expect(new Set(list.map(({ name }) => name.replaceAll('-', ''))).size).toBe(list.length);
  });
});
