/** The result of `sched check` as GitHub-flavoured Markdown: a job's summary, a comment on a pull request. */
import type { BaselineResult, CheckReport, CheckResult, ExpectationResult, Verdict } from '../../gate/check-result.ts';
import { exact } from '../text/exact.ts';
import { broken, causeText, changeCells, count, driftLines, judgementText, mostTelling, placeOf, resultText, toldChanges, totalText, untoldText } from './findings.ts';
import { isReplicated } from './slack-text.ts';
import { gfmTable, markdownText, type GfmColumn } from '../text/gfm.ts';

/** Rows of a drift that are shown. */
const MOST_ROWS = 50;

const MARKS: Readonly<Record<Verdict, string>> = { skipped: '⏭️ skip', passed: '✅ pass', warned: '⚠️ warn', failed: '❌ fail', empty: '🕳️ empty', invalid: '🚫 error', crashed: '💥 crash' };

/** A table of all scenarios, then a section for each that is not well. Ends in a newline. */
export function checkMarkdown(report: CheckReport): string {
  const title = `### sched check: ${markdownText(totalText(report))}`;
  const columns: GfmColumn[] = [{ title: '', align: 'left' }, { title: 'scenario', align: 'left' }, { title: 'result', align: 'left' }];
  const rows = report.results.map((result) => [MARKS[result.verdict], markdownText(result.file), markdownText(resultText(result))]);
  const sections = report.results.flatMap(sectionOf);
  return `${[title, ...(rows.length === 0 ? [] : [gfmTable(columns, rows)]), ...sections].join('\n\n')}\n`;
}

function sectionOf({ file, name, expectations, baseline, problems }: CheckResult): string[] {
  const items = [
    ...problems.map(({ message, help, severity, line }) => item(`${severity ?? 'error'}${line === undefined ? '' : ` in line ${line}`}: ${message}`, help)),
    ...expectations.flatMap(expectationItems),
    ...(baseline.problem ? [item(`${baseline.problem.file}: ${baseline.problem.message}`, baseline.problem.help)] : []),
  ];
  const parts = [...(items.length === 0 ? [] : [items.join('\n')]), ...driftParts(baseline)];
  if (parts.length === 0) return [];
  return [`#### ${markdownText(name === null || name === file ? file : `${file} · ${name}`)}`, ...parts];
}

function item(text: string, help: string | undefined): string {
  return `- ${markdownText(text)}${help === undefined ? '' : ` (${markdownText(help)})`}`;
}

const WORDS = { passed: 'holds', undecided: 'undecided', failed: 'failed', warned: 'warning', undecidable: 'undecidable', invalid: 'invalid' } as const;

function expectationItems(expectation: ExpectationResult): string[] {
  const { status, text, problem } = expectation;
  if (status === 'passed' && !isReplicated(expectation)) return [];
  const told = status === 'passed' ? expectation.judgements : broken(expectation);
  const head = `- **${WORDS[status]}** ${markdownText(text)} (${markdownText(placeOf(expectation))})`;
  const findings = problem ? [problem.message, ...(problem.help === undefined ? [] : [problem.help])] : told.map((each) => judgementText(expectation, each));
  return [head, ...findings.map((finding) => `  - ${markdownText(finding)}`)];
}

function driftParts(baseline: BaselineResult): string[] {
  if (baseline.status !== 'drifted' && baseline.status !== 'updated') return [];
  const lines = driftLines(baseline);
  const changes = toldChanges(baseline);
  const untold = untoldText(baseline);
  const shown = mostTelling(changes, MOST_ROWS);
  const right = (title: string): GfmColumn => ({ title, align: 'right' });
  const rows = shown.map((change) => [
    markdownText(change.path), exact(change.baseline, change.unit), exact(change.now, change.unit), ...changeCells(change).map(markdownText),
  ]);
  const head = baseline.causes.length === 0 ? '' : `**Baseline ${baseline.status}**: ${markdownText(causeText(baseline))}`;
  return [
    ...(head === '' ? [] : [head]),
    ...(lines.length === 0 ? [] : [lines.map((line) => `- ${markdownText(line)}`).join('\n')]),
    ...(rows.length === 0 ? [] : [gfmTable([{ title: 'figure', align: 'left' }, right('baseline'), right('now'), right('change'), right(''), { title: '', align: 'left' }], rows)]),
    ...(changes.length > shown.length ? [`and ${count(changes.length - shown.length, 'more figure')}`] : []),
    ...(untold === null ? [] : [untold]),
  ];
}
