/** The result of `sched check` for a person: what is wrong and for whom, scenario by scenario, then one summary with the failures last. */
import type { BaselineResult, CheckReport, CheckResult, ExpectationResult, Verdict } from '../../gate/check-result.ts';
import { codeFrame } from '../text/code-frame.ts';
import { driftTable } from './drift-table.ts';
import { aroundLines, broken, causeText, driftLines, judgementText, placeOf, resultText, toldChanges, totalText, untoldText } from './findings.ts';
import { isReplicated } from './slack-text.ts';
import type { Page, Style } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';

/** Ends in a newline. */
export function checkText(report: CheckReport, page: Page): string {
  const sections = report.results.map((result) => sectionOf(result, page)).filter((section) => section !== '');
  return `${[...sections, summaryOf(report, page)].join('\n\n')}\n`;
}

const WORST_FIRST = ['invalid', 'undecidable', 'failed', 'undecided', 'warned'] as const satisfies readonly ExpectationResult['status'][];

/** Everything worth reading about a scenario, or '' when all is well. */
function sectionOf(result: CheckResult, page: Page): string {
  const { file, name, expectations, baseline, problems } = result;
  // A line of the summary says it all.
  if (result.verdict === 'skipped') return '';
  const findings = [
    ...problems.map((problem) => codeFrame(problem, page)),
    ...WORST_FIRST.flatMap((status) => expectations.filter((each) => each.status === status).map((each) => expectationText(each, page))),
    // By how much the others hold: what is asked of replications.
    ...expectations.filter((each) => each.status === 'passed' && isReplicated(each)).map((each) => expectationText(each, page)),
    ...baselineFindings(baseline, page),
  ];
  if (findings.length === 0) return '';
  const title = name === null || name === file ? visible(file) : `${visible(file)} · ${visible(name)}`;
  return [page.style.title(shorten(title, page.columns)), ...findings].join('\n\n');
}

const TAGS = { passed: 'HOLDS', undecided: 'UNDECIDED', failed: 'FAIL', warned: 'WARN', undecidable: 'ERROR', invalid: 'ERROR' } as const;

function expectationText(expectation: ExpectationResult, page: Page): string {
  const { status, text, problem } = expectation;
  if (problem) return codeFrame(problem, page);
  const paint = status === 'warned' || status === 'passed' ? page.style.title : page.style.worse;
  const told = status === 'passed' ? expectation.judgements : broken(expectation);
  return [
    paint(wrap(`${TAGS[status]} ${placeOf(expectation)}: ${visible(text)}`, page.columns, { hang: 5 })),
    ...told.flatMap((judgement) => [
      wrap(judgementText(expectation, judgement), page.columns, { indent: 5, hang: 7 }),
      ...aroundLines(judgement).map((line) => page.style.dim(wrap(line, page.columns, { indent: 7, hang: 9 }))),
    ]),
  ].join('\n');
}

function baselineFindings(baseline: BaselineResult, page: Page): string[] {
  if (baseline.problem) return [codeFrame(baseline.problem, page)];
  const { status } = baseline;
  const changes = toldChanges(baseline);
  const untold = untoldText(baseline);
  const accepted = status === 'updated';
  if (status !== 'drifted' && !(accepted && (changes.length > 0 || driftLines(baseline).length > 0))) return [];
  const [tag, paint] = accepted ? ['UPDATED', page.style.title] as const : ['FAIL', page.style.worse] as const;
  const lines = driftLines(baseline).map((line) => wrap(line, page.columns, { indent: 5, hang: 7 }));
  return [[
    paint(wrap(`${tag} baseline ${visible(baseline.file ?? '')}: ${causeText(baseline)}`, page.columns, { hang: 5 })),
    ...lines,
    ...(changes.length === 0 ? [] : ['', driftTable(changes, page)]),
    ...(untold === null ? [] : ['', page.style.dim(wrap(untold, page.columns, { indent: 5 }))]),
    ...(accepted ? [] : ['', page.style.dim(wrap('If this is meant, accept it with --update and commit the baseline.', page.columns, { indent: 5 }))]),
  ].join('\n')];
}

const SUMMARY: readonly (readonly [Verdict, string])[] = [['skipped', 'SKIP'], ['passed', 'PASS'], ['warned', 'WARN'], ['failed', 'FAIL'], ['empty', 'EMPTY'], ['invalid', 'ERROR'], ['crashed', 'CRASH']];

/** A line per scenario, the worst last, where a log ends; then the count of them. */
function summaryOf(report: CheckReport, { columns, style }: Page): string {
  const paints: Readonly<Record<Verdict, Style['title']>> = { skipped: style.dim, passed: style.better, warned: style.title, failed: style.worse, empty: style.worse, invalid: style.worse, crashed: style.worse };
  const lines = SUMMARY.flatMap(([verdict, tag]) => report.results.filter((result) => result.verdict === verdict)
    .map((result) => wrap(`${paints[verdict](tag.padEnd(5))} ${visible(result.file)}: ${resultText(result)}`, columns, { hang: 6 })));
  return [...lines, ...(lines.length > 0 ? [''] : []), paints[report.verdict](totalText(report))].join('\n');
}
