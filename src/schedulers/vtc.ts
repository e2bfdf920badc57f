/**
 * Virtual token counter: the flow that has been served least, by its weight, is next.
 *
 * A flow that comes back after a pause is lifted to those that wait, so that nobody saves up service. Counters are kept in
 * whole units, of which every price over every weight is a multiple: no sum is ever rounded.
 */
import * as v from 'valibot';
import { KeyedHeap } from '../core/heap.ts';
import { lcm, scaledToWhole, wholeRatios } from '../core/exact.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { checkCountable, type FlowOptions, flowFaults, flowOptions, Flows, price, totalPrice } from './flows.ts';
import type { Horizon, Policy, PolicyDefinition } from './policy.ts';
import { lastAdmitted } from './victims.ts';

interface Options extends FlowOptions {
  readonly promptPrice: number;
  readonly outputPrice: number;
}

/** Its answers may be others after every step that gives somebody a token. */
export const EVERY_STEP: Horizon = { time: Infinity, steps: 1 };

export const vtc: PolicyDefinition<Options> = {
  name: 'vtc',
  summary: 'virtual token counter: the tenant or class that has been served least, by weight, is next',
  advice: {
    choose: 'tenants share a server and none may take more than its share, however many requests it sends',
    avoid: 'some requests are more urgent than others: as within of priority it is fair inside each class',
    cost: 'O(log waiting), and a look at the batch for each stretch of equal steps',
    source: 'Sheng et al. 2024, Fairness in Serving Large Language Models (OSDI)',
  },
  options: {
    ...flowOptions,
    promptPrice: v.optional(price('service that a prompt token counts for'), 1),
    outputPrice: v.optional(price('service that an output token counts for'), 2),
  },
  faults: flowFaults,
  make(table, options): Policy {
    const flows = new Flows(table, options);
    const { prompt, output } = charges(table, flows, options);
    const counters = new Float64Array(flows.count);
    const waiting = new LeastFirst(flows, counters);
    /** The flow that was last to leave the queue, or -1. */
    let lastLeft = -1;

    const join = (request: number): void => {
      const flow = flows.of(request);
      if (!flows.waits(flow)) {
        const first = waiting.first();
        const other = first >= 0 ? flows.of(first) : lastLeft;
        if (other >= 0 && counters[other]! > counters[flow]!) counters[flow] = counters[other]!;
      }
      flows.queues[flow]!.add(request);
      waiting.changed(flow);
    };
    const left = (flow: number): void => {
      lastLeft = flow;
      waiting.changed(flow);
    };
    return {
      arrive: join,
      preempted: join,
      next: () => waiting.first(),
      admitted(request) {
        const flow = flows.of(request);
        flows.queues[flow]!.take();
        if (flows.isFirst(request)) counters[flow]! += prompt[flow]! * table.promptTokens[request]!;
        left(flow);
      },
      withdrawn(request) {
        flows.queues[flows.of(request)]!.withdraw(request);
        left(flows.of(request));
      },
      served({ count, requests, tokens }) {
        for (let i = 0; i < count; i++) {
          const flow = flows.of(requests[i]!);
          counters[flow]! += output[flow]! * tokens[i]!;
        }
      },
      victim: lastAdmitted,
      horizon: () => EVERY_STEP,
    };
  },
};

/** What a token adds to the counter of each flow, in whole units. */
function charges(table: RequestTable, { weights }: Flows, { promptPrice, outputPrice }: Options): { prompt: number[]; output: number[] } {
  const ratios = wholeRatios(weights) ?? [];
  const units = weights.length === ratios.length ? lcm(ratios) : BigInt(Number.MAX_SAFE_INTEGER);
  const [promptUnits, outputUnits] = scaledToWhole([promptPrice, outputPrice]).whole;
  const by = (whole: bigint): number[] => ratios.map((weight) => Number((whole * units) / BigInt(weight)));
  checkCountable('vtc', totalPrice(table, Number(promptUnits!), Number(outputUnits!)) * Number(units));
  return { prompt: by(promptUnits!), output: by(outputUnits!) };
}

/**
 * The flows that wait by counter, equal ones by the tie of their heads. Counters only grow, so an entry that is behind the
 * times is too early, never too late: it is put right when it comes to the front.
 */
class LeastFirst {
  readonly #heap = new KeyedHeap();
  readonly #flows: Flows;
  readonly #counters: Float64Array;

  constructor(flows: Flows, counters: Float64Array) {
    this.#flows = flows;
    this.#counters = counters;
  }

  /** The head of a flow is another, or its first. */
  changed(flow: number): void {
    const head = this.#flows.queues[flow]!.first();
    if (head >= 0) this.#heap.push(this.#counters[flow]!, head);
  }

  /** The head of the first flow, or -1. */
  first(): number {
    const heap = this.#heap;
    while (heap.size > 0) {
      const head = heap.minId;
      const flow = this.#flows.of(head);
      const isHead = this.#flows.queues[flow]!.first() === head;
      if (isHead && heap.minKey === this.#counters[flow]) return head;
      heap.pop();
      if (isHead) heap.push(this.#counters[flow]!, head);
    }
    return -1;
  }
}
