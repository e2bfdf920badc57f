/** Weighted round robin: each flow in turn has as many requests admitted in a row as its weight says. */
import type { FlowOptions } from './flows.ts';
import { flowFaults, flowOptions, Flows } from './flows.ts';
import type { OptionFault, Policy, PolicyDefinition, World } from './policy.ts';
import { lastAdmitted } from './victims.ts';

export const wrr: PolicyDefinition<FlowOptions> = {
  name: 'wrr',
  summary: 'weighted round robin: tenants or classes take turns, as many requests in a row as the weight',
  advice: {
    choose: 'tenants share a server and their requests are of one size',
    avoid: 'some ask for much longer answers than others: it counts requests, not tokens; take vtc or drr',
    cost: 'O(tenants or classes + log waiting)',
    source: 'Nagle 1987; llm-d round robin',
  },
  options: flowOptions,
  faults: wholeFaults,
  make(table, options): Policy {
    const flows = new Flows(table, options);
    const { count, weights } = flows;
    let pointer = -1;
    /** Of the pointer's turn. */
    let left = 0;
    const look = (): number => {
      if (pointer >= 0 && left > 0 && flows.waits(pointer)) return pointer;
      for (let place = 0; place < count; place++) {
        const flow = (pointer + 1 + place) % count;
        if (flows.waits(flow)) return flow;
      }
      return -1;
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
        flows.queues[flow]!.take();
        if (flow !== pointer || left === 0) {
          pointer = flow;
          left = weights[flow]!;
        }
        left--;
      },
      withdrawn: (request) => flows.queues[flows.of(request)]!.withdraw(request),
      victim: lastAdmitted,
    };
  },
};

/** A number of requests in a row is whole. */
function* wholeFaults(options: FlowOptions, world: World): Generator<OptionFault> {
  yield* flowFaults(options, world);
  const { by, weights = {} } = options;
  for (const [name, weight] of Object.entries(weights)) {
    if (!Number.isInteger(weight)) yield { path: ['weights', name], message: 'must be a whole number', help: 'it is how many requests are admitted in a row' };
  }
  if (by !== 'class') return;
  for (const { name, weight } of world.classes) {
    if (!Object.hasOwn(weights, name) && !Number.isInteger(weight)) {
      yield { path: ['by'], message: `takes the weight of ${name}, which is not a whole number`, help: `give weights: { ${name}: … }` };
    }
  }
}
