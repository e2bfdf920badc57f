/** What a scenario says it is to be judged by is looked at whenever it is loaded, together with all else that is wrong. */
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../src/core/fault.ts';
import { loadFiles } from '../../src/jobs/load-files.ts';
import { validate } from '../../src/jobs/validate.ts';
import { onThisThread, type World } from '../../src/jobs/world.ts';
import { LIMITS } from '../../src/run/limits.ts';
import { noFiles } from '../../src/workload/files.ts';

function worldWith(text: string): World {
  const bytes = new TextEncoder().encode(text);
  return {
    files: { read: async () => bytes, readIfPresent: async () => null, beside: () => noFiles, nameBeside: (_, file) => file },
    pool: onThisThread, policies: [], limits: LIMITS, version: '1.2.3',
  };
}

const SOUND = `
classes: { c: { priority: 1 } }
workload: [ { requests: [ { outputTokens: 5, tenant: acme } ] } ]
`;

/** Lines and what is wrong there. */
async function wrong(text: string): Promise<string[]> {
  return (await validate('a.yaml', worldWith(text))).map(({ line, message }) => `${line}: ${message}`);
}

describe('a scenario is refused when it is loaded', () => {
  const EXPECTS = `${SOUND}
expect:
  - c.latency.p95 < 1s
  - nosuch.latency.p95 < 1s
  - c.latency.p95 < 100
  - tenant:nobody.latency.mean < 1s
  - p(95)<200
baseline: { tolerance: { latncy: 5%, ttft: 5%, latency.p99: 2/s } }
`;
  const FAULTS = [
    '7: there is no `nosuch`', '8: `100` cannot be held against latency', '9: there is no `tenant:nobody`', '10: a path has no parentheses',
    '11: baseline.tolerance latncy: no figure of this scenario matches this pattern',
    '11: baseline.tolerance latency.p99: `2/s` measures none of the figures that match this pattern',
  ];

  it('for what its expectations and tolerances name or measure', async () => {
    expect(await wrong(SOUND)).toEqual([]);
    expect(await wrong(EXPECTS)).toEqual(FAULTS);
    const refused = await loadFiles(['a.yaml'], worldWith(EXPECTS)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FaultError);
    expect((refused as FaultError).faults).toHaveLength(FAULTS.length);
    expect((await loadFiles(['a.yaml'], worldWith(SOUND))).scenarios).toHaveLength(1);
  });

  it('in one round with what is wrong elsewhere in it', async () => {
    expect(await wrong(`${EXPECTS}engine: { maxBatchSize: 0 }\n`)).toEqual([...FAULTS, expect.stringMatching(/^12: engine\.maxBatchSize must be/)]);
    expect(await wrong(EXPECTS.replace('tenant: acme', 'tenant: acme, class: d'))).toEqual([expect.stringMatching(/^3: .*d/), ...FAULTS.filter((fault) => !fault.startsWith('9'))]);
  });

  it('but not for names that depend on what is wrong', async () => {
    expect((await wrong(EXPECTS.replace('priority: 1', 'priority: none'))).filter((fault) => !fault.startsWith('2:'))).toEqual([]);
  });

  it('where only a trace can tell which tenants there are, for none of them', async () => {
    const trace = 'classes: { c: { priority: 1 } }\nworkload: [ { trace: { file: t.csv } } ]\nexpect: [ "tenant:nobody.latency.mean < 1s", c.latncy.mean < 1s ]\n';
    expect((await wrong(trace)).filter((fault) => fault.startsWith('3:'))).toEqual(['3: there is no `latncy` after `c`']);
  });
});
