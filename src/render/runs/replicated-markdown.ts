/** Figures over replications as GitHub-flavoured Markdown. */
import type { ReplicatedReport } from '../../jobs/replicated-report.ts';
import { findMetric } from '../../metrics/index.ts';
import { metricPath, type MetricGroup } from '../../metrics/paths.ts';
import { gfmTable, markdownText, type GfmColumn } from '../text/gfm.ts';
import { plusMinus, plusMinusText, unitFor } from './plus-minus.ts';
import { changeCell, SIGNS, unitOf } from './replicated-compare.ts';
import { marksNote, plusMinusNote, replicatedFacts, replicatedNotes } from './replicated-header.ts';
import { replicatedRows, shownAt } from './replicated-rows.ts';
import { SHOWN } from './replicated-table.ts';

const right = (title: string): GfmColumn => ({ title, align: 'right' });

/** A section per scenario, a table per policy; ends in a newline. */
export function replicatedMarkdown(reports: readonly ReplicatedReport[]): string {
  return documentOf(reports.map((report) => [
    ...headerOf(report),
    ...report.runs.flatMap(({ scheduler }, run) => [`#### ${markdownText(scheduler)}`, runTable(report, run)]),
    notesOf([plusMinusNote(report.replications), ...replicatedNotes(report)]),
  ]));
}

/** A section per scenario, one table; ends in a newline. */
export function replicatedCompareMarkdown(reports: readonly ReplicatedReport[]): string {
  return documentOf(reports.map((report) => {
    const rows = replicatedRows(report);
    return [...headerOf(report), comparisonTable(report, rows), notesOf([plusMinusNote(report.replications), marksNote(rows), ...replicatedNotes(report)])];
  }));
}

function documentOf(sections: readonly (readonly string[])[]): string {
  return `${sections.flat().join('\n\n')}\n`;
}

function headerOf(report: ReplicatedReport): string[] {
  return [`### ${markdownText(report.name)}`, markdownText(replicatedFacts(report))];
}

function notesOf(notes: readonly string[]): string {
  return notes.map((note) => `- ${markdownText(note)}`).join('\n');
}

function comparisonTable({ runs }: ReplicatedReport, rows: ReturnType<typeof replicatedRows>): string {
  const [first, ...others] = runs;
  const columns = [
    { title: 'metric', align: 'left' as const }, { title: 'class', align: 'left' as const }, right(markdownText(first!.scheduler)),
    ...others.flatMap(({ scheduler }) => [right(markdownText(scheduler)), right('change')]),
  ];
  return gfmTable(columns, rows.map((row) => {
    const unit = unitOf(rows, row);
    const values = row.values.map((value) => plusMinusText(value && plusMinus(value, row.path.metric.unit, unit)));
    const changes = row.changes.map((change) => (change ? `${SIGNS[change.mark]} ${plusMinusText(changeCell(change, row, unit))}`.trimEnd() : ''));
    return [row.title, markdownText(row.group), values[0]!, ...others.flatMap((_, index) => [values[index + 1]!, changes[index]!])];
  }));
}

function runTable({ classes, runs, replications: { count } }: ReplicatedReport, run: number): string {
  const groups: readonly (readonly [string, MetricGroup])[] = [...classes.map((name) => [markdownText(name), { class: name }] as const), ['**all**', 'all']];
  const columns = SHOWN.map(([group, title, metric, stat]) => {
    const path = metricPath('all', findMetric(metric)!, stat);
    const values = groups.map(([, of]) => shownAt(runs[run]!.summary, { ...path, group: of }, count));
    const unit = unitFor(values, path.metric.unit);
    return { title: `${group} ${title}`.trim(), cells: values.map((value) => plusMinusText(value && plusMinus(value, path.metric.unit, unit))) };
  });
  return gfmTable([{ title: 'class', align: 'left' }, ...columns.map(({ title }) => right(title))], groups.map(([name], row) => [name, ...columns.map(({ cells }) => cells[row]!)]));
}
