/** Workloads as JSON: how many requests, how fast, how long, whose, and what became of the rows of each source. */
import type { WorkloadReport } from '../../jobs/workload.ts';
import type { LengthFigures } from '../../workload/describe.ts';
import type { Twin } from '../../workload/fit/fit.ts';
import type { SourceReport } from '../../workload/source.ts';
import { plain, seconds } from '../runs/figures.ts';
import { resultsText } from '../text/json-text.ts';

/** One document (docs/reference.md, "Results"), or `{ schemaVersion, results }` for several. */
export function workloadJson(reports: readonly WorkloadReport[]): string {
  return resultsText(reports.map(figuresOf));
}

function figuresOf(report: WorkloadReport) {
  const { name, file, seed, requests, span, rate: perSecond, gapCv, burstiness, course, promptTokens, outputTokens, classes, tenants, sources } = report;
  return {
    scenario: { name, file, seed },
    source: together(sources),
    requests, span: seconds(span), rate: plain(perSecond), gapCv: plain(gapCv),
    burstiness: burstiness.map(({ window, dispersion }) => ({ window: seconds(window), dispersion: plain(dispersion) })),
    course: course && { window: seconds(course.window), requests: course.requests },
    promptTokens: tokenFigures(promptTokens), outputTokens: tokenFigures(outputTokens),
    classes: shares(classes), tenants: shares(tenants),
    sources: sources.map((source) => ({ source: source.source, ...together([source]), ...(source.load && { load: source.load.asked, rate: plain(source.load.rate) }) })),
    ...(report.twin !== undefined && { fit: report.twin === null ? null : fitOf(report.twin) }),
  };
}

/** Windows in seconds. */
function fitOf(twin: Twin) {
  return { ...twin, burstiness: twin.burstiness.map(({ window, given, twin: own }) => ({ window: seconds(window), given: plain(given), twin: plain(own) })) };
}

/** Rows of all sources; file and format where there is one source, and it has them. */
function together(sources: readonly SourceReport[]) {
  const only = sources.length === 1 ? sources[0] : undefined;
  return {
    file: only?.file ?? null, format: only?.format ?? null,
    rowsRead: sum(sources.map(({ rowsRead }) => rowsRead)), rowsKept: sum(sources.map(({ rowsKept }) => rowsKept)),
    dropped: summed(sources.map(({ dropped }) => dropped)), outOfOrder: sum(sources.map(({ outOfOrder = 0 }) => outOfOrder)),
    unused: summed(sources.map(({ unused = {} }) => unused)), notes: sources.flatMap(({ notes = [] }) => notes),
  };
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all = new Map<string, number>();
  for (const [name, rows] of counts.flatMap(Object.entries<number>)) all.set(name, (all.get(name) ?? 0) + rows);
  return Object.fromEntries(all);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function tokenFigures({ mean, p50, p90, p99, max, histogram }: LengthFigures) {
  return { mean: plain(mean), p50, p90, p99, max, histogram };
}

function shares(byName: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(byName).map(([name, share]) => [name, plain(share)]));
}
