/** The latency that slowdown divides by is what the engine itself takes for the request alone. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aloneLatency } from '../../src/engine/alone.ts';
import { Status } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { steadyEngines } from '../laws/scenario-arbitrary.ts';
import { policyOf, stepTimeOf, tableOf } from '../support.ts';

it('equals a simulation of the request alone, whatever the engine', () => {
  fc.assert(fc.property(steadyEngines, fc.nat({ max: 90 }), fc.integer({ min: 1, max: 90 }), (options, prompt, output) => {
    const table = tableOf([{ arrival: 17, prompt, output }]);
    const outcomes = simulate(table, options, stepTimeOf(options), policyOf('fifo', table));
    fc.pre(outcomes.status[0] === Status.completed);
    const alone = aloneLatency(options, stepTimeOf(options));
    expect(alone(prompt, outcomes.outputTokens[0]!)).toBe(outcomes.finish[0]! - 17);
  }), { numRuns: 500 });
});
