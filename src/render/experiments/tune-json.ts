/** What tuning found, as JSON; figures in SI units. */
import type { TuneResult, Tried } from '../../jobs/tune.ts';
import type { MetricUnit } from '../../metrics/metric.ts';
import { writtenEstimate } from '../runs/figures.ts';
import { resultsText } from '../text/json-text.ts';

export function tuneJson(results: readonly TuneResult[]): string {
  return resultsText(results.map(({ name, file, seed, confidence, figure, promises, cells, candidates, broken, runs, left, judgedAgain, today, changes }) => ({
    kind: 'tune', scenario: { name, file, seed }, confidence, figure, promises, cells, candidates, broken, runs,
    left: left.map((each) => triedOf(each, figure.unit)),
    judgedAgain: judgedAgain && { ...triedOf(judgedAgain, figure.unit), seeds: judgedAgain.seeds },
    today: today.map((each) => triedOf(each, figure.unit)),
    change: Object.fromEntries(changes.map(({ path, unit, change }) => [path, writtenEstimate(change, unit)])),
  })));
}

function triedOf({ set, scheduler, decision, replications, figure }: Tried, unit: MetricUnit) {
  return { set, scheduler, decision, replications, figure: figure && writtenEstimate(figure, unit) };
}
