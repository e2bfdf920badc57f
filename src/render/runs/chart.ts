/**
 * The notebook's two bar charts for every policy: mean latency by class, SLA attainment by class. One scale
 * for all policies of a scenario, so that the bars of two policies compare.
 */
import { barOf } from '../text/bars.ts';
import { duration } from '../text/durations.ts';
import { scenarioHeader } from './headers.ts';
import { alignColumn, percent, type Quantity } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import { classPaint, type Page } from '../text/style.ts';
import { padEnd, shorten, visible, width } from '../text/text.ts';

const SPACE_BETWEEN = 4;
const LEAST_BAR = 8;
const MOST_BAR = 40;
/** From this width on the two charts of a policy stand side by side. */
const SIDE_BY_SIDE = 80;

interface Bar {
  readonly label: string;
  /** Of the scale, 0 to 1; null without a value. */
  readonly length: number | null;
  readonly value: string;
}

interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** Whether the scale ends at the end of the bar, so that what is missing is worth showing. */
  readonly bounded: boolean;
}

/** Charts of every scenario and policy; ends in a newline. */
export function charts(reports: readonly Report[], page: Page): string {
  const blocks = reports.flatMap((report) => [
    ...(reports.length > 1 ? [scenarioHeader(report, page.columns, page.style)] : []),
    ...scenarioCharts(report, page),
  ]);
  return `${blocks.join('\n\n')}\n`;
}

function scenarioCharts(report: Report, page: Page): string[] {
  const everyClass = report.runs.flatMap(({ summary }) => report.classes.map((name) => summary.classes[name]!));
  const means = everyClass.map(({ latency }) => latency.mean);
  const longest = Math.max(...means.map((mean) => mean ?? 0), 1);
  const latency = bars(report, means.map((mean) => (mean === null ? null : mean / longest)), means.map((mean) => (mean === null ? null : duration(mean))));
  const shares = everyClass.map(({ sla }) => sla.attainment);
  const attainment = bars(report, shares, shares.map((share) => (share === null ? null : percent(share))));
  return report.runs.map((run, index) => runCharts(run, [
    { title: 'mean latency', bounded: false, bars: latency[index]! },
    { title: 'SLA attainment', bounded: true, bars: attainment[index]! },
  ], page));
}

/** Bars of each run, their values lined up over all runs. */
function bars(report: Report, lengths: readonly (number | null)[], values: readonly (Quantity | null)[]): Bar[][] {
  const written = alignColumn(values);
  return report.runs.map((_, run) => report.classes.map((name, index) => {
    const position = run * report.classes.length + index;
    return { label: visible(name), length: lengths[position]!, value: written[position]! };
  }));
}

function runCharts(run: Run, both: readonly [Chart, Chart], page: Page): string {
  const title = page.style.title(shorten(visible(run.scheduler), page.columns));
  if (page.columns < SIDE_BY_SIDE) return [title, ...both.flatMap((each) => drawChart(each, page.columns, page))].join('\n');
  const half = Math.floor((page.columns - SPACE_BETWEEN) / 2);
  const [left, right] = both.map((each) => drawChart(each, half, page)) as [string[], string[]];
  return [title, ...left.map((line, index) => (padEnd(line, half + SPACE_BETWEEN) + right[index]!).trimEnd())].join('\n');
}

function drawChart({ title, bars, bounded }: Chart, columns: number, { style }: Page): string[] {
  const labelWidth = Math.min(Math.max(...bars.map(({ label }) => width(label))), Math.floor(columns / 3));
  const valueWidth = Math.max(...bars.map(({ value }) => width(value)));
  const room = Math.min(MOST_BAR, Math.max(LEAST_BAR, columns - labelWidth - valueWidth - 6));
  const lines = bars.map(({ label, length, value }, position) => {
    const bar = barOf(length ?? 0, room);
    const rest = bounded && length !== null ? '·'.repeat(room - width(bar)) : '';
    const drawn = padEnd(classPaint(style, position)(bar) + style.dim(rest), room);
    return `  ${padEnd(shorten(label, labelWidth), labelWidth)}  ${drawn}  ${value}`.trimEnd();
  });
  return [`  ${style.dim(title)}`, ...lines];
}
