/** An engine that nobody measured is said to be an estimate, in every form of its results. */
import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../src/jobs/report.ts';
import { compareTables } from '../../../src/render/runs/compare.ts';
import { simulateCsv } from '../../../src/render/runs/csv.ts';
import { compareJson, simulateJson } from '../../../src/render/runs/json.ts';
import { compareMarkdown, simulateMarkdown } from '../../../src/render/runs/markdown.ts';
import { simulateTables } from '../../../src/render/runs/table.ts';
import { PLAIN } from '../../../src/render/text/style.ts';
import { runScenario } from '../../../src/run.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { shownYaml } from '../../../src/scenario/shown.ts';
import { noFiles } from '../../../src/workload/files.ts';

const PAGE = { columns: 100, style: PLAIN };

const load = (engine: string, arrivals = 'process: poisson, rate: 5', text = `engine: { ${engine} }\nworkload: [{ generate: { count: 50, class: high, arrivals: { ${arrivals} }, promptTokens: 100, outputTokens: 20 } }]\n`) => {
  const loaded = loadScenario(text, 's.yaml');
  if (!('scenario' in loaded)) throw new Error(JSON.stringify(loaded.faults));
  return loaded;
};

async function reported(loaded: ReturnType<typeof load>) {
  return [await reportOf(await runScenario(loaded.scenario, { files: noFiles, wanted: { digests: true } }), { digests: true })];
}

const TEXTS = [
  (reports: Awaited<ReturnType<typeof reported>>) => simulateTables(reports, PAGE),
  (reports: Awaited<ReturnType<typeof reported>>) => compareTables(reports, PAGE),
  simulateMarkdown, compareMarkdown, simulateCsv,
];

const plain = (text: string) => text.replace(/\\(.)/g, '$1').replace(/\s+/g, ' ');

describe('an estimated engine', () => {
  it.each([
    ['hardware: h200, model: llama-3.1-8b', 'engine estimated from h200 and llama-3.1-8b, not calibrated: step times may be off by a quarter, queues by more'],
    ['hardware: { card: h200, count: 8 }, model: llama-3.1-70b', 'engine estimated from 8 x h200 and llama-3.1-70b, not calibrated: step times may be off by a factor of two, queues by more'],
    ['hardware: h200, model: llama-3.1-8b, efficiency: 1', 'a bound, estimated from h200 and llama-3.1-8b, not calibrated: all that the datasheet says, which no server reaches'],
    ['hardware: h200, model: llama-3.1-8b, efficiency: { compute: 0.6, fittedTo: fcfs-light }', 'engine estimated from h200 and llama-3.1-8b, its efficiency fitted to the run fcfs-light'],
    ['hardware: h200, model: llama-3.1-8b, kvCache: { blocks: 900 }', 'step time estimated from h200 and llama-3.1-8b, not calibrated: step times may be off by a quarter, queues by more'],
    ['hardware: h200, model: llama-3.1-8b, stepTime: { model: constant, tokenTime: 9ms }', 'KV blocks estimated from h200 and llama-3.1-8b, not calibrated: there may be a tenth more or fewer'],
  ])('%s', async (engine, heading) => {
    const reports = await reported(load(engine));
    for (const text of TEXTS) expect(plain(text(reports))).toContain(heading);
  });

  it('is in the JSON with its figures', async () => {
    const reports = await reported(load('hardware: h200, model: llama-3.1-8b'));
    for (const json of [simulateJson, compareJson]) {
      expect(JSON.parse(json(reports)).scenario).toMatchObject({
        estimated: { hardware: 'h200', model: 'llama-3.1-8b', figures: ['stepTime', 'blocks'], efficiency: { perLayer: '50us' } },
        engine: { stepTime: { model: 'linear', base: '5.074378904ms', perContextToken: '30.34074074ns' }, kvCache: { blocks: 56_121 } },
      });
    }
  });

  it('ends just so when it is shown and run again, and is still said to be one', async () => {
    const named = load('preset: vllm, hardware: h200, model: llama-3.1-8b', 'process: poisson, load: 0.8');
    const [first, second] = [await reported(named), await reported(load('', '', shownYaml(named)))].map(([report]) => JSON.parse(simulateJson([report!])));
    expect({ ...second, scenario: { ...second.scenario, file: null } }).toEqual({ ...first, scenario: { ...first.scenario, file: null } });
  });
});

describe('a measured or made up engine', () => {
  it('is not said to be estimated', async () => {
    const reports = await reported(load('maxBatchSize: 4'));
    for (const text of [...TEXTS, simulateJson]) expect(text(reports)).not.toContain('estimate');
  });
});

describe('a load', () => {
  it('is told as the rate that it comes to', async () => {
    const reports = await reported(load('hardware: h200, model: llama-3.1-8b', 'process: poisson, load: 0.8'));
    const { loads: [{ source, load: asked, rate }] } = JSON.parse(simulateJson(reports)).scenario;
    expect([source, asked]).toEqual(['1', 0.8]);
    for (const text of TEXTS.slice(0, 4)) expect(plain(text(reports))).toContain(`source 1: a load of 0.800 is ${Number(rate).toPrecision(3)}`);
  });
});
