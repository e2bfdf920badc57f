/** Where vLLM passes over a running request for a step, so does the engine. */
import { expect, it } from 'vitest';
import type { StepRecord } from '../../src/engine/outcomes.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { classesOf, engineOf, policyOf, stepTimeOf, tableOf } from '../support.ts';

it('a victim whose last token is on its way makes the one behind the requester lose its turn', () => {
  const options = engineOf({
    maxBatchTokens: 8, longPrefillThreshold: 1, asyncScheduling: true, stepTime: { model: 'constant', tokenTime: '1us' },
    kvCache: { blockSize: 1, blocks: 4, admission: 'chunk' },
  });
  const table = tableOf([
    { arrival: 0, prompt: 1, output: 2, class: 1 },
    { arrival: 1, prompt: 2, output: 1, class: 0 },
    { arrival: 1, prompt: 2, output: 1, class: 0 },
  ], classesOf([1, 2]));
  const steps: StepRecord[] = [];
  simulate(table, options, stepTimeOf(options), policyOf('priority', table), { arrivalsAtPlanning: true, onStep: (step) => steps.push(step) });
  expect(steps.map(({ scheduled, preempted, finished, freeBlocks }) => ({ scheduled, preempted, finished, freeBlocks }))).toEqual([
    { scheduled: [[0, 1]], preempted: [], finished: [], freeBlocks: 3 },
    // Its last token is sampled here and seen after the next plan.
    { scheduled: [[0, 1], [1, 1], [2, 1]], preempted: [], finished: [0], freeBlocks: 0 },
    // 1 needs a block; 0, before it, gives way and had no tokens to give back: the place counts one too far, past 2.
    { scheduled: [[1, 1]], preempted: [0], finished: [1], freeBlocks: 1 },
    { scheduled: [[2, 1]], preempted: [], finished: [2], freeBlocks: 0 },
    { scheduled: [], preempted: [], finished: [], freeBlocks: 2 },
  ]);
});
