/**
 * Deficit round robin: flows take turns, each as long as its deficit lasts; those in debt are given a quantum whenever their
 * turn comes.
 *
 * Looking for the next changes nothing: what flows are given on the way is theirs once its request is admitted.
 */
import * as v from 'valibot';
import { scaledToWhole } from '../core/exact.ts';
import { positive } from '../core/options.ts';
import { checkCountable, type FlowOptions, flowFaults, flowOptions, Flows, price, totalPrice } from './flows.ts';
import type { Policy, PolicyDefinition } from './policy.ts';
import { lastAdmitted } from './victims.ts';
import { EVERY_STEP } from './vtc.ts';

interface Options extends FlowOptions {
  readonly quantum: number;
  readonly promptPrice: number;
  readonly outputPrice: number;
}

export const drr: PolicyDefinition<Options> = {
  name: 'drr',
  summary: 'deficit round robin: tenants or classes take turns, each for a quantum of tokens by weight',
  advice: {
    choose: 'as vtc, where turns may last longer: fewer changes between tenants, and simple to build',
    avoid: 'the quantum is far from what a request costs: then turns are single requests, or very long',
    cost: 'O(tenants or classes + log waiting), and a look at the batch for each stretch of equal steps',
    source: 'Shreedhar and Varghese 1995; for tokens: Sheng et al. 2024',
  },
  options: {
    ...flowOptions,
    quantum: v.optional(positive('service that a flow in debt is given for a turn, times its weight', 1e9), 1000),
    promptPrice: v.optional(price('service that a prompt token counts for'), 1),
    outputPrice: v.optional(price('service that an output token counts for'), 2),
  },
  faults: flowFaults,
  make(table, options): Policy {
    const flows = new Flows(table, options);
    const { count } = flows;
    const weights = scaledToWhole(flows.weights);
    const amounts = scaledToWhole([options.quantum, options.promptPrice, options.outputPrice]);
    const [quantum, promptPrice, outputPrice] = amounts.whole as readonly [bigint, bigint, bigint];
    // Deficits in whole units: amounts times both scales.
    const quanta = weights.whole.map((weight) => Number(weight * quantum));
    const [perPrompt, perOutput] = [Number(promptPrice * weights.scale), Number(outputPrice * weights.scale)];
    checkCountable('drr', totalPrice(table, perPrompt, perOutput) + Math.max(...quanta, 0));
    const deficits = new Float64Array(count);
    let pointer = -1;

    /** Visits until a flow that waits has something: 1 or more. */
    const visits = (flow: number): number => (deficits[flow]! > 0 ? 1 : Math.floor(-deficits[flow]! / quanta[flow]!) + 1);
    /** Place in the ring as seen from the pointer, which comes last. */
    const placeOf = (flow: number): number => (flow - pointer - 1 + count) % count;
    /** The flow that is next, or -1. */
    const look = (): number => {
      if (pointer >= 0 && flows.waits(pointer) && deficits[pointer]! > 0) return pointer;
      let next = -1;
      let least = Infinity;
      for (let place = 0; place < count; place++) {
        const flow = (pointer + 1 + place) % count;
        if (!flows.waits(flow)) continue;
        const needed = visits(flow);
        if (needed < least) [next, least] = [flow, needed];
      }
      return next;
    };
    /** The pointer goes to a flow, and those that it passes are given what is theirs. */
    const turnTo = (next: number): void => {
      if (next === pointer && deficits[next]! > 0) return;
      const rounds = visits(next);
      if (deficits[next]! <= 0) {
        for (let flow = 0; flow < count; flow++) {
          if (flow === next || !flows.waits(flow)) continue;
          deficits[flow]! += quanta[flow]! * (placeOf(flow) < placeOf(next) ? rounds : rounds - 1);
        }
        deficits[next]! += quanta[next]! * rounds;
      } else {
        for (let flow = 0; flow < count; flow++) if (flows.waits(flow) && placeOf(flow) < placeOf(next)) deficits[flow]! += quanta[flow]!;
      }
      pointer = next;
    };
    const join = (request: number): void => flows.queues[flows.of(request)]!.add(request);
    return {
      arrive: join,
      preempted: join,
      next() {
        const flow = look();
        return flow < 0 ? -1 : flows.queues[flow]!.first();
      },
      admitted(request) {
        const flow = flows.of(request);
        turnTo(flow);
        flows.queues[flow]!.take();
        if (flows.isFirst(request)) deficits[flow]! -= perPrompt * table.promptTokens[request]!;
      },
      withdrawn: (request) => flows.queues[flows.of(request)]!.withdraw(request),
      served({ count: given, requests, tokens }) {
        for (let i = 0; i < given; i++) deficits[flows.of(requests[i]!)]! -= perOutput * tokens[i]!;
      },
      victim: lastAdmitted,
      horizon: () => EVERY_STEP,
    };
  },
};
