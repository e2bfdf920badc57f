/** sched workload: traces by themselves, requests written down and replayed, a synthetic twin. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { workspace } from './sched.ts';

const at = workspace();
afterAll(() => at.remove());

const GENERATED = `seed: 5
engine: { maxBatchSize: 4, stepTime: { model: linear, base: 5ms, perSequence: 1ms } }
classes: { high: { priority: 1, sla: { latency: 2s } }, low: { priority: 2 } }
workload:
  - requests: [{ id: first, class: low, outputTokens: 3, tenant: z, sla: { ttft: 333us } }, { class: high, outputTokens: 1, at: 77us, sla: { latency: 1.000001s } }]
  - generate: { name: g, count: 300, start: 1.234567s, arrivals: { process: gamma, rate: 30, cv: 2 }, class: { high: 1, low: 2 }, tenant: { a: 1, b: 1 }, promptTokens: { distribution: lognormal, mean: 50, cv: 1 }, outputTokens: { distribution: geometric, mean: 9 } }
`;
const frozen = (file: string) => GENERATED.replace(/workload:[\s\S]*/, `workload: [ trace: { file: ${file} } ]\n`);
const digests = (file: string) => {
  const { code, out, err } = at.sched(['simulate', file, '--format', 'json']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const { scenario, runs } = JSON.parse(out) as { scenario: { digest: string }; runs: { outcomeDigest: string }[] };
  return [scenario.digest, ...runs.map(({ outcomeDigest }) => outcomeDigest)];
};

describe('what sched writes, it reads', () => {
  at.write('generated.yaml', GENERATED);
  const before = digests('generated.yaml');

  it.each(['csv', 'jsonl', 'yaml'])('requests written as .%s are replayed to the same digests', (extension) => {
    expect(at.sched(['workload', 'generated.yaml', '-q', '-o', `out.${extension}`])).toMatchObject({ code: 0, err: '' });
    if (extension !== 'yaml') at.write('frozen.yaml', frozen(`out.${extension}`));
    expect(digests(extension === 'yaml' ? 'out.yaml' : 'frozen.yaml')).toEqual(before);
  });

  it.each(['csv', 'jsonl'])('so are the rows of --requests as .%s, but for targets of their own', (extension) => {
    at.write('plain.yaml', GENERATED.replaceAll(/, sla: \{ (ttft|latency): [^}]*\} \}(?=[,\]])/g, ' }'));
    const own = digests('plain.yaml');
    expect(at.sched(['simulate', 'plain.yaml', '-q', '--requests', `rows.${extension}`]).code).toBe(0);
    at.write('frozen.yaml', frozen(`rows.${extension}`));
    expect(digests('frozen.yaml')).toEqual(own);
  });
});

describe('a trace by itself', () => {
  it('is told by its content, with its classes', () => {
    at.write('t.tsv', readFileSync(join(import.meta.dirname, '../fixtures/traces/sched-requests.csv'), 'utf8'));
    const { code, out } = at.sched(['workload', 't.tsv', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      requests: 2, span: 0.25, classes: { high: 0.5, low: 0.5 }, tenants: { ann: 0.5, bob: 0.5 },
      source: { file: 't.tsv', format: 'sched', rowsRead: 4, rowsKept: 2, dropped: { 'of another scheduler': 2 } },
    });
  });

  it('is a JSON document, or a scenario in JSON, by what it holds', () => {
    at.write('bench.json', readFileSync(join(import.meta.dirname, '../fixtures/traces/vllm-bench.json'), 'utf8'));
    expect(JSON.parse(at.sched(['workload', 'bench.json', '--format', 'json']).out)).toMatchObject({ source: { format: 'vllm-bench', rowsKept: 2 } });
    at.write('scenario.json', '{"workload": [{"requests": [{"class": "high", "outputTokens": 2}]}]}');
    expect(JSON.parse(at.sched(['workload', 'scenario.json', '--format', 'json']).out)).toMatchObject({ requests: 1, source: { format: null } });
  });

  it('that is at fault is told with its line; strictly, its order as well', () => {
    at.write('bad.csv', 'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46,1,1\n2023-11-16 18:15:45,1,1\n');
    expect(at.sched(['workload', 'bad.csv'])).toMatchObject({ code: 0, out: expect.stringContaining('1 row out of order, the first in line 3') });
    expect(at.sched(['workload', 'bad.csv', '--strict'])).toMatchObject({ code: 2, err: expect.stringMatching(/^bad\.csv:3:1: error: arrives before a row above it/) });
    expect(at.sched(['workload', 'no-such.csv'])).toMatchObject({ code: 2, err: expect.stringMatching(/^no-such\.csv: error: .*does not exist/) });
  });
});

describe('sessions', () => {
  it('are replayed as recorded, and turns that nobody would have asked for yet are counted', () => {
    at.write('sessions.csv', 'arrival,promptTokens,outputTokens,class,session\n0,10,20,high,a\n0.1,10,20,high,a\n9,10,20,high,a\n9.01,10,20,low,b\n');
    at.write('sessions.yaml', 'workload: [ trace: { file: sessions.csv } ]\nschedulers: [fifo]\n');
    expect(at.sched(['simulate', 'sessions.yaml']).out.replaceAll(/\s+/g, ' ')).toContain('fifo: 1 of 2 turns arrive before an earlier one of their session has ended: sessions are replayed as recorded');
  });
});

describe('--fit', () => {
  it('proposes a twin that runs, and says how far it is', () => {
    const { code, out } = at.sched(['workload', 'generated.yaml', '--fit', '-o', 'twin.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('- generate:');
    expect(out).toMatch(/Distance \(Kolmogorov-Smirnov, 0 to 1\): gaps 0\.\d+/);
    expect(out).toContain('Lost: the rank correlation');
    expect(at.sched(['simulate', 'twin.yaml'])).toMatchObject({ code: 0, err: '' });
    const { fit } = JSON.parse(at.sched(['workload', 'generated.yaml', '--fit', '--format', 'json']).out) as { fit: { generate: { count: number }[] } };
    expect(fit.generate.reduce((sum, { count }) => sum + count, 0)).toBe(302);
  });
});
