/** A policy that breaks its contract is told so by name, whichever loop runs it. */
import { describe, expect, it } from 'vitest';
import { simulate, UNLIMITED } from '../../src/engine/simulate.ts';
import { orderedBy } from '../../src/schedulers/keyed.ts';
import { type Policy, PolicyError, type Server } from '../../src/schedulers/policy.ts';
import { classesOf, engineOf, policyOf, type Row, stepTimeOf, tableOf } from '../support.ts';

const SLOTS = { maxBatchSize: 1 };
const FULL = { maxBatchSize: 3, maxBatchTokens: 8, kvCache: { blocks: 6, blockSize: 2, admission: 'chunk' } };
/** Three requests at once, and one that comes when all is over. */
const ROWS: readonly Row[] = [{ arrival: 0, output: 5, prompt: 3 }, { arrival: 0, output: 5, prompt: 3 }, { arrival: 1, output: 5, prompt: 3 }, { arrival: 9e6, output: 1 }];

const fifo = (): Policy => policyOf('fifo', tableOf(ROWS));

function run(engine: Readonly<Record<string, unknown>>, policy: Policy) {
  const options = engineOf(engine);
  return simulate(tableOf(ROWS, classesOf([1])), options, stepTimeOf(options), policy, { policy: 'mine' });
}

/** The message of what `run` throws, which is always the same kind of error. */
function breach(engine: Readonly<Record<string, unknown>>, policy: Policy): string {
  try {
    run(engine, policy);
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    return (error as PolicyError).message;
  }
  throw new Error('was not noticed');
}

describe.each([['slots alone', SLOTS], ['everything', FULL]])('on a server with %s', (_server, engine) => {
  it.each<[string, () => Policy, RegExp]>([
    ['names one that has not arrived', () => ({ ...fifo(), next: () => 3 }), /^the policy mine names request 3 to be next, which does not wait$/],
    ['names one that there is not', () => ({ ...fifo(), next: () => 4 }), /request 4 to be next/],
    ['names nothing that is a request', () => ({ ...fifo(), next: () => NaN }), /request NaN to be next/],
    ['names one that runs already', () => ({ ...fifo(), next: () => 0 }), /request 0 to be next, which does not wait/],
    ['has nobody next for ever', () => ({ ...fifo(), next: () => -1 }), /^the policy mine names nobody to be next, for ever, while 4 requests wait and nothing runs$/],
    ['puts off for ever what it has', () => ({ ...fifo(), next: () => -1, horizon: () => ({ time: 0, steps: Infinity }) }), /nobody to be next, for ever/],
    ['has a key that is not a number', () => ({ ...fifo(), ...orderedBy(() => NaN) }), /^the policy mine gives request 0 a sort key that is not a number$/],
  ])('a policy that %s', (_what, policy, message) => {
    expect(breach(engine, policy())).toMatch(message);
  });
});

describe('a policy', () => {
  it.each([-1, 3, 0.5, NaN])('names as victim the one at %d of three', (at) => {
    expect(breach(FULL, { ...fifo(), victim: () => at })).toMatch(/^the policy mine names as victim the one at position \S+ of \d that run$/);
  });

  it('gives a running request a place that is not a number', () => {
    const preemption = { key: () => NaN, mayPreempt: () => false };
    expect(breach(FULL, { ...fifo(), preemption })).toMatch(/gives request 0 a place that is not a number/);
  });

  const withServer = (misuse: (server: Server, request: number) => void): Policy => {
    const policy = fifo();
    let server: Server;
    return {
      ...policy,
      begin: (given) => void (server = given),
      arrive(request) {
        policy.arrive(request);
        misuse(server, request);
      },
    };
  };

  it.each<[string, (server: Server, request: number) => void, RegExp]>([
    ['sheds one that runs', (server, request) => request === 3 && server.shed(0, 'no'), /sheds request 0, which does not wait for its first admission/],
    ['sheds one that is to come', (server) => server.shed(2, 'no'), /sheds request 2/],
    ['holds one that has arrived before', (server, request) => request === 1 && server.hold(0), /holds request 0, which does not arrive just now/],
    ['releases one that it does not hold', (server, request) => server.release(request), /releases request 0, which is not held/],
    ['holds one for ever', (server, request) => request === 3 && server.hold(3), /nobody to be next, for ever, while 1 request are held/],
  ])('%s', (_what, misuse, message) => {
    expect(breach(FULL, withServer(misuse))).toMatch(message);
  });

  it('may have nobody next until something finishes, or until a time', () => {
    let running = 0;
    const policy = fifo();
    let server: Server;
    const alone: Policy = {
      ...policy,
      begin: (given) => void (server = given),
      next: () => (running > 0 || server.now < 2e6 ? -1 : policy.next()),
      admitted(request) {
        policy.admitted(request);
        running++;
      },
      finished: () => void running--,
      horizon: () => ({ time: server.now < 2e6 ? 2e6 : Infinity, steps: Infinity }),
    };
    for (const engine of [{ maxBatchSize: 4 }, { ...FULL, maxBatchSize: 4 }]) {
      const { admitted, finish, completed } = run(engine, alone);
      expect(completed).toBe(4);
      expect([admitted[0], admitted[1], admitted[2], admitted[3]]).toEqual([2e6, finish[0], finish[1], 9e6]);
    }
  });

  it('may shed for reasons of its own, which the outcomes name', () => {
    const policy = fifo();
    let server: Server;
    const { shedReasons, shedReason, completed } = run(FULL, {
      ...policy,
      begin: (given) => void (server = given),
      arrive: (request) => (request % 2 === 1 ? server.shed(request, 'odd') : policy.arrive(request)),
    });
    expect([...shedReason].map((reason) => shedReasons[reason])).toEqual(['', 'odd', '', 'odd']);
    expect(completed).toBe(2);
  });
});

describe('a limit on the work of a simulation', () => {
  it.each([['one by one', { ...FULL, stepTime: { model: 'linear', base: '1ms', perContextToken: '1us' } }], ['slots', SLOTS]])('stops it beyond so many steps: %s', (_server, engine) => {
    const options = engineOf(engine);
    const table = tableOf(Array.from({ length: 100 }, (_, i) => ({ arrival: 1000 * i, output: 3 + (i % 5), prompt: 1 })));
    const simulated = (mostSteps: number) => simulate(table, options, stepTimeOf(options), policyOf('fifo', table), { limits: { ...UNLIMITED, steps: mostSteps } });
    const { steps } = simulated(1e6);
    expect(() => simulated(50)).toThrow(expect.objectContaining({ name: 'WorkLimitError', what: 'steps', limit: 50 }));
    expect(simulated(4 * steps).steps).toBe(steps);
  });
});
