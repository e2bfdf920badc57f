import { describe, expect, it } from 'vitest';
import type { ExpectationSource } from '../../src/gate/evaluate.ts';
import type { GateNames } from '../../src/gate/names.ts';
import { type PlacedTolerance, prejudge } from '../../src/gate/prejudge.ts';
import { parseTolerance } from '../../src/gate/tolerance.ts';

const NAMES: GateNames = { schedulers: ['fifo', 'priority'], classes: ['c'], tenants: ['acme'] };

const expectation = (text: string): ExpectationSource => ({ text, level: 'error', file: 'a.yaml', line: 7, column: 5, sourceLine: `  - ${text}` });

function tolerance(text: string): PlacedTolerance {
  const read = parseTolerance(text);
  if ('fault' in read) throw new Error(read.fault.message);
  return { tolerance: read.value, locate: ({ code, message }) => ({ code, message, file: text }) };
}

/** What is wrong, before any run. */
function wrong(expectations: readonly string[], tolerances: readonly string[] = [], names = NAMES): string[] {
  return prejudge(expectations.map(expectation), tolerances.map(tolerance), names).map(({ file, message }) => `${file}: ${message}`);
}

describe('before anything runs', () => {
  it('what can be judged has no fault', () => {
    expect(wrong(['c.latency.p99.9 < 1s', 'priority.c.sla.attainment >= 99%', 'tenant:acme.ttft.mean < 1s'], ['latency.p99=5%', 'tenant:acme=1ms'])).toEqual([]);
  });

  it('everything that is wrong is told, in its place', () => {
    expect(wrong(['nosuch.latency.p95 < 1s', 'c.latency.p95 < 100', 'c.weight > 1', 'p(95)<200', 'c.ttft.mean < 1s'], ['latncy=5%', 'engine.utilization=5ms', 'ttft=5%'])).toEqual([
      'a.yaml: there is no `nosuch`',
      'a.yaml: `100` cannot be held against latency',
      'a.yaml: there is no `weight` after `c`',
      'a.yaml: a path has no parentheses',
      'latncy=5%: no figure of this scenario matches this pattern',
      'engine.utilization=5ms: `5ms` measures none of the figures that match this pattern',
    ]);
    const [fault] = prejudge([expectation('c.latency.p95 < 100')], [], NAMES);
    expect(fault).toMatchObject({ code: 'expectation', file: 'a.yaml', line: 7, column: 5 + 'c.latency.p95 < '.length, length: 3 });
  });

  it('a tenant may have any name as long as it is not known who there is', () => {
    const unknown = { ...NAMES, tenants: null };
    expect(wrong(['tenant:nobody.latency.mean < 1s'], ['tenant:nobody=1ms'])).toHaveLength(2);
    expect(wrong(['tenant:nobody.latency.mean < 1s'], ['tenant:nobody=1ms'], unknown)).toEqual([]);
    expect(wrong(['tenant:nobody.latncy.mean < 1s'], ['latncy=1ms'], unknown)).toHaveLength(2);
  });
});
