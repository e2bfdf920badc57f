/** Cards and models on the command line: named, shown, checked, fitted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRun, requestsJsonl } from '../experiments/runs.ts';
import { workspace, type Workspace } from './sched.ts';

const CONFIG = { hidden_size: 4096, intermediate_size: 14336, num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8, vocab_size: 128256, hidden_act: 'silu' };

const scenario = (model: string) => `
engine: { preset: vllm, hardware: h200, model: ${model}, price: 4 }
workload: [{ generate: { count: 200, class: high, arrivals: { process: gamma, cv: 2, load: 0.7 }, promptTokens: 300, outputTokens: 40 } }]
expect: [ "fifo.costPerMillionTokens < 100", "fifo.engine.offeredLoad <= 0.71", "fifo.engine.offeredLoad >= 0.69" ]
`;

let at: Workspace;

beforeAll(() => {
  at = workspace();
  at.write('named.yaml', scenario('llama-3.1-8b'));
  at.write('file.yaml', scenario('./config.json'));
  at.write('gone.yaml', scenario('gone.json'));
  at.write('moe.yaml', scenario('moe.json'));
  at.write('config.json', JSON.stringify(CONFIG));
  at.write('moe.json', JSON.stringify({ ...CONFIG, num_local_experts: 8 }));
  const { measured } = makeRun({
    seed: 'command', count: 60, rate: 8, coefficients: { base: 9000, perSequence: 12, perPrefillToken: 60, perContextToken: 0.1 },
    engine: { maxBatchSize: 24, maxBatchTokens: 1024 }, settings: {},
  });
  at.write('requests.jsonl', requestsJsonl(measured));
  at.write('meta.json', JSON.stringify({ engine_kwargs: { max_num_seqs: 24, max_num_batched_tokens: 1024, async_scheduling: false } }));
});
afterAll(() => at.remove());

const digestsOf = (file: string) => {
  const { scenario: { digest }, runs } = JSON.parse(at.sched(['simulate', file, '--format', 'json']).out);
  return [digest, ...runs.map(({ outcomeDigest }: { outcomeDigest: string }) => outcomeDigest)];
};

describe('a model', () => {
  it('is the same by name, by its config.json, and shown', () => {
    const { code, out, err } = at.sched(['show', 'file.yaml']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('base: 5.074378904ms');
    at.write('shown.yaml', out);
    const named = digestsOf('named.yaml');
    expect(digestsOf('file.yaml')).toEqual(named);
    expect(digestsOf('shown.yaml')).toEqual(named);
  });

  it.each([
    ['gone.yaml', /engine.model: names a file that does not exist/],
    ['moe.yaml', /engine.model: names a file that is a mixture of experts[^\n]*\n[^\n]*\n[^\n]*\n *= help: measure a run of it and calibrate instead/],
  ])('that cannot be estimated is refused: %s', (file, message) => {
    const { code, err } = at.sched(['validate', file]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('sched check', () => {
  it('judges cost and load, and warns that it judges an estimate', () => {
    const { code, out, err } = at.sched(['check', 'named.yaml']);
    expect(code).toBe(0);
    expect(out + err).toMatch(/warning: the engine is estimated from h200 and llama-3.1-8b, not calibrated: a threshold near the limit judges the estimate/);
  });
});

describe('sched workload', () => {
  it('says what a load comes to', () => {
    expect(at.sched(['workload', 'named.yaml']).out).toMatch(/a load of 0\.\d+ is [\d.]+ \/s on this engine/);
  });
});

describe('sched calibrate --hardware --model', () => {
  it('writes a block with the efficiencies that it found', () => {
    const { code, out } = at.sched(['calibrate', 'requests.jsonl', '--hardware', 'RTX 4090', '--model', 'config.json', '--format', 'yaml']);
    expect(code).toBe(0);
    expect(out).toMatch(/hardware: rtx-4090\n {2}model: config.json\n {2}efficiency: \{ bandwidth: 0.9, compute: [\d.]+, perLayer: [\d.]+[mnu]s, fittedTo: \S+ \}/);
    expect(out).not.toContain('stepTime');
  });

  it.each([
    [['--hardware', 'h200'], '--hardware and --model go together'],
    [['--cards', '2'], '--cards and --dtype say more of --hardware and --model'],
    [['--hardware', 'h2', '--model', 'moe.json'], '--hardware is no card that is known by name'],
  ])('%j is refused', (flags, message) => {
    const { code, err } = at.sched(['calibrate', 'requests.jsonl', ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('sched list', () => {
  it.each([['hardware', 'rtx-pro-6000', 'datasheet'], ['models', 'llama-3.1-8b', 'https://huggingface.co/meta-llama/Llama-3.1-8B']])('%s, with sources', (kind, name, source) => {
    const { out } = at.sched(['list', kind]);
    expect(out).toContain(name);
    expect(out).toContain(source);
  });
});
