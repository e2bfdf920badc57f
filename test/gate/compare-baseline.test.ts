import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineOf, type Circumstances } from '../../src/gate/baseline.ts';
import { compareBaseline } from '../../src/gate/compare-baseline.ts';
import type { Subject } from '../../src/gate/subject.ts';
import { parseTolerance } from '../../src/gate/tolerance.ts';
import { chat, CIRCUMSTANCES, DIGEST_A, DIGEST_B, group, run, S, subjectOf, summary, times, treeOf } from './subjects.ts';

function compare(before: Subject, after: Subject, tolerances: readonly string[] = [], now: Circumstances = CIRCUMSTANCES) {
  const given = tolerances.map((text) => {
    const read = parseTolerance(text);
    if ('fault' in read) throw new Error(read.fault.message);
    return read.value;
  });
  return compareBaseline(baselineOf(before, CIRCUMSTANCES), after, now, given, treeOf(after));
}

/** One scheduler and class. */
function single(mean: number, digest = DIGEST_A, met = 90): Subject {
  return subjectOf([run('fifo', summary({ high: { latency: { ...times(S), mean }, met } }), digest)]);
}

describe('against a baseline', () => {
  it('the same runs are the same', () => {
    expect(compare(chat(), chat())).toEqual({ status: 'same', outcomes: [], unchanged: ['fifo', 'priority'], causes: [], changes: [], added: [], removed: [] });
  });

  it('a microsecond is a drift', () => {
    const { status, changes } = compare(single(S), single(S + 1, DIGEST_B));
    expect(status).toBe('drifted');
    expect(changes.map(({ path }) => path)).toEqual(['fifo.high.latency.mean', 'fifo.high.ttft.mean', 'fifo.high.queueTime.mean', 'fifo.high.slowdown.mean']);
    expect(changes[0]).toMatchObject({ baseline: 1, now: 1.000001, effect: 'worse', within: false, group: 'high', metric: 'latency.mean' });
  });

  it('another outcome of some request is a drift, even when no figure shows it', () => {
    const compared = compare(single(S), single(S, DIGEST_B));
    expect(compared).toMatchObject({ status: 'drifted', outcomes: ['fifo'], unchanged: [], changes: [], causes: [{ what: 'outcome' }] });
  });

  it('with a tolerance the figures decide, not the digest', () => {
    expect(compare(single(S), single(S, DIGEST_B), ['latency=1%']).status).toBe('within');
    expect(compare(single(S), single(1.01 * S, DIGEST_B), ['*.mean=1%', 'high=1%']).status).toBe('within');
    expect(compare(single(S), single(1.01 * S + 1, DIGEST_B), ['high=1%']).status).toBe('drifted');
    expect(compare(single(S), single(1.01 * S, DIGEST_B), ['low=1%', 'latency=1%']).status).toBe('drifted');
  });

  it('a scheduler that is gone is told, even when the baseline has no figure of it', () => {
    const before = baselineOf(single(S), CIRCUMSTANCES);
    const compared = compareBaseline({ ...before, outcomes: new Map([...before.outcomes, ['ghost', DIGEST_B]]) }, single(S), CIRCUMSTANCES, [], treeOf(single(S)));
    expect(compared).toMatchObject({ status: 'drifted', removed: [{ kind: 'scheduler', name: 'ghost', figures: 0 }] });
  });

  it('a tolerance for one scheduler lets no outcome of another change', () => {
    const alike = (digest: string) => subjectOf(['fifo', 'priority'].map((name) => run(name, summary({ high: { latency: times(S) } }), digest)));
    expect(compare(alike(DIGEST_A), alike(DIGEST_B), ['fifo=1%']).status).toBe('drifted');
    expect(compare(alike(DIGEST_A), alike(DIGEST_B), ['fifo=1%', 'priority=1%']).status).toBe('within');
  });

  it('better and worse change places with before and now', () => {
    const opposite = { better: 'worse', worse: 'better', same: 'same', different: 'different' } as const;
    fc.assert(fc.property(fc.nat(100), fc.nat(100), fc.nat(3_000_000), fc.nat(3_000_000), (metA, metB, meanA, meanB) => {
      const there = compare(single(meanA, DIGEST_A, metA), single(meanB, DIGEST_B, metB));
      const back = compare(single(meanB, DIGEST_B, metB), single(meanA, DIGEST_A, metA));
      expect(back.changes.map(({ path, baseline, now, effect }) => ({ path, baseline: now, now: baseline, effect: opposite[effect] })))
        .toEqual(there.changes.map(({ path, baseline, now, effect }) => ({ path, baseline, now, effect })));
    }), { numRuns: 30 });
  });

  it('a zero baseline has no percentage, and no percentage lets it change', () => {
    const { changes, status } = compare(single(0), single(1, DIGEST_B), ['*=50%']);
    expect(changes[0]).toMatchObject({ baseline: 0, now: 0.000001, relative: null, within: false, effect: 'worse' });
    expect(status).toBe('drifted');
  });

  it('a figure that is no longer defined is a drift that no tolerance allows', () => {
    const gone = subjectOf([run('fifo', summary({ high: { latency: { ...times(S), p99: null }, met: 90 } }))]);
    const { changes, status } = compare(single(S), gone, ['*=500%']);
    expect(status).toBe('drifted');
    expect(changes.find(({ path }) => path === 'fifo.high.latency.p99')).toMatchObject({ baseline: 4, now: null, effect: 'different', within: false });
  });
});

