import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, unlinkSync, watch } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { valueDigest } from '../../src/gate/canonical.ts';
import { checking, type Checking } from './checking.ts';
import { BIN, SIX } from './sched.ts';

let at: Checking;
let check: Checking['check'];
let file: Checking['file'];
beforeEach(() => {
  at = checking();
  ({ check, file } = at);
});
afterEach(() => at.remove());

describe('a baseline', () => {
  it('is written only with --update, in CI and elsewhere, and then holds', () => {
    at.write('six.yaml', SIX);
    for (const CI of ['', 'true']) {
      expect(check(['six.yaml', '--allow-empty'], { CI })).toMatchObject({ code: 0 });
      expect(readdirSync(at.path('.'))).toEqual(['six.yaml']);
    }
    expect(check(['six.yaml', '--update'], { CI: 'true' }).code).toBe(0);
    expect(readdirSync(at.path('.')).sort()).toEqual(['six.baseline.json', 'six.yaml']);
    const written = file('six.baseline.json');
    expect(check(['six.yaml']).out).toContain('baseline unchanged');
    expect(check(['six.yaml', '--update']).out).toContain('already up to date');
    expect(file('six.baseline.json')).toBe(written);
  });

  it('or an expectation there must be, lest the gate be one that cannot close', () => {
    at.write('six.yaml', SIX);
    expect(check(['six.yaml'])).toMatchObject({ code: 2, out: expect.stringContaining('EMPTY six.yaml: no baseline yet; nothing to judge') });
    expect(JSON.parse(check(['six.yaml', '--format', 'json']).out)).toMatchObject({ verdict: 'empty', exitCode: 2, results: [{ verdict: 'empty' }] });
    expect(check(['six.yaml', '--expect', 'latency.mean > 0s']).code).toBe(0);
    expect(check(['six.yaml', '--update']).code).toBe(0);
  });

  it('whose scenario was renamed is named, and is wrong in CI', () => {
    mkdirSync(at.path('sub'));
    at.write('sub/six.yaml', SIX);
    expect(check(['sub', '--update']).code).toBe(0);
    at.write('sub/seven.yaml', `${SIX}\nexpect: [ latency.mean > 0s ]\n`);
    expect(check(['sub'], { CI: 'true' })).toMatchObject({ code: 0, out: expect.not.stringContaining('six.baseline.json') });
    unlinkSync(at.path('sub/six.yaml'));
    for (const [args, CI, code] of [[[], '', 0], [[], 'false', 0], [['--update'], 'true', 0], [[], 'true', 2], [['--require-baseline'], '', 2]] as const) {
      const { code: found, out } = check(['sub/seven.yaml', ...args], { CI });
      expect([args, CI, found]).toEqual([args, CI, code]);
      expect(out).toContain('sub/six.baseline.json');
    }
    // In one directory for all, a baseline is of any scenario beside those that are checked.
    expect(check(['sub', '--update', '--baseline-dir', 'all']).code).toBe(0);
    at.write('sub/other.yaml', SIX);
    expect(check(['sub/other.yaml', '--expect', 'latency.mean > 0s', '--baseline-dir', 'all'], { CI: '1' })).toMatchObject({ code: 0 });
    unlinkSync(at.path('sub/seven.yaml'));
    expect(check(['sub/other.yaml', '--expect', 'latency.mean > 0s', '--baseline-dir', 'all'], { CI: '1' })).toMatchObject({ code: 2, out: expect.stringContaining('all/seven.baseline.json') });
  });

  it('does not drift by a comment, another order of keys, or another name', () => {
    const scenario = (text: { engine: string; classes: string; mix: string; name: string }) => `
# ${text.name}
name: ${text.name}
engine: ${text.engine}
classes: ${text.classes}
workload:
  - generate:
      name: chat
      count: 40
      arrivals: { process: poisson, rate: 20 }
      class: ${text.mix}
      outputTokens: { distribution: uniform, min: 5, max: 19 }
`;
    at.write('a.yaml', scenario({
      name: 'one', engine: '{ maxBatchSize: 3, stepTime: { model: constant, tokenTime: 50ms } }',
      classes: '{ high: { priority: 1, weight: 2 }, low: { priority: 3 } }', mix: '{ high: 0.3, low: 0.7 }',
    }));
    expect(check(['a.yaml', '--update']).code).toBe(0);
    at.write('a.yaml', scenario({
      name: 'another', engine: '{ stepTime: { tokenTime: 50ms, model: constant }, maxBatchSize: 3 }',
      classes: '{ low: { priority: 3 }, high: { weight: 2, priority: 1 } }', mix: '{ low: 0.7, high: 0.3 }',
    }));
    const { code, out } = check(['a.yaml', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).results[0].baseline).toMatchObject({ status: 'same', causes: [] });
  });

  it('knows a scenario by what it says: YAML and JSON alike, and no default of the program', async () => {
    const says = { engine: { maxBatchSize: 2 }, workload: [{ requests: [{ class: 'high', outputTokens: 3 }] }], schedulers: ['priority', 'fifo'] };
    at.write('a.yaml', '# a comment\nschedulers: [fifo, priority]\nworkload: [ requests: [ { outputTokens: 3, class: high } ] ]\nengine: { maxBatchSize: 2 }\nexpect: [ fifo.makespan > 0s ]\n');
    at.write('b.json', JSON.stringify({ name: 'B', ...says }));
    expect(check(['.', '--update']).code).toBe(0);
    const digests = ['a', 'b'].map((name) => JSON.parse(file(`${name}.baseline.json`)).scenario);
    const expected = await valueDigest({ ...says, schedulers: ['"fifo"', '"priority"'] });
    expect(digests).toEqual([expected, expected]);
  });

  it('tells a step of 1 % longer, and why', () => {
    at.write('six.yaml', SIX);
    check(['six.yaml', '--update']);
    at.write('six.yaml', SIX.replace('tokenTime: 50ms', 'tokenTime: 50.5ms'));
    const { code, out } = check(['six.yaml']);
    expect(code).toBe(1);
    expect(out).toContain('FAIL baseline six.baseline.json: the scenario changed');
    expect(out).toMatch(/high under fifo: latency\.mean [\d.]+ s → [\d.]+ s \(\+[\d.]+ %, worse\)/);
    expect(out).toContain('changed under every scheduler');
    expect(out).toMatch(/figure +baseline +now +change/);
    expect(check(['six.yaml', '--tolerance', '*=5%']).code).toBe(0);
    expect(check(['six.yaml', '--tolerance', 'latency=5%']).code).toBe(1);
    expect(check(['six.yaml', '--update']).out).toContain('UPDATED baseline');
    expect(check(['six.yaml']).code).toBe(0);
  });

  it('knows the cause: workload, sched, or nothing but the outcome', () => {
    at.write('six.yaml', SIX);
    check(['six.yaml', '--update']);
    const before = file('six.baseline.json');
    const causes = () => JSON.parse(check(['six.yaml', '--format', 'json']).out).results[0].baseline.causes.map(({ what }: { what: string }) => what);
    const drift = (text: string) => text.replace('"fifo.makespan": ', '"fifo.makespan": 1');
    at.write('six.baseline.json', drift(before));
    expect(causes()).toEqual(['outcome']);
    at.write('six.baseline.json', drift(before).replace(/"sched": ".*"/, '"sched": "0.0.1"'));
    expect(causes()).toEqual(['sched']);
    at.write('six.baseline.json', before);
    at.write('six.yaml', SIX.replace('outputTokens: 20', 'outputTokens: 21'));
    expect(causes()).toEqual(['workload', 'scenario']);
  });

  it('that is torn, of another version or nonsense is an error, and --update mends it', () => {
    at.write('six.yaml', SIX);
    check(['six.yaml', '--update']);
    const good = file('six.baseline.json');
    const bad = ['', '{', good.slice(0, good.length / 2), good.replace('"schemaVersion": 1', '"schemaVersion": 9'), good.replace(/"fifo\.makespan": [\d.]+/, '"fifo.makespan": "soon"'), 'null', '\u0000'];
    bad.forEach((text, index) => {
      at.write(`bad${index}.yaml`, SIX);
      at.write(`bad${index}.baseline.json`, text);
    });
    const { code, out, err } = check(['bad*.yaml']);
    expect(code).toBe(2);
    expect(out.match(/bad\d\.baseline\.json: error: the baseline (is|has)/g)).toHaveLength(bad.length);
    expect(out + err).not.toMatch(/\n +at |internal error/);
    // What does not even begin as a baseline may be anything: it is not written over, and neither is any other then.
    expect(check(['bad*.yaml', '--update'])).toMatchObject({ code: 2, err: expect.stringContaining('bad1.baseline.json: what is there is none') });
    expect(bad.map((_, index) => file(`bad${index}.baseline.json`))).toEqual(bad);
    for (const index of [1, 5, 6]) unlinkSync(at.path(`bad${index}.baseline.json`));
    expect(check(['bad*.yaml', '--update']).code).toBe(0);
    expect(bad.map((_, index) => file(`bad${index}.baseline.json`))).toEqual(bad.map(() => good));
  });

  it('stays whole when an update is interrupted or cannot be finished', async () => {
    at.write('big.yaml', SIX);
    check(['big.yaml', '--update']);
    const before = file('big.baseline.json');
    at.write('big.yaml', 'workload: [ { generate: { count: 2000000, arrivals: { process: poisson, rate: 10 }, class: high, outputTokens: 20 } } ]\n');
    const child = spawn(process.execPath, [BIN, 'check', 'big.yaml', '--update'], { cwd: at.path('.'), stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await setTimeout(700);
    child.kill('SIGKILL');
    await ended;
    expect(file('big.baseline.json')).toBe(before);
    at.write('big.yaml', SIX.replace('tokenTime: 50ms', 'tokenTime: 60ms'));
    expect(check(['big.yaml', '--update', '-o', 'nowhere/result.json']).code).toBe(2);
    expect(file('big.baseline.json')).toBe(before);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('is the old or the new one when %s comes while it is written', async (signal) => {
    at.write('six.yaml', SIX);
    check(['six.yaml', '--update']);
    const before = file('six.baseline.json');
    at.write('six.yaml', SIX.replace('tokenTime: 50ms', 'tokenTime: 60ms'));
    const watcher = watch(at.path('.'));
    const child = spawn(process.execPath, [BIN, 'check', 'six.yaml', '--update'], { cwd: at.path('.'), stdio: 'ignore' });
    watcher.on('change', () => child.kill(signal));
    await new Promise((resolve) => child.on('exit', resolve));
    watcher.close();
    const found = file('six.baseline.json');
    if (found !== before) expect(check(['six.yaml'])).toMatchObject({ code: 0, out: expect.stringContaining('baseline unchanged') });
    if (signal === 'SIGINT') expect(readdirSync(at.path('.')).sort()).toEqual(['six.baseline.json', 'six.yaml']);
  });

  it('may be kept elsewhere, and is never shared', () => {
    mkdirSync(at.path('a'));
    mkdirSync(at.path('b'));
    at.write('a/six.yaml', SIX);
    at.write('b/six.json', JSON.stringify({ workload: [{ requests: [{ class: 'high', outputTokens: 3 }] }] }));
    expect(check(['a', '--baseline-dir', 'kept/here', '--update']).code).toBe(0);
    expect(existsSync(at.path('kept/here/six.baseline.json'))).toBe(true);
    expect(check(['a', '--baseline-dir', 'kept/here']).out).toContain('baseline unchanged');
    expect(check(['a', 'b', '--baseline-dir', 'kept/here'])).toMatchObject({ code: 2, err: expect.stringContaining('would share the baseline') });
    expect(check(['a', 'b', '--update']).code).toBe(0);
    expect(readdirSync(at.path('b')).sort()).toEqual(['six.baseline.json', 'six.json']);
  });
});
