/** Results as GitHub-flavoured Markdown: for a pull request, a README, a report. */
import { change, writtenChange } from './changes.ts';
import { COLUMN_SETS, columnCells } from './columns.ts';
import { comparisonRows, figuresOf, isFact } from './comparison.ts';
import { gfmTable, markdownText, type GfmColumn } from '../text/gfm.ts';
import { estimateHeading } from './estimate.ts';
import { runFacts, scenarioFacts } from './headers.ts';
import { notes } from './notes.ts';
import { written } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import { promisesMarkdown } from './promises-markdown.ts';
import { answerSentences } from './answer.ts';

/** `sched simulate`: a section per scenario, a table per policy; ends in a newline. */
export function simulateMarkdown(reports: readonly Report[]): string {
  const sections = reports.map((report) => [
    ...markdownHeader(report),
    ...promisesMarkdown(report),
    ...report.runs.flatMap((run) => [`#### ${markdownText(run.scheduler)}`, runFacts(run).map(markdownText).join(' · '), runTable(report, run)]),
  ].join('\n\n'));
  return `${[...sections, ...markdownNotes(reports)].join('\n\n')}\n`;
}

/** `sched compare`: a section per scenario: who keeps which promise, what the comparison says, and the figures; ends in a newline. */
export function compareMarkdown(reports: readonly Report[]): string {
  const sections = reports.map((report) => [
    ...markdownHeader(report),
    ...promisesMarkdown(report),
    answerSentences(report).map(({ text }) => `- ${markdownText(text)}`).join('\n'),
    comparisonTable(report),
  ].join('\n\n'));
  return `${[...sections, ...markdownNotes(reports)].join('\n\n')}\n`;
}

/** Title and facts of a scenario, as paragraphs. */
function markdownHeader(report: Report): string[] {
  const estimate = estimateHeading(report.engine.estimated);
  return [`### ${markdownText(report.name)}`, markdownText(scenarioFacts(report)), ...(estimate === undefined ? [] : [`**${markdownText(estimate)}**`])];
}

/** The notes as one list, or nothing. */
function markdownNotes(reports: readonly Report[]): string[] {
  const items = notes(reports).map((note) => `- ${markdownText(note)}`);
  return items.length === 0 ? [] : [items.join('\n')];
}

function comparisonTable(report: Report): string {
  const [first, ...others] = report.runs;
  const right = (title: string): GfmColumn => ({ title, align: 'right' });
  const columns: GfmColumn[] = [
    { title: 'metric', align: 'left' }, { title: 'class', align: 'left' }, right(markdownText(first!.scheduler)),
    ...others.flatMap(({ scheduler }) => [right(markdownText(scheduler)), right('change')]),
  ];
  const rows = comparisonRows(report);
  const figures = figuresOf(rows);
  return gfmTable(columns, rows.map((row, position) => {
    const values = figures[position]!.map(written);
    return [
      row.metric, markdownText(row.group), values[0]!,
      ...others.flatMap((_, index) => [values[index + 1]!, writtenChange(change(row.changes[index]!, isFact(row)))]),
    ];
  }));
}

function runTable(report: Report, run: Run): string {
  const metrics = COLUMN_SETS.flat();
  const columns: GfmColumn[] = [
    { title: 'class', align: 'left' },
    ...metrics.map(({ group, title }) => ({ title: `${group} ${title}`.trim(), align: 'right' as const })),
  ];
  const groups = [...report.classes.map((name) => run.summary.classes[name]!), run.summary.all];
  const names = [...report.classes.map(markdownText), '**all**'];
  const cells = columnCells(metrics, groups);
  return gfmTable(columns, names.map((name, row) => [name, ...cells.map((column) => written(column[row]!))]));
}
