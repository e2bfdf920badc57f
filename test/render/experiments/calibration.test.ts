/** A fitted engine is written so that it reads back as just the engine that was judged. */
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../src/experiments/calibrate/calibrate.ts';
import { calibrationJson, calibrationTables, calibrationYaml } from '../../../src/render/experiments/calibration.ts';
import { blockEntries } from '../../../src/render/experiments/engine-block.ts';
import { PLAIN } from '../../../src/render/text/style.ts';
import { loadScenario } from '../../../src/scenario/load.ts';
import { makeRun } from '../../experiments/runs.ts';

const PAGE = { columns: 100, style: PLAIN };
const SETTINGS = { maxBatchSize: 24, maxBatchTokens: 1024, asyncScheduling: true, kvBlocks: 680, admission: 'full-length', longPrefillThreshold: 300, maxModelLength: 4096 } as const;
const made = makeRun({
  seed: 'memory', count: 120, rate: 8, coefficients: { base: 9000, perSequence: 120, perPrefillToken: 60, perContextToken: 0.2 },
  engine: { maxBatchSize: 24, maxBatchTokens: 1024, asyncScheduling: true, kvCache: { blocks: 700 }, longPrefillThreshold: 300 }, settings: SETTINGS,
});
const result = await calibrate({ ...made.run, name: 'evil \u001b[2J\nengine: {}', caveats: ['a caveat'] });

describe('the engine block', () => {
  it('loads as the engine that was judged', () => {
    const scenario = `${calibrationYaml([result])}workload: [ { requests: [ { at: 0s, class: high, outputTokens: 1 } ] } ]\n`;
    const loaded = loadScenario(scenario, 'engine.yaml');
    if (!('scenario' in loaded)) throw new Error(loaded.faults.map(({ message }) => message).join('; '));
    expect(loaded.scenario.engine).toEqual(result.engine);
  });

  it('says what it was fitted to, and which setting is no fact', () => {
    const text = calibrationYaml([result]);
    expect(text.split('\n')[0]).toMatch(/^# Fitted by sched calibrate to the run evil .*120 requests/);
    expect(text).toMatch(/# kvCache\.blocks: fitted; the server had 680/);
    expect(text).not.toContain('\u001b');
  });

  it('is in the JSON as a scenario has it', () => {
    const document = JSON.parse(calibrationJson([result]));
    expect(document.engine).toEqual(blockEntries(result));
    expect(Object.keys(document)).toEqual(['schemaVersion', 'run', 'engine', 'settings', 'fit', 'errors']);
    expect(document.fit).toEqual({ requests: 120, on: 120, evaluations: result.evaluations });
  });
});

describe('the comparison', () => {
  it('has the figures of the fit in seconds', () => {
    const { errors } = JSON.parse(calibrationJson([result]));
    expect(Object.keys(errors)).toEqual(['latency', 'ttft', 'queueTime', 'tpot']);
    const { measured, simulated, error } = errors.latency.p90;
    expect(error).toBeCloseTo((simulated - measured) / measured, 5);
    expect(measured).toBeCloseTo(result.errors.latency.p90.measured! / 1e6, 6);
  });

  it('stays within the page, and tells settings, caveats and doubts', () => {
    const bad = { ...result, errors: { ...result.errors, latency: { ...result.errors.latency, p99: { measured: 1e6, simulated: 2e6, error: 1 } } } };
    for (const columns of [60, 100]) {
      const text = calibrationTables([bad], { ...PAGE, columns });
      for (const line of text.split('\n').filter((each) => !each.includes('stepTime'))) expect(line.length).toBeLessThanOrEqual(Math.max(columns, 85));
      const words = text.replace(/\s+/g, ' ');
      for (const part of ['kvCache.blocks', 'is fitted', 'a caveat', '+100.00 %', 'misses latency by up to 100 %', 'queue time', 'TPOT']) expect(words).toContain(part);
    }
  });

  it('of several runs is a list', () => {
    expect(JSON.parse(calibrationJson([result, result])).results).toHaveLength(2);
  });
});
