/** Who was served while several classes had requests waiting: the only time in which policies differ in service. */
import { maxMinShares } from '../../core/statistics.ts';
import type { ContendedService } from '../../engine/outcomes.ts';
import { figurePerClass, runFigure } from '../metric.ts';
import type { RunView } from '../view.ts';

const absent = 'two classes never had requests waiting at the same time, or classes waited in too many different sets to keep account of them all (4 million sets times classes)';

export const contendedShare = figurePerClass({
  name: 'fairness.contendedShare', unit: 'share', better: 'neither', summary: 'share of the service given while two classes had requests waiting', absent,
  of: (run) => shares(run, ({ service }) => service),
});

export const fairShare = figurePerClass({
  name: 'fairness.fairShare', unit: 'share', better: 'neither', summary: 'weighted max-min fair share of that same service', absent,
  of(run) {
    const weights = run.table.classes.map(({ weight }) => weight);
    return shares(run, (contention) => fairService(contention, weights));
  },
});

export const maxServiceDifference = runFigure({
  name: 'fairness.maxServiceDifference', unit: 'count', better: 'lower', summary: 'largest difference in service per weight between two waiting classes',
  absent: 'two classes never had requests waiting at the same time, or there are more than 12, too many to keep account of every two',
  of: ({ outcomes }) => outcomes.maxServiceDifference,
});

/** Each class's part of all contended service, when it is divided so. */
function shares({ table, outcomes: { contended } }: RunView, division: (contention: ContendedService) => ArrayLike<number>): (number | null)[] {
  if (contended === null) return table.classes.map(() => null);
  const sums = table.classes.map(() => 0);
  let total = 0;
  for (const contention of contended) {
    total += sumBy(Array.from(contention.service), (part) => part);
    const parts = division(contention);
    for (let index = 0; index < sums.length; index++) sums[index]! += parts[index]!;
  }
  return sums.map((sum) => (total > 0 ? sum / total : null));
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
