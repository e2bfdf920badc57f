/** A comparison as plain figures: every change of every run against the first, in SI units, and what it says. */
import { compareRuns, type Effect } from '../../metrics/compare.ts';
import { written } from '../../metrics/written.ts';
import type { Report } from '../../jobs/report.ts';
import { verdicts } from './verdict.ts';

export interface Comparison {
  readonly scheduler: string;
  readonly against: string;
  readonly sameSchedule: boolean;
  readonly verdict: readonly string[];
  readonly changes: readonly FigureChange[];
}

export interface FigureChange {
  /** `high.latency.p95` */
  readonly metric: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly absolute: number | null;
  readonly relative: number | null;
  readonly effect: Effect;
}

/** One per run after the first. */
export function comparisons(report: Report): Comparison[] {
  return verdicts(report).map(({ run, against, sentences }) => ({
    scheduler: run.scheduler,
    against: against.scheduler,
    sameSchedule: run.sameScheduleAs === against.scheduler,
    verdict: sentences.map(({ text }) => text),
    changes: compareRuns(against.summary, run.summary).map(({ path, before, after, absolute, relative, effect }) => {
      const write = (value: number | null) => written(value, path.metric.unit);
      return { metric: path.text, before: write(before), after: write(after), absolute: write(absolute), relative: written(relative, 'ratio'), effect };
    }),
  }));
}
