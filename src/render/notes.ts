/** What a table needs said beneath it: who was shed and why, what never finished, and what a dash means. */
import type { GroupSummary } from '../metrics/summary.ts';
import { grouped, MISSING } from './quantities.ts';
import type { Report, RunReport } from './report.ts';
import { visible } from './text.ts';

/** Sentences in order of the runs; empty when there is nothing to say. */
export function notes(reports: readonly Report[]): string[] {
  const several = reports.length > 1;
  const aboutRuns = reports.flatMap((report) =>
    report.runs.flatMap((run) => {
      const where = several ? `${visible(report.name)}, ${visible(run.scheduler)}` : visible(run.scheduler);
      return [...lost(run)].map((sentence) => `${where}: ${sentence}`);
    }));
  const dash = dashNote(reports);
  return dash ? [...aboutRuns, dash] : aboutRuns;
}

function* lost({ summary: { all, shedReasons } }: RunReport): Generator<string> {
  if (all.shed > 0) {
    const reasons = Object.entries(shedReasons).map(([reason, times]) => `${grouped(times)} ${reason}`);
    yield `${grouped(all.shed)} of ${grouped(all.offered)} requests shed (${reasons.join('; ')})`;
  }
  if (all.unfinished > 0) yield `${grouped(all.unfinished)} of ${grouped(all.offered)} requests did not finish`;
}

/** Explains the dash by the reasons that occur in these tables, or null where there is none. */
function dashNote(reports: readonly Report[]): string | null {
  const groups = reports.flatMap(({ runs }) =>
    runs.flatMap(({ summary }) => [summary.all, ...Object.values(summary.classes)]));
  const reasons: string[] = [];
  if (groups.some(hasThinTail)) reasons.push('too few requests for that percentile (p99 needs 100, p95 needs 20)');
  if (groups.some(({ completed }) => completed === 0)) reasons.push('no request completed');
  if (groups.some(({ offered, sla }) => offered > 0 && sla.withTarget === 0)) reasons.push('no SLA target');
  return reasons.length === 0 ? null : `${MISSING} ${reasons.join(', or ')}`;
}

function hasThinTail({ completed, latency, ttft }: GroupSummary): boolean {
  return completed > 0 && [latency.p95, latency.p99, ttft.p95].includes(null);
}
