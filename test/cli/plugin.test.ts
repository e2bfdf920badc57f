/** --plugin: policies of the user's own, on every command that knows policies, on every thread. */
import { afterAll, describe, expect, it } from 'vitest';
import { workspace } from './sched.ts';

const at = workspace();
afterAll(() => at.remove());

const OWN = `{
  name: 'latest', summary: 'last in, first out', options: {},
  make: () => ({ ...orderedBy((request) => -request), victim: () => 0 }),
}`;
at.write('mine.mjs', `export const policies = ({ orderedBy }) => [${OWN}];\n`);
at.write('scenario.yaml', `
classes: { only: { priority: 1 } }
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 1s } }
workload: [ { requests: [ { outputTokens: 1 }, { outputTokens: 1 } ] } ]
schedulers: [ fifo, latest ]
expect: [ latest.only.latency.max <= 2s ]
`);

describe('a plugin', () => {
  it('takes part in runs, whichever thread they are on', () => {
    const run = (...more: string[]) => at.sched(['simulate', 'scenario.yaml', '--plugin', 'mine.mjs', '--format', 'json', ...more]);
    const one = run('--jobs', '1');
    expect([one.code, one.err, JSON.parse(one.out)]).toMatchObject([0, '', { runs: [{ scheduler: 'fifo' }, { scheduler: 'latest' }] }]);
    expect(run('--jobs', '2').out).toBe(one.out);
  });

  it('is known to check, on several threads, and to validate', () => {
    at.write('second.yaml', 'classes: { only: { priority: 1 } }\nworkload: [ { requests: [ { outputTokens: 1 } ] } ]\nschedulers: [ latest ]\nexpect: [ latest.only.latency.max <= 20s ]\n');
    expect(at.sched(['check', '.', '--jobs', '2', '--plugin', './mine.mjs'])).toMatchObject({ code: 0, err: '' });
    expect(at.sched(['validate', 'scenario.yaml', '--plugin', 'mine.mjs'])).toMatchObject({ code: 0, err: '' });
    expect(at.sched(['validate', 'scenario.yaml'])).toMatchObject({ code: 2, err: expect.stringContaining('latest') });
  });

  it('is listed and in the schema', () => {
    expect(at.sched(['list', 'policies', '--plugin', 'mine.mjs']).out).toContain('last in, first out');
    expect(at.sched(['schema', '--plugin', 'mine.mjs']).out).toContain('last in, first out');
  });
});

describe('a plugin that cannot be used is the user\'s to mend', () => {
  it.each([
    ['what is not there', 'none.mjs', null, /cannot load the plugin none\.mjs: there is no such file/],
    ['what is no code', 'broken.mjs', 'let x = ;', /cannot load the plugin broken\.mjs: Unexpected token/],
    ['what throws', 'throws.mjs', 'throw new Error("no luck")', /cannot load the plugin throws\.mjs: no luck \(throws\.mjs:1:7\)/],
    ['what throws when it is given the library', 'given.mjs', 'export const policies = ({ orderBy }) => [orderBy()];', /cannot load the plugin given\.mjs: orderBy is not a function \(given\.mjs:1:\d+\)/],
    ['what brings nothing', 'empty.mjs', 'export const metrics = [];', /empty\.mjs exports no policies/],
    ['what brings no policies', 'odd.mjs', 'export const policies = [{ name: "fifo", summary: "", options: {}, make() {} }];', /odd\.mjs: there is a policy fifo already/],
    ['what imports what is not installed', 'needs.mjs', 'import { orderedBy } from "sched";', /needs\.mjs: it imports sched, which is not installed/],
    ['what is no JavaScript', 'scenario.yaml', null, /scenario\.yaml: it is no JavaScript file/],
  ])('%s', (_what, file, text, message) => {
    if (text !== null) at.write(file, text);
    expect(at.sched(['list', 'policies', '--plugin', file])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
  });

  it('nor does it bring sched down when it runs', () => {
    at.write('fails.mjs', `export const policies = ({ orderedBy }) => [{ ...${OWN}, make: () => ({ ...orderedBy(() => 0), victim: () => 0, admitted: () => gone() }) }];\n`);
    expect(at.sched(['simulate', 'scenario.yaml', '--plugin', 'fails.mjs'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/the policy latest fails at fails\.mjs:4:\d+: gone is not defined/) });
    expect(at.sched(['check', 'scenario.yaml', '--plugin', 'fails.mjs'])).toMatchObject({ code: 2, out: expect.stringContaining('gone is not defined') });
  });
});
