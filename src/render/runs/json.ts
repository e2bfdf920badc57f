/** Results as JSON, schemaVersion 1: the format that CI jobs and notebooks read. Same input, same bytes. */
import { type ClassPromise, keeping, slaHolds } from '../../metrics/promises.ts';
import type { GroupSummary } from '../../metrics/summary.ts';
import { comparisons } from './comparisons.ts';
import { exactDuration } from '../../core/exact-duration.ts';
import type { Estimated } from './estimate.ts';
import { groupFigures, lengthFigures, plain, runFigures, seconds } from './figures.ts';
import { optionsData } from './settings.ts';
import { resultsText } from '../text/json-text.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';

/** `sched simulate`: one scenario's document, or `{ schemaVersion, results }` for several; ends in a newline. */
export function simulateJson(reports: readonly Report[]): string {
  return resultsText(reports.map(resultOf));
}

/** `sched compare`: the same document, and in each result what changed against its first run. */
export function compareJson(reports: readonly Report[]): string {
  return resultsText(reports.map((report) => ({ ...resultOf(report), comparisons: comparisons(report) })));
}

function resultOf(report: Report) {
  const { name, file, seed, requests, digest, engine } = report;
  const more = { ...(engine.estimated && estimateData(engine, engine.estimated)), ...loadsData(report) };
  return { scenario: { name, file, seed, requests, digest, ...more }, runs: report.runs.map((run) => runOf(report, run)) };
}

/** What was estimated, as a scenario has it: durations are texts, and exact. */
function estimateData({ stepTime, kvCache }: Report['engine'], { hardware, model, cards, figures, efficiency }: Estimated) {
  const { model: kind, ...coefficients } = stepTime;
  const durations = Object.entries(coefficients).flatMap(([name, micros]) => (typeof micros === 'number' ? [[name, exactDuration(micros)]] : []));
  return {
    estimated: { hardware, model, cards, figures, efficiency: { ...efficiency, perLayer: exactDuration(efficiency.perLayer) } },
    engine: {
      ...(figures.includes('stepTime') && { stepTime: { model: kind, ...Object.fromEntries(durations) } }),
      ...(figures.includes('blocks') && { kvCache: { blockSize: kvCache!.blockSize, blocks: kvCache!.blocks } }),
    },
  };
}

/** Sources that the scenario gives a load, each with its rate. */
function loadsData({ sources }: Report) {
  const loads = sources.flatMap(({ source, load }) => (load ? [{ source, load: load.asked, rate: plain(load.rate) }] : []));
  return loads.length === 0 ? {} : { loads };
}

function runOf(report: Report, run: Run) {
  const { scheduler, policy, settings, summary, outcomeDigest, sameScheduleAs } = run;
  return {
    scheduler, policy, options: optionsData(settings), ...lengthFigures(summary), outcomeDigest, sameScheduleAs,
    all: groupFigures(summary.all),
    classes: groupsOf(report.classes, summary.classes),
    tenants: groupsOf(report.tenants, summary.tenants),
    ...runFigures(summary),
    ...slaData(report, run),
  };
}

function groupsOf(names: readonly string[], groups: Readonly<Record<string, GroupSummary>>) {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(groups, name)).map((name) => [name, groupFigures(groups[name]!)]));
}

/** What each class was promised and whether it was kept; nothing where no request has a target. */
function slaData({ promises }: Report, { summary }: Run) {
  const holds = slaHolds(summary, promises);
  if (holds === null) return {};
  const classes = promises.flatMap(({ class: name, attainment: promised, targets }) => {
    const { isKept, missed } = keeping(summary.classes[name]!, promised);
    if (isKept === null) return [];
    return [[name, { targets: targetsData(targets), promised, attainment: plain(summary.classes[name]!.sla.attainment), kept: isKept, missed }] as const];
  });
  return { sla: { holds, classes: Object.fromEntries(classes) } };
}

function targetsData({ latency, ttft, tpot }: ClassPromise['targets']) {
  return { ...(latency !== undefined && { latency: seconds(latency) }), ...(ttft !== undefined && { ttft: seconds(ttft) }), ...(tpot !== undefined && { tpot: seconds(tpot) }) };
}
