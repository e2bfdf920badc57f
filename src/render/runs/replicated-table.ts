/** `sched simulate --replications` for a terminal: a row per class under each policy, every figure with its interval. */
import type { ReplicatedReport, ReplicatedRun } from '../../jobs/replicated-report.ts';
import { findMetric } from '../../metrics/index.ts';
import { metricPath, type MetricGroup } from '../../metrics/paths.ts';
import { drawPanels, type PanelColumn } from '../text/panels.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';
import { alignPlusMinus, plusMinus, unitFor } from './plus-minus.ts';
import { plusMinusNote, replicatedHeader, replicatedNotes } from './replicated-header.ts';
import { shownAt } from './replicated-rows.ts';
import { settingWords } from './settings.ts';

/** What is shown of each class; the columns of a single run, without those that many replications make of little use. */
export const SHOWN: readonly (readonly [group: string, title: string, metric: string, stat?: string])[] = [
  ['latency', 'mean', 'latency', 'mean'],
  ['latency', 'p50', 'latency', 'p50'],
  ['latency', 'p95', 'latency', 'p95'],
  ['latency', 'p99', 'latency', 'p99'],
  ['TTFT', 'mean', 'ttft', 'mean'],
  ['TTFT', 'p95', 'ttft', 'p95'],
  ['queue', 'mean', 'queueTime', 'mean'],
  ['', 'SLA', 'sla.attainment'],
  ['', 'goodput', 'goodput'],
];

/** Tables of all scenarios, each with what needs saying about it. Ends in a newline. */
export function replicatedTables(reports: readonly ReplicatedReport[], page: Page): string {
  return `${reports.map((report) => [
    replicatedHeader(report, page.columns, page.style),
    ...drawPanels(panelsOf(report, page), page),
    [plusMinusNote(report.replications), ...replicatedNotes(report)].map((note) => page.style.dim(wrap(note, page.columns, { hang: 2 }))).join('\n'),
  ].join('\n\n')).join('\n\n')}\n`;
}

function panelsOf(report: ReplicatedReport, page: Page) {
  const groups: readonly (readonly [string, MetricGroup])[] = [...report.classes.map((name) => [name, { class: name }] as const), ['all', 'all']];
  const rows = report.runs.flatMap((run) => groups.map(([name, group]) => ({ run, name, group })));
  const columns = SHOWN.map(([group, title, metric, stat]): PanelColumn => {
    const path = metricPath('all', findMetric(metric)!, stat);
    const values = rows.map((row) => shownAt(row.run.summary, { ...path, group: row.group }, report.replications.count));
    const unit = unitFor(values, path.metric.unit);
    return { group, title, align: 'left', cells: alignPlusMinus(values.map((value) => value && plusMinus(value, path.metric.unit, unit))) };
  });
  const room = Math.max(8, Math.floor(page.columns / 3) - 8);
  const labels: PanelColumn[] = [{ group: '', title: '', align: 'left', cells: rows.map(({ name }) => ` ${shorten(visible(name), room)}`) }];
  const above = (row: number): string | undefined => (row % groups.length === 0 ? `${row === 0 ? '' : '\n'}${heading(rows[row]!.run, page)}` : undefined);
  return { labels, columns, above };
}

function heading({ scheduler, policy, settings }: ReplicatedRun, { columns, style }: Page): string {
  const words = settingWords(settings);
  const facts = policy !== scheduler || words.length > 0 ? `  ${[policy, ...words.map(visible)].join(', ')}` : '';
  const name = shorten(visible(scheduler), columns);
  return style.title(name) + style.dim(shorten(facts, Math.max(1, columns - name.length)));
}
