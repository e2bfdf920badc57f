/**
 * Levels of requests, each with an order of its own: the first level with anybody waiting is first, and in it whoever its
 * order says. Each level's policy is told only of its own requests.
 */
import type { GenericSchema } from 'valibot';
import * as v from 'valibot';
import { choice, isMapping } from '../core/choice.ts';
import type { RequestTable } from '../workload/request-table.ts';
import { aging } from './aging.ts';
import { drr } from './drr.ts';
import { edf } from './edf.ts';
import { fifo } from './fifo.ts';
import { hrrn } from './hrrn.ts';
import { lcfs } from './lcfs.ts';
import type { Horizon, OptionFault, Policy, PolicyDefinition, Server, Stretch, Surroundings, World } from './policy.ts';
import { sjf } from './sjf.ts';
import { slack } from './slack.ts';
import { vtc } from './vtc.ts';
import { wrr } from './wrr.ts';

/** Those that need nothing but their queue. */
const ORDERS: readonly PolicyDefinition<never>[] = [fifo, lcfs, edf, slack, sjf, aging, hrrn, vtc, drr, wrr];

/** Options of orders that say how to preempt, which an order inside a level does not. */
const PREEMPTING = ['preempt', 'minGap'];

export interface Within {
  readonly policy: string;
  readonly [option: string]: unknown;
}

const [first, ...rest] = ORDERS.map(({ name, summary, options }) => v.strictObject({
  policy: v.pipe(v.literal(name), v.description(summary)),
  ...Object.fromEntries(Object.entries(options).filter(([option]) => !PREEMPTING.includes(option))),
}));
const withOptions = v.variant('policy', [first!, ...rest]);
const byName = v.pipe(v.picklist(ORDERS.map(({ name }) => name)), v.transform((policy) => ({ policy })), withOptions);

export const withinOption = v.optional(v.pipe(
  choice([byName, withOptions], (input) => (isMapping(input) ? withOptions : byName)) as GenericSchema<unknown, Within>,
  v.description('the order among requests of equal priority: fifo, lcfs, edf, slack, sjf, aging, hrrn, vtc, drr or wrr, or a map with its options'),
));

function definitionOf({ policy }: Within): PolicyDefinition<never> {
  return ORDERS.find(({ name }) => name === policy)!;
}

function optionsOf({ policy: _policy, ...options }: Within): never {
  return { preempt: false, ...options } as never;
}

export function* withinFaults(within: Within, world: World): Generator<OptionFault> {
  for (const fault of definitionOf(within).faults?.(optionsOf(within), world) ?? []) yield { ...fault, path: ['within', ...fault.path] };
}

/** What has to be told of service, or looks at the clock, does so for all levels. */
export function orderedWithin(keys: readonly number[], table: RequestTable, within: Within, surroundings: Surroundings): Omit<Policy, 'victim' | 'preemption'> {
  const places = new Map([...new Set(keys)].toSorted((a, b) => a - b).map((key, place) => [key, place]));
  const levelOf = (request: number): number => places.get(keys[table.class[request]!]!)!;
  const levels = Array.from(places, () => definitionOf(within).make(table, optionsOf(within), surroundings));
  const waiting = levels.map(() => 0);
  const firstLevel = (): Policy | undefined => levels[waiting.findIndex((count) => count > 0)];
  const change = (request: number, by: number): Policy => {
    waiting[levelOf(request)]! += by;
    return levels[levelOf(request)]!;
  };
  const sample = levels[0]!;
  return {
    ...(sample.begin && { begin: (server: Server) => levels.forEach((level) => level.begin!(server)) }),
    arrive: (request) => change(request, 1).arrive(request),
    preempted: (request) => change(request, 1).preempted(request),
    next: () => firstLevel()?.next() ?? -1,
    admitted: (request) => change(request, -1).admitted(request),
    withdrawn: (request) => change(request, -1).withdrawn(request),
    ...(sample.finished && { finished: (request: number) => levels[levelOf(request)]!.finished!(request) }),
    ...(sample.served && { served: (stretch: Stretch) => levels.forEach((level, at) => level.served!(partOf(stretch, (request) => levelOf(request) === at))) }),
    ...(sample.horizon && { horizon: (): Horizon => firstLevel()?.horizon!() ?? { time: Infinity, steps: Infinity } }),
  };
}

/** Of a stretch, what is about some of its requests. */
function partOf({ requests, tokens, count, ...stretch }: Stretch, isIn: (request: number) => boolean): Stretch {
  const positions = Array.from(requests.subarray(0, count).keys()).filter((at) => isIn(requests[at]!));
  return {
    ...stretch, count: positions.length,
    requests: Int32Array.from(positions, (at) => requests[at]!), tokens: Int32Array.from(positions, (at) => tokens[at]!),
  };
}
