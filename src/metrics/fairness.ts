/**
 * Fairness that can see the scheduler. Over a drained run everybody has received what they asked for, so
 * service is compared only where it was contended, and Jain's index is taken over 1 / mean slowdown.
 */
import { jainIndex, maxMinShares } from '../core/statistics.ts';
import type { ContendedService, Outcomes } from '../engine/outcomes.ts';
import type { RequestClass } from '../workload/request-table.ts';
import type { FairnessSummary, GroupSummary } from './summary.ts';

type Groups = Readonly<Record<string, GroupSummary>>;

export function fairnessSummary(
  outcomes: Outcomes, requestClasses: readonly RequestClass[], classes: Groups, tenants: Groups,
): FairnessSummary {
  const total = sumBy(outcomes.contended, ({ service }) => service.reduce((sum, part) => sum + part, 0));
  const names = requestClasses.map(({ name }) => name);
  const weights = requestClasses.map(({ weight }) => weight);
  const shares = (services: readonly ArrayLike<number>[]) => Object.fromEntries(names.map((name, index) =>
    [name, total > 0 ? sumBy(services, (service) => service[index]!) / total : null]));
  return {
    jain: jainOfSpeed(classes),
    jainTenants: jainOfSpeed(tenants),
    contendedShare: shares(outcomes.contended.map(({ service }) => service)),
    fairShare: shares(outcomes.contended.map((contention) => fairService(contention, weights))),
    maxServiceDifference: outcomes.maxServiceDifference,
  };
}

/** Jain's index over 1 / mean slowdown of the groups in which something completed; a single group is fair. */
function jainOfSpeed(groups: Groups): number | null {
  const speeds: number[] = [];
  for (const { slowdown } of Object.values(groups)) {
    if (slowdown.mean !== null && slowdown.mean > 0) speeds.push(1 / slowdown.mean);
  }
  return jainIndex(speeds);
}

/**
 * How the same service would have been divided by weighted max-min fairness: a class with requests waiting
 * would have taken any amount, the others wanted exactly what they got.
 */
function fairService({ waiting, service }: ContendedService, weights: readonly number[]): number[] {
  const demands = Array.from(service);
  const capacity = sumBy(demands, (received) => received);
  for (const index of waiting) demands[index] = Infinity;
  return maxMinShares(capacity, demands, weights);
}

function sumBy<T>(items: readonly T[], amount: (item: T) => number): number {
  return items.reduce((sum, item) => sum + amount(item), 0);
}
