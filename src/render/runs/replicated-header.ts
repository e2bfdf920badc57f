/** What stands above and below figures over replications: how many, with which seeds, and what ± is. */
import { grouped } from '../../core/grouped.ts';
import type { Replications } from '../../experiments/replications.ts';
import type { ReplicatedReport } from '../../jobs/replicated-report.ts';
import { percent, written } from '../text/quantities.ts';
import type { Style } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import { engineLine } from './engine-line.ts';
import { workloadNotes } from './notes.ts';
import { ALPHA, comparisonsIn, type ReplicatedRow } from './replicated-rows.ts';

export function replicatedHeader(report: ReplicatedReport, columns: number, style: Style): string {
  return [style.title(shorten(visible(report.name), columns)), style.dim(wrap(replicatedFacts(report), columns))].join('\n');
}

/** 20 replications of about 10,000 requests · batch 32 · seeds 2023 to 2023/20 */
export function replicatedFacts({ replications, requests, engine }: ReplicatedReport): string {
  const { count, seeds } = replications;
  const whole = Number.isInteger(requests) ? '' : 'about ';
  return [
    `${count} ${count === 1 ? 'replication' : 'replications'} of ${whole}${grouped(requests)} ${requests === 1 ? 'request' : 'requests'}`,
    engineLine(engine),
    count === 1 ? `seed ${visible(seeds[0]!)}` : `seeds ${visible(seeds[0]!)}${count > 2 ? ` to ${visible(seeds.at(-1)!)}` : `, ${visible(seeds[1]!)}`}`,
  ].join(' · ');
}

/** What ± is. It assumes that replications are independent, which other seeds make them. */
export function plusMinusNote({ confidence }: Pick<Replications, 'confidence'>): string {
  const share = written({ ...percent(confidence), number: String(Number((confidence * 100).toPrecision(6))) });
  return `± is a ${share} confidence interval of the mean over replications (Student's t); without it, the figure was the same in all of them`;
}

/** What the signs of a comparison are. */
export function marksNote(rows: readonly ReplicatedRow[]): string {
  return 'a change is taken within each replication, on the same requests; ▼ less and ▲ more are changes that '
    + `${comparisonsIn(rows)} comparisons do not show by chance (Holm, ${Math.round(100 * ALPHA)} %), ≈ is one that they may, = the same every time`;
}

/** Rows of traces that were left out, figures that are not defined everywhere, and schedulers that did the same. */
export function replicatedNotes(report: ReplicatedReport): string[] {
  const { runs, replications: { count } } = report;
  const twins = runs.flatMap(({ scheduler, sameScheduleAs }) =>
    (sameScheduleAs === undefined ? [] : [`${visible(scheduler)}: the same schedule as ${visible(sameScheduleAs)} in every replication`]));
  const partly = runs.some(({ summary }) => isPartly(summary, count));
  return [...workloadNotes(report), ...twins, ...(partly ? ['– is a figure that not every replication has, for too few requests'] : [])];
}

/** Whether a figure that tables show is defined in some replications only. */
function isPartly({ classes, all }: ReplicatedReport['runs'][number]['summary'], count: number): boolean {
  return [...Object.values(classes), all].some(({ latency, ttft, sla }) =>
    [latency.mean, latency.p95, latency.p99, ttft.p95, sla.attainment].some((each) => each !== null && each.n < count));
}
