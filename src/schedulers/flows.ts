/**
 * Flows: whose requests share the server fairly, tenants or classes. Each has a weight and a queue of its own, in which
 * arrival, then index, is the order; the ring of flows never changes.
 */
import * as v from 'valibot';
import { choice } from '../core/choice.ts';
import { FaultError } from '../core/fault.ts';
import { positive } from '../core/options.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { ArrivalQueue } from './arrival-queue.ts';
import type { OptionFault, World } from './policy.ts';

export interface FlowOptions {
  readonly by: 'tenant' | 'class';
  readonly weights?: Readonly<Record<string, number>> | undefined;
}

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** Options that every policy of flows has. */
export const flowOptions = {
  by: v.optional(v.pipe(v.picklist(['tenant', 'class']), v.description('whose requests are a flow; those without a tenant are one')), 'tenant'),
  weights: v.optional(v.pipe(
    v.record(name, positive('share of service, relative to the others', 1e6)),
    v.description('by name of a tenant or class; default: the weight of the class, or 1'),
  )),
};

/** An amount that may be nothing. */
export const price = (description: string) => choice([positive(description, 1e6), v.literal(0)], (input) => (input === 0 ? v.literal(0) : positive(description, 1e6)));

/** Names of classes that there are not, among those that options give something to. */
export function* unknownClasses(option: string, names: Iterable<string>, { classes }: World): Generator<OptionFault> {
  for (const each of names) {
    if (classes.some((c) => c.name === each)) continue;
    yield { path: [option, each], message: 'is no class of this scenario', help: `classes are ${classes.map((c) => c.name).join(', ')}` };
  }
}

export function* flowFaults({ by, weights = {} }: FlowOptions, world: World): Generator<OptionFault> {
  if (by === 'class') yield* unknownClasses('weights', Object.keys(weights), world);
}

export class Flows {
  readonly count: number;
  readonly weights: readonly number[];
  /** Flow by request. */
  readonly of: (request: number) => number;
  readonly queues: readonly ArrivalQueue[];
  /** By request: 1 once it has been admitted. */
  readonly #known: Uint8Array;

  constructor(table: RequestTable, { by, weights = {} }: FlowOptions) {
    const weightOf = (each: string, usual: number): number => (Object.hasOwn(weights, each) ? weights[each]! : usual);
    if (by === 'class') {
      this.of = (request) => table.class[request]!;
      this.weights = table.classes.map((c) => weightOf(c.name, c.weight));
    } else {
      // In the order in which they first come.
      const order = new Map<number, number>();
      for (const tenant of table.tenant) if (!order.has(tenant)) order.set(tenant, order.size);
      const flowOf = Uint16Array.from({ length: Math.max(1, table.tenants.length) }, (_, tenant) => order.get(tenant) ?? 0);
      this.of = (request) => flowOf[table.tenant[request]!]!;
      this.weights = Array.from(order.keys(), (tenant) => weightOf(table.tenants[tenant] ?? '', 1));
    }
    this.count = this.weights.length;
    this.queues = this.weights.map(() => new ArrivalQueue());
    this.#known = new Uint8Array(table.count);
  }

  /** Whether it is the first time that this is said of a request. */
  isFirst(request: number): boolean {
    if (this.#known[request] === 1) return false;
    this.#known[request] = 1;
    return true;
  }

  waits(flow: number): boolean {
    return this.queues[flow]!.size > 0;
  }
}

/** What the prompts and outputs of all requests come to at these prices. */
export function totalPrice({ promptTokens, outputTokens }: RequestTable, promptPrice: number, outputPrice: number): number {
  let [prompts, outputs] = [0, 0];
  for (const tokens of promptTokens) prompts += tokens;
  for (const tokens of outputTokens) outputs += tokens;
  return prompts * promptPrice + outputs * outputPrice;
}

/** @throws FaultError where an account may come to more than can be counted exactly */
export function checkCountable(policy: string, most: number): void {
  if (most <= Number.MAX_SAFE_INTEGER) return;
  throw new FaultError([{
    code: 'policy', message: `${policy} cannot keep exact accounts of these requests with these weights and prices`, help: 'give weights and prices of fewer digits',
  }]);
}
