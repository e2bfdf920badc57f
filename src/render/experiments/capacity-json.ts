/** Capacities as JSON and CSV. Loads are factors on all arrivals, rates requests per second. */
import type { CapacityReport, CapacityRow } from '../../jobs/capacity.ts';
import { csvRow } from '../runs/csv.ts';
import { plain, seconds } from '../runs/figures.ts';
import { resultsText } from '../text/json-text.ts';
import { rateOf } from './capacity.ts';

export function capacityJson(reports: readonly CapacityReport[]): string {
  return resultsText(reports.map(({ name, file, seed, window, promises, within, looks, confidence, rows }, index) => ({
    kind: 'capacity',
    scenario: { name, file, seed },
    window: { requests: plain(window.requests), seconds: seconds(window.span) },
    promises, within,
    replications: { from: looks.from, most: looks.most, confidence },
    capacity: rows.map((row) => rowOf(row, rateOf(reports[index]!))),
  })));
}

function rowOf({ scheduler, keeps, breaks, holdsAgain, firstToBreak, runs }: CapacityRow, rate: number) {
  const perSecond = (load: number | null) => plain(load === null ? null : load * rate);
  return { scheduler, keeps: plain(keeps), breaks: plain(breaks), rate: { keeps: perSecond(keeps), breaks: perSecond(breaks) }, holdsAgain: plain(holdsAgain), firstToBreak, runs };
}

/** A row per scheduler. */
export function capacityCsv(reports: readonly CapacityReport[]): string {
  return csvRow(['scenario', 'file', 'seed', 'scheduler', 'keeps', 'breaks', 'rateKeeps', 'rateBreaks', 'firstToBreak', 'runs'])
    + reports.flatMap((report) => report.rows.map((row) => {
      const { scheduler, keeps, breaks, rate, firstToBreak, runs } = rowOf(row, rateOf(report));
      return csvRow([report.name, report.file, report.seed, scheduler, keeps, breaks, rate.keeps, rate.breaks, firstToBreak.join('; '), runs]);
    })).join('');
}