describe('what appears and goes', () => {
  const of = (classes: readonly string[]) => summary(Object.fromEntries(classes.map((name) => [name, { latency: times(S) }])), {
    fairness: { jain: 1, jainTenants: null, maxServiceDifference: 0, contendedShare: Object.fromEntries(classes.map((name) => [name, 0.5])), fairShare: Object.fromEntries(classes.map((name) => [name, 0.5])) },
  });
  const two = subjectOf([run('fifo', of(['high', 'low'])), run('priority', of(['high', 'low']))]);
  const oneClass = subjectOf([run('fifo', of(['high'])), run('priority', of(['high']))]);
  const oneScheduler = subjectOf([run('fifo', of(['high', 'low']))]);

  it('a scheduler', () => {
    expect(compare(two, oneScheduler)).toMatchObject({ status: 'drifted', removed: [{ kind: 'scheduler', name: 'priority' }], added: [] });
    expect(compare(oneScheduler, two)).toMatchObject({ status: 'drifted', added: [{ kind: 'scheduler', name: 'priority' }], removed: [] });
  });

  it('a class, its shares of service included', () => {
    expect(compare(two, oneClass)).toMatchObject({ status: 'drifted', removed: [{ kind: 'class', name: 'low' }], added: [] });
    expect(compare(oneClass, two)).toMatchObject({ status: 'drifted', added: [{ kind: 'class', name: 'low' }], removed: [] });
  });

  it('a tenant', () => {
    const acme = subjectOf([run('fifo', { ...of(['high']), tenants: { 'acme corp': group({ latency: times(S) }) } })]);
    const none = subjectOf([run('fifo', of(['high']))]);
    expect(compare(none, acme)).toMatchObject({ status: 'drifted', added: [{ kind: 'tenant', name: 'acme corp' }], removed: [] });
    expect(compare(acme, none)).toMatchObject({ status: 'drifted', removed: [{ kind: 'tenant', name: 'acme corp' }], added: [] });
  });

  it('a metric that the baseline does not know is told, once for all classes, and is no drift', () => {
    const baseline = baselineOf(two, CIRCUMSTANCES);
    const metrics = new Map([...baseline.metrics].filter(([path]) => !path.endsWith('.goodput')));
    const now = compareBaseline({ ...baseline, metrics }, two, CIRCUMSTANCES, [], treeOf(two));
    expect(now).toMatchObject({ status: 'same', added: [{ kind: 'metric', name: 'goodput', figures: 6 }], removed: [], causes: [] });
  });

  it('a metric that sched does not know any more is a drift', () => {
    const baseline = baselineOf(two, CIRCUMSTANCES);
    const strange = new Map([...baseline.metrics, ['fifo.high.happiness', 1], ['fifo.engine.temper', 2]] as const);
    expect(compareBaseline({ ...baseline, metrics: strange }, two, CIRCUMSTANCES, [], treeOf(two))).toMatchObject({
      status: 'drifted', removed: [{ kind: 'metric', name: 'happiness', figures: 1 }, { kind: 'metric', name: 'engine.temper', figures: 1 }],
    });
  });

  it('a shed reason is a count that was or is 0', () => {
    const shed = subjectOf([run('fifo', { ...of(['high']), shedReasons: { ...of([]).shedReasons, 'longer than the KV cache': 3 } })]);
    const none = subjectOf([run('fifo', of(['high']))]);
    const path = 'fifo.shedReasons."longer than the KV cache"';
    expect(compare(none, shed)).toMatchObject({ added: [], changes: [{ path, baseline: 0, now: 3, effect: 'worse' }] });
    expect(compare(shed, none)).toMatchObject({ removed: [], changes: [{ path, baseline: 3, now: 0, effect: 'better' }] });
  });
});

describe('the cause of a drift', () => {
  const after = single(2 * S, DIGEST_B);
  const cause = (over: Partial<Circumstances>) => compare(single(S), after, [], { ...CIRCUMSTANCES, ...over }).causes.map(({ what }) => what);

  it('is what else is not as it was', () => {
    expect(cause({ sched: '1.2.4' })).toEqual(['sched']);
    expect(cause({ scenario: DIGEST_B })).toEqual(['scenario']);
    expect(cause({ workload: { requests: 201, digest: DIGEST_B } })).toEqual(['workload']);
    expect(cause({ sched: '1.2.4', scenario: DIGEST_B })).toEqual(['scenario', 'sched']);
    expect(cause({})).toEqual(['outcome']);
  });

  it('is no drift by itself', () => {
    expect(compare(single(S), single(S), [], { ...CIRCUMSTANCES, sched: '9.9.9', scenario: DIGEST_B })).toMatchObject({ status: 'same', causes: [{ what: 'scenario' }, { what: 'sched' }] });
  });
});
