/** Policies that a program brings along: known wherever names are, run like the project's own, and refused in plain words. */
import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/catalog.ts';
import { FaultError } from '../../src/core/fault.ts';
import { whole } from '../../src/core/options.ts';
import { selected } from '../../src/jobs/selection.ts';
import { runScenario } from '../../src/run.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { shownScenario } from '../../src/scenario/shown.ts';
import { definitionFaults, policiesWith } from '../../src/schedulers/given.ts';
import { POLICIES } from '../../src/schedulers/index.ts';
import { orderedBy } from '../../src/schedulers/keyed.ts';
import type { Policy, PolicyDefinition } from '../../src/schedulers/policy.ts';
import { noFiles } from '../../src/workload/files.ts';

/** The later the better, by so many. */
const latest: PolicyDefinition<{ by: number }> = {
  name: 'latest', summary: 'last in, first out', options: { by: whole('of no use', 1, 9) },
  make: (_table, { by }) => ({ ...orderedBy((request) => -by * request), victim: () => 0 }),
};
const policies = [latest];
const TEXT = `
classes: { only: { priority: 1 } }
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: 1s } }
workload: [ { requests: [ { outputTokens: 1 }, { outputTokens: 1 }, { outputTokens: 1 } ] } ]
schedulers: [ fifo, { policy: latest, by: 2 } ]
`;

function loaded(text = TEXT) {
  const result = loadScenario(text, 'a.yaml', { policies });
  if (!('scenario' in result)) throw new FaultError(result.faults);
  return result;
}

describe('a policy that a program brings along', () => {
  it('is run, told and compared like any other', async () => {
    const admitted: number[][] = [];
    const { runs } = await runScenario(loaded().scenario, {
      files: noFiles, policies, onRun: (_run, _table, outcomes) => void admitted.push([...outcomes.admitted]),
    });
    expect(runs.map(({ scheduler, settings }) => [scheduler, settings])).toEqual([['fifo', []], ['latest', [{ name: 'by', value: 2, isDuration: false, isDefault: false }]]]);
    expect(admitted).toEqual([[0, 1e6, 2e6], [2e6, 1e6, 0]]);
  });

  it('is known to the schema, the lists, the selection and to sched show', () => {
    expect(JSON.stringify(scenarioJsonSchema(policies))).toContain('last in, first out');
    expect(catalog(['policies'], policies)[0]!.entries.map(({ name }) => name)).toEqual([...POLICIES.map(({ name }) => name), 'latest']);
    expect(shownScenario(loaded(), policies)['schedulers']).toContainEqual({ policy: 'latest', by: 2 });
    expect(selected(loaded().scenario, { scheduler: ['latest'] }, { policies }).schedulers).toEqual([{ policy: 'latest', name: 'latest', options: { by: 2 } }]);
    expect(() => selected(loaded(TEXT.replace(/schedulers.*/, '')).scenario, { scheduler: ['latst'] }, { policies })).toThrow('there is no latst');
  });

  it('has its options and its name checked in scenarios, and is unknown to those who do not bring it', () => {
    const wrong = (text: string, brought = policies) => (loadScenario(text, 'a.yaml', { policies: brought }) as { faults: readonly { message: string; help?: string }[] }).faults;
    expect(wrong(TEXT.replace('by: 2', 'by: 20'))).toMatchObject([{ message: expect.stringMatching(/schedulers\[1\]\.by must be .*9/) }]);
    expect(wrong(TEXT.replace('latest', 'latst'))).toMatchObject([{ help: expect.stringContaining('did you mean latest?') }]);
    expect(wrong(TEXT, [])).toMatchObject([{ message: expect.stringContaining('latest') }]);
    expect(JSON.stringify(scenarioJsonSchema())).not.toContain('last in, first out');
  });
});

describe('what is no policy is refused', () => {
  it.each<[unknown, RegExp[]]>([
    [latest, [/must be a list/]],
    [[latest, latest], [/is a policy latest already/]],
    [[{ ...latest, name: 'fifo' }], [/is a policy fifo already/]],
    [[{ ...latest, name: 'all' }, null, { ...latest, name: 'toString' }], [/^policies\[0\] has no name/, /^policies\[1\] has no name/, /^policies\[2\] has no name/]],
    [[{ name: 'a' }], [/a has no summary/, /a has no options/, /a has no make/]],
    [[{ ...latest, options: { by: 3, name: whole('', 0) } }], [/by of the policy latest is no schema/, /an option called name/]],
  ])('%#', (given, messages) => {
    expect(definitionFaults(given).map(({ message }) => message)).toEqual(messages.map((pattern) => expect.stringMatching(pattern)));
  });

  it('wherever it is given', () => {
    const twice = [latest, latest];
    expect(() => policiesWith(twice)).toThrow(FaultError);
    expect(() => loadScenario(TEXT, 'a.yaml', { policies: twice })).toThrow(FaultError);
  });
});

describe('what goes wrong in it is its own fault', () => {
  const fails = async (make: () => Partial<Policy>): Promise<string> => {
    const broken = [{ ...latest, make: make as () => Policy }];
    const run = runScenario(loaded().scenario, { files: noFiles, policies: broken });
    const error: unknown = await run.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FaultError);
    return (error as FaultError).message;
  };
  const sound = { ...orderedBy(() => 0), victim: () => 0 };

  it.each<[string, () => Partial<Policy>, RegExp]>([
    ['what it throws', () => ({ ...sound, admitted: () => { throw new TypeError('no such thing'); } }), /^the policy latest fails at given\.test\.ts:\d+:\d+: no such thing$/],
    ['what its making throws', () => { throw new Error('cannot'); }, /^the policy latest fails at .*: cannot$/],
    ['what it lacks', () => ({ ...sound, victim: undefined, next: undefined }) as never, /^the policy latest has no next\(\), victim\(\)$/],
    ['nothing', () => undefined as never, /^the policy latest has no arrive\(\)/],
    ['a broken contract', () => ({ ...sound, next: () => -1 }), /^the policy latest names nobody to be next, for ever/],
    ['a key that is none', () => ({ ...orderedBy(() => NaN), victim: () => 0 }), /^the policy latest gives request 0 a sort key that is not a number$/],
  ])('%s', async (_what, make, message) => {
    expect(await fails(make)).toMatch(message);
  });
});
