/**
 * What is promised to a class, and who keeps it. A class may promise a share of its requests instead of all
 * (`sla.attainment: 99%`); the SLA holds when every class keeps its share.
 */
import type { RequestClass, SlaTargets } from '../workload/request-table.ts';
import { TARGETS } from './marks.ts';
import type { GroupSummary, RunSummary } from './summary.ts';

export type Target = keyof typeof TARGETS;

export interface ClassPromise {
  readonly class: string;
  /** Those of the class; requests may have their own. */
  readonly targets: SlaTargets;
  /** Share of the requests with a target, above 0, at most 1. */
  readonly attainment: number;
}

export interface Keeping {
  /** Null where no request decides a target: then there is nothing to keep or to break. */
  readonly isKept: boolean | null;
  /** Of a promise that is broken: the targets that fewer requests meet than promised, the most missed first. Never empty then. */
  readonly missed: readonly Target[];
}

/** The promises of classes, in their order. */
export function promisesOf(classes: readonly RequestClass[]): ClassPromise[] {
  return classes.map(({ name, sla, attainment = 1 }) => ({ class: name, targets: sla, attainment }));
}

/** Whether a group of requests keeps a share, inclusive (`>=`), and by which targets it does not. */
export function keeping({ sla }: GroupSummary, promised: number): Keeping {
  if (sla.attainment === null) return { isKept: null, missed: [] };
  if (sla.attainment >= promised) return { isKept: true, missed: [] };
  const shares = (Object.keys(TARGETS) as Target[]).flatMap((target) => {
    const share = sla.byTarget[target];
    return share === null || share === 1 ? [] : [{ target, share }];
  }).sort((a, b) => a.share - b.share);
  // Each target by itself may keep the share, and only all of them together do not.
  const below = shares.filter(({ share }) => share < promised);
  return { isKept: false, missed: (below.length > 0 ? below : shares).map(({ target }) => target) };
}

/** Whether every class keeps its share in a run; null when no request decides a target. A class without a promise promises all. */
export function slaHolds({ classes }: RunSummary, promises: readonly ClassPromise[]): boolean | null {
  const promised = new Map(promises.map(({ class: name, attainment }) => [name, attainment]));
  const kept = Object.entries(classes).map(([name, group]) => keeping(group, promised.get(name) ?? 1).isKept).filter((each) => each !== null);
  return kept.length === 0 ? null : kept.every((each) => each);
}
