/** What a scenario may say about its classes. */
import * as v from 'valibot';
import { orPercent, positive, whole } from '../core/options.ts';
import type { RequestClass, SlaTargets } from '../workload/request-table.ts';
import { slaSchema } from '../workload/sla.ts';
import { nameSchema } from './names.ts';

interface ClassSpec {
  readonly priority: number;
  readonly weight: number;
  readonly sla?: (SlaTargets & { readonly attainment?: number | undefined }) | undefined;
}

type Classes = Readonly<Record<string, ClassSpec>>;

/** What is promised to a class: its targets, and how many of its requests meet them. */
const promiseSchema = v.strictObject({
  ...slaSchema.entries,
  attainment: v.optional(orPercent(positive('share of the requests that is promised to meet their targets, such as 99%; default: all', 1))),
});

const classSchema = v.strictObject({
  priority: whole('smaller is more urgent', -1e6, 1e6),
  weight: v.optional(positive('share of service it is entitled to, relative to the other classes', 1e9), 1),
  sla: v.optional(v.pipe(promiseSchema, v.description('targets of every request of the class; each binds by itself'))),
});

/** Where a scenario names no classes. */
const DEFAULT_CLASSES: Classes = {
  high: { priority: 1, weight: 1 },
  medium: { priority: 2, weight: 1 },
  low: { priority: 3, weight: 1 },
};

/** Names of the default classes, in order. */
export const DEFAULT_CLASS_NAMES: readonly string[] = Object.keys(DEFAULT_CLASSES);

/** `classes:`, name -> priority, weight and targets. */
export const classesSchema = v.optional(
  v.pipe(
    v.record(nameSchema('name of a class'), classSchema),
    v.minEntries(1),
    v.maxEntries(256),
    v.description('priority classes; their order is the order in every table. Default: high 1, medium 2, low 3, without targets'),
  ),
);

/** The classes of a validated scenario, in its order. */
export function requestClasses(classes: Classes = DEFAULT_CLASSES): RequestClass[] {
  return Object.entries(classes).map(([name, { priority, weight, sla: { attainment, ...sla } = {} }]) =>
    ({ name, priority, weight, sla, ...(attainment !== undefined && { attainment }) }));
}
