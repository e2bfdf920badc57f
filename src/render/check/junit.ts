/**
 * The result of `sched check` as JUnit XML, valid against the schema of Ant's JUnit task (and Jenkins's): a suite
 * is a scenario, a case an expectation or its baseline.
 *
 * The schema demands a time stamp, a host and durations. Results say nothing of when and where they were made, so
 * that the same input gives the same bytes: these are fixed values.
 */
import type { Fault } from '../../core/fault.ts';
import type { FilePlace } from '../../core/place.ts';
import type { BaselineResult, CheckReport, CheckResult, ExpectationResult } from '../../gate/check-result.ts';
import { aroundLines, baselineText, broken, causeText, driftLines, judgementText, NOTHING, placeOf, resultText } from './findings.ts';

interface Case {
  readonly name: string;
  /** failure: the gate says no. error: it could not be judged. */
  readonly fault: { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string } | null;
  /** Whether it was left out rather than run. */
  readonly isSkipped?: boolean;
  /** What is worth saying although it passed. */
  readonly note: string | null;
}

/** Ends in a newline. */
export function checkJunit(report: CheckReport): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${report.results.map(suite).join('')}</testsuites>\n`;
}

function suite(result: CheckResult, id: number): string {
  const cases = [...emptyCases(result), ...problemCases(result), ...result.expectations.map(expectationCase), ...baselineCases(result.baseline)];
  const number = (kind: string) => cases.filter(({ fault }) => fault?.kind === kind).length;
  const notes = cases.flatMap(({ note }) => (note === null ? [] : [note]));
  const name = nameText(result.name ?? '') || nameText(result.file);
  return `  <testsuite name="${name}" package="${nameText(result.file)}" id="${id}" timestamp="1970-01-01T00:00:00" hostname="localhost"`
    + ` tests="${cases.length}" failures="${number('failure')}" errors="${number('error')}" time="0">\n    <properties/>\n`
    + cases.map((each) => testCase(each, nameText(result.file))).join('')
    + `    <system-out>${text([resultText(result), ...notes].join('\n'))}</system-out>\n    <system-err/>\n  </testsuite>\n`;
}

function testCase({ name, fault, isSkipped = false }: Case, classname: string): string {
  const head = `    <testcase name="${nameText(name)}" classname="${classname}" time="0"`;
  if (isSkipped) return `${head}>\n      <skipped/>\n    </testcase>\n`;
  if (!fault) return `${head}/>\n`;
  const { kind, type, message, text: body } = fault;
  return `${head}>\n      <${kind} type="${attribute(type)}" message="${attribute(message)}">${text(body)}</${kind}>\n    </testcase>\n`;
}

function emptyCases({ verdict }: CheckResult): Case[] {
  return verdict === 'empty' ? [{ name: 'nothing to judge', fault: { kind: 'error', type: 'empty', message: NOTHING, text: NOTHING }, note: null }] : [];
}

function problemCases({ problems, verdict }: CheckResult): Case[] {
  return problems.map((problem) => ({
    isSkipped: verdict === 'skipped',
    name: `scenario: ${problem.message}`,
    fault: problem.severity === 'warning' ? null : { kind: 'error', type: problem.code, message: problem.message, text: faultText(problem) },
    note: problem.severity === 'warning' ? faultText(problem) : null,
  }));
}

function expectationCase(expectation: ExpectationResult): Case {
  const { text: name, status, problem } = expectation;
  if (problem) return { name, fault: { kind: 'error', type: problem.code, message: problem.message, text: faultText(problem) }, note: null };
  const findings = broken(expectation).map((judgement) => [judgementText(expectation, judgement), ...aroundLines(judgement).map((line) => `  ${line}`)].join('\n'));
  const body = [`${placeOf(expectation)}: ${name}`, ...findings].join('\n');
  if (status === 'passed' || status === 'warned') return { name, fault: null, note: status === 'warned' ? `warning: ${body}` : null };
  const message = broken(expectation).map((judgement) => judgementText(expectation, judgement)).join('; ');
  return { name, fault: { kind: status === 'failed' || status === 'undecided' ? 'failure' : 'error', type: status === 'failed' ? 'expectation' : status, message, text: body }, note: null };
}

function baselineCases(baseline: BaselineResult): Case[] {
  const { status, problem } = baseline;
  if (status === 'none' || status === 'missing') return [];
  if (problem) return [{ name: 'baseline', fault: { kind: 'error', type: problem.code, message: problem.message, text: faultText(problem) }, note: null }];
  if (status !== 'drifted') return [{ name: 'baseline', fault: null, note: baselineText(baseline) }];
  const message = `the baseline drifted: ${causeText(baseline)}`;
  const body = [message, ...driftLines(baseline)].join('\n');
  return [{ name: 'baseline', fault: { kind: 'failure', type: 'baseline', message, text: body }, note: null }];
}

function faultText({ file, line, column, message, help, sourceLine }: Fault<FilePlace>): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return [`${place}: ${message}`, ...(sourceLine === undefined ? [] : [sourceLine]), ...(help === undefined ? [] : [help])].join('\n');
}

/** What XML 1.0 cannot hold, not even escaped: control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' };

function text(value: string): string {
  return value.replace(FORBIDDEN, '').replace(/[&<>\r]/g, (char) => ESCAPES[char]!);
}

function attribute(value: string): string {
  return value.replace(FORBIDDEN, '').replace(/[&<>"\r\n\t]/g, (char) => ESCAPES[char]!);
}

/** Names are tokens in the schema: blanks at the ends or several in a row mean nothing. */
function nameText(value: string): string {
  return attribute(value.replace(FORBIDDEN, '').replace(/\s+/g, ' ').trim());
}
