/** Results over replications as JSON: the document of single runs, with `{ mean, halfWidth, n }` in place of each figure. */
import type { ReplicatedReport, ReplicatedRun } from '../../jobs/replicated-report.ts';
import { metricPath } from '../../metrics/paths.ts';
import { resultsText } from '../text/json-text.ts';
import { groupFigures, lengthFigures, runFigures, writtenEstimate } from './figures.ts';
import { type MarkedChange, type ReplicatedRow, replicatedRows } from './replicated-rows.ts';
import { optionsData } from './settings.ts';

export function replicatedJson(reports: readonly ReplicatedReport[]): string {
  return resultsText(reports.map((report) => resultOf(report, [])));
}

/** The same, and in each run after the first how it changed against the first: of the figures that the table compares. */
export function replicatedCompareJson(reports: readonly ReplicatedReport[]): string {
  return resultsText(reports.map((report) => resultOf(report, replicatedRows(report))));
}

function resultOf(report: ReplicatedReport, rows: readonly ReplicatedRow[]) {
  const { name, file, seed, requests, replications } = report;
  return {
    scenario: { name, file, seed, requests },
    replications,
    runs: report.runs.map((run, index) => ({ ...runOf(report, run), ...(index > 0 && rows.length > 0 && { change: changesIn(rows, index - 1) }) })),
  };
}

function runOf({ classes, tenants }: ReplicatedReport, { scheduler, policy, settings, sameScheduleAs, summary }: ReplicatedRun) {
  const named = (names: readonly string[], groups: ReplicatedRun['summary']['classes']) =>
    Object.fromEntries(names.filter((name) => Object.hasOwn(groups, name)).map((name) => [name, groupFigures(groups[name]!)]));
  return {
    scheduler, policy, options: optionsData(settings), ...lengthFigures(summary), sameScheduleAs,
    all: groupFigures(summary.all), classes: named(classes, summary.classes), tenants: named(tenants, summary.tenants),
    ...runFigures(summary),
  };
}

function changesIn(rows: readonly ReplicatedRow[], run: number) {
  return Object.fromEntries(rows.flatMap(({ path, changes }) => {
    const change = changes[run];
    return change ? [[metricPath(path.group, path.metric, path.stat).text, changeOf(change)]] : [];
  }));
}

function changeOf(change: MarkedChange) {
  return { ...writtenEstimate(change, change.path.metric.unit), significant: change.mark === 'more' || change.mark === 'less' };
}
