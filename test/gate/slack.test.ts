/** Expectations over replications: what holds, what is broken, and what is neither. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTree } from '../../src/gate/names.ts';
import { decide, judgeReplications } from '../../src/gate/slack.ts';
import { looksOf } from '../../src/experiments/looks.ts';
import { checkTask } from '../../src/jobs/check-scenario.ts';
import { subjectOf } from '../../src/jobs/judge.ts';
import { replicationsOf } from '../../src/jobs/replicate.ts';
import { queue, scenarioFile, worldWith } from '../experiments/worlds.ts';

describe('a decision', () => {
  it('needs the whole interval on one side', () => {
    expect(decide([1, 1.1, 0.9, 1], false).decision).toBe('holds');
    expect(decide([-1, -1.1, -0.9, -1], false).decision).toBe('broken');
    expect(decide([1, -1.1, 0.9, -1], false).decision).toBe('undecided');
  });

  it('of slacks that are all the same is exact', () => {
    expect(decide([0, 0, 0], false).decision).toBe('holds');
    expect(decide([0, 0, 0], true).decision).toBe('broken');
    expect(decide([-0.1, -0.1], false).decision).toBe('broken');
  });

  it('says the opposite of the opposite', () => {
    const opposite = { holds: 'broken', broken: 'holds', undecided: 'undecided' };
    fc.assert(fc.property(fc.array(fc.integer({ min: -50, max: 100 }), { minLength: 2, maxLength: 20 }), (slacks) => {
      fc.pre(new Set(slacks).size > 1);
      expect(decide(slacks.map((slack) => -slack), false).decision).toBe(opposite[decide(slacks, false).decision]);
    }));
  });

  it('is looked for a few times, the last with as many as there may be', () => {
    expect(looksOf({ from: 10, most: 100 })).toEqual([10, 32, 100]);
    expect(looksOf({ from: 20, most: 20 })).toEqual([20]);
    expect(looksOf({ from: 1, most: 2 })).toEqual([1, 2]);
  });
});

const world = worldWith();
const loaded = scenarioFile(queue({ rate: 0.5, count: 500 }));

async function judged(text: string) {
  const replications = await replicationsOf(loaded, ['1', '1/2', '1/3', '1/4', '1/5'], {}, world);
  const subjects = replications.map((each) => subjectOf(loaded, each));
  return judgeReplications({ text, level: 'error', file: null, line: null, column: null, sourceLine: null }, subjects, new NameTree(subjects[0]!.names));
}

describe('an expectation over replications', () => {
  it.each([
    ['latency.mean < 10s', 'passed', 'holds'],
    ['latency.mean > 10s', 'failed', 'broken'],
    ['latency.mean <= fifo.latency.mean', 'passed', 'holds'],
    ['latency.mean < fifo.latency.mean', 'failed', 'broken'],
    ['latency.mean == fifo.latency.mean ± 1%', 'passed', 'holds'],
    ['offered == 500 ± 0', 'passed', 'holds'],
  ])('%s', async (text, status, decision) => {
    const found = await judged(text);
    expect(found.status).toBe(status);
    expect(found.judgements[0]!.replications!.decision).toBe(decision);
  });

  it.each(['latency.mean == 1s', 'latency.mean != 1s'])('that has no slack is refused: %s', async (text) => {
    expect(await judged(text)).toMatchObject({ status: 'invalid', problem: { message: expect.stringContaining('cannot be judged over replications') as string } });
  });

  it('that is not defined in some replication is undecidable', async () => {
    expect((await judged('tpot.mean < 1s')).status).toBe('undecidable');
  });
});

describe('check with replications', () => {
  const check = (expect: readonly string[], replications: { from: number; most: number }) =>
    checkTask.perform({
      file: 'x.yaml', baseline: null, set: [], expect: [], tolerance: [], update: false, requireBaseline: false, allowEmpty: false, debug: false, replications,
    }, worldWith({ 'x.yaml': queue({ rate: 0.5, count: 300, expect }) }));

  it('passes what holds', async () => {
    expect((await check(['latency.mean < 5s'], { from: 10, most: 20 })).result).toMatchObject({ verdict: 'passed', exitCode: 0 });
  });

  it('never passes what it cannot decide, whatever it spent', async () => {
    // The mean of M/D/1 at half load, near which no number of replications decides.
    const { result } = await check(['latency.mean <= 1.49s'], { from: 5, most: 10 });
    expect(result).toMatchObject({ verdict: 'failed', exitCode: 1, expectations: [{ status: 'undecided', judgements: [{ holds: null, replications: { n: 10 } }] }] });
  });

  it('runs no more than it takes', async () => {
    const { result } = await check(['latency.mean < 50s'], { from: 5, most: 100 });
    expect(result.expectations[0]!.judgements[0]!.replications!.n).toBe(5);
  });
});
