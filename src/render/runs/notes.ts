/** What a table needs said beneath it: rows that were not replayed, what the model leaves out, who was shed and why, what never finished, and what a dash means. */
import { grouped } from '../../core/grouped.ts';
import type { GroupSummary } from '../../metrics/summary.ts';
import { loadText } from '../text/load.ts';
import { MISSING } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import { visible } from '../text/text.ts';

/** Sentences in order of the scenarios and their runs; empty when there is nothing to say. */
export function notes(reports: readonly Report[]): string[] {
  const several = reports.length > 1;
  const about = reports.flatMap((report) => {
    const sentences = [
      ...workloadNotes(report),
      ...keptWork(report),
      ...report.runs.flatMap((run) => [...lost(run), ...asRecorded(run)].map((sentence) => `${visible(run.scheduler)}: ${sentence}`)),
    ];
    return several ? sentences.map((sentence) => `${visible(report.name)}: ${sentence}`) : sentences;
  });
  const dash = dashNote(reports);
  return dash ? [...about, dash] : about;
}

/** A workload without requests, rows of a trace that were left out, and what else was done to it: nothing is lost silently. */
export function* workloadNotes({ requests, sources }: Pick<Report, 'requests' | 'sources'>): Generator<string> {
  for (const source of sources) {
    const load = loadText(source);
    if (load !== null) yield `source ${visible(source.source)}: ${load}`;
  }
  for (const { source, file = source, rowsRead, rowsKept, dropped, notes: about = [] } of sources) {
    const reasons = Object.entries(dropped).map(([reason, rows]) => `${grouped(rows)} ${reason}`);
    if (reasons.length > 0) yield `${visible(file)}: ${grouped(rowsKept)} of ${grouped(rowsRead)} rows are replayed; ${reasons.join(', ')}`;
    for (const note of about) yield `${visible(file)}: ${visible(note)}`;
  }
  if (requests === 0) yield 'the workload has no requests';
}

/** What an eviction costs on a real server, and does not here. */
function* keptWork({ engine, runs }: Report): Generator<string> {
  if (engine.kvCache) return;
  const evicting = runs.filter(({ summary }) => summary.all.preemptions > 0).map(({ scheduler }) => visible(scheduler));
  if (evicting.length > 0) yield `${evicting.join(', ')}: without engine.kvCache a preempted request keeps what it has computed, so that preempting costs nothing`;
}

/** A turn that nobody would have asked for yet. */
function* asRecorded({ summary: { sessions } }: Run): Generator<string> {
  if (!sessions?.overlapping) return;
  yield `${grouped(sessions.overlapping)} of ${grouped(sessions.turns!)} turns arrive before an earlier one of their session has ended: sessions are replayed as recorded`;
}

function* lost({ summary: { all, shedReasons } }: Run): Generator<string> {
  if (all.shed > 0) {
    const reasons = Object.entries(shedReasons).filter(([, times]) => times > 0).map(([reason, times]) => `${grouped(times)} ${reason}`);
    yield `${grouped(all.shed)} of ${grouped(all.offered)} requests shed (${reasons.join('; ')})`;
  }
  if (all.unfinished > 0) yield `${grouped(all.unfinished)} of ${grouped(all.offered)} requests did not finish`;
}

/** Explains the dash by the reasons that occur in these tables, or null where there is none. */
function dashNote(reports: readonly Report[]): string | null {
  const groups = reports.flatMap(({ runs }) =>
    runs.flatMap(({ summary }) => [summary.all, ...Object.values(summary.classes)]));
  const reasons: string[] = [];
  if (groups.some(hasThinTail)) reasons.push('too few requests for that percentile (p99 needs 100, p95 needs 20, p50 needs 2)');
  if (groups.some(({ completed }) => completed === 0)) reasons.push('no request completed');
  if (groups.some(({ offered, sla }) => offered > 0 && sla.withTarget + sla.undecided === 0)) reasons.push('no SLA target');
  if (groups.some(({ sla }) => sla.withTarget === 0 && sla.undecided > 0)) reasons.push('no SLA target that a request can decide (one token has no TPOT)');
  return reasons.length === 0 ? null : `${MISSING} ${reasons.join(', or ')}`;
}

function hasThinTail({ completed, latency, ttft }: GroupSummary): boolean {
  return completed > 0 && [latency.p95, latency.p99, ttft.p95].includes(null);
}
