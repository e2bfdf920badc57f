/** Scenarios whose data is not here: of several they are left out and named, and the others are shown. */
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/core/fault.ts';
import { check } from '../../src/jobs/check.ts';
import { loadFiles } from '../../src/jobs/load-files.ts';
import { run } from '../../src/jobs/run.ts';
import { onThisThread, type World } from '../../src/jobs/world.ts';
import { checkJunit } from '../../src/render/check/junit.ts';
import { totalText } from '../../src/render/check/findings.ts';
import { LIMITS } from '../../src/run/limits.ts';
import { noFiles } from '../../src/workload/files.ts';

const TEXTS: Readonly<Record<string, string>> = {
  'here.yaml': 'classes: { c: { priority: 1 } }\nworkload: [ { requests: [ { outputTokens: 5 } ] } ]\nexpect: [ c.completed == 1 ]\n',
  'away.yaml': 'classes: { c: { priority: 1 } }\nworkload: [ { trace: { file: t.csv, origin: "https://example.org/t.csv" } } ]\nexpect: [ c.completed > 1 ]\n',
};

const world: World = {
  files: { read: async (file) => new TextEncoder().encode(TEXTS[file]), readIfPresent: async () => null, beside: () => noFiles, nameBeside: (_, file) => file },
  pool: onThisThread, policies: [], limits: LIMITS, version: '1.2.3',
};

async function checked(files: readonly string[], isFound: boolean) {
  const options = { set: [], replications: null, expect: [], tolerance: [], update: false, requireBaseline: false, allowEmpty: false, debug: false, orphans: [], orphansFail: false, shard: null, bail: false };
  return (await check({ ...options, scenarios: files.map((file) => ({ file, isFound, baseline: null })) }, world)).report;
}

describe('a scenario whose trace is not here', () => {
  it('is left out of a check of a folder, which the others decide', async () => {
    const report = await checked(['away.yaml', 'here.yaml'], true);
    expect(report).toMatchObject({ exitCode: 0, verdict: 'passed', results: [{ file: 'away.yaml', verdict: 'skipped', exitCode: 0 }, { file: 'here.yaml', verdict: 'passed' }] });
    expect(totalText(report)).toBe('2 scenarios: 1 left out, 1 passed');
    expect(checkJunit(report)).toContain('<skipped/>');
  });

  it('is no pass by itself', async () => {
    expect(await checked(['away.yaml'], true)).toMatchObject({ exitCode: 2, verdict: 'empty' });
  });

  it('is an error where it was named', async () => {
    expect(await checked(['away.yaml', 'here.yaml'], false)).toMatchObject({ exitCode: 2, results: [{ verdict: 'invalid' }, { verdict: 'passed' }] });
  });

  it('is left out of runs of several, and refused alone', async () => {
    const scenariosOf = async (...files: string[]) => (await loadFiles(files, world)).scenarios;
    const missing: string[] = [];
    const onMissing = (faults: readonly { message: string }[]) => void missing.push(...faults.map(({ message }) => message));
    const reports = await run({ scenarios: await scenariosOf('away.yaml', 'here.yaml'), wanted: {}, onMissing }, world);
    expect(reports.map(({ name }) => name)).toEqual(['here']);
    expect(missing).toEqual(['workload[0].trace.file: t.csv does not exist']);
    await expect(run({ scenarios: await scenariosOf('away.yaml'), wanted: {}, onMissing }, world)).rejects.toThrow(FaultError);
  });
});
