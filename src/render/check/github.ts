/**
 * The result of `sched check` for GitHub Actions: annotations on the lines that are broken, and a job summary
 * that the runner takes. Escaping is that of the runner's workflow commands.
 */
import type { Fault } from '../../core/fault.ts';
import type { FilePlace } from '../../core/place.ts';
import type { CheckReport, CheckResult, ExpectationResult } from '../../gate/check-result.ts';
import { broken, causeText, driftLines, judgementText, NOTHING } from './findings.ts';

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly title: string;
  readonly message: string;
}

/**
 * `::error file=…,line=…,title=…::…`, one a line, in order of the files.
 *
 * @param pathOf a file's path relative to the root of the repository
 */
export function githubAnnotations(report: CheckReport, pathOf: (file: string) => string): string {
  return report.results.flatMap(annotationsOf).map((annotation) => `${command({ ...annotation, file: pathOf(annotation.file) })}\n`).join('');
}

function annotationsOf(result: CheckResult): Annotation[] {
  const { file, baseline, problems, expectations } = result;
  const drift: Annotation[] = baseline.status !== 'drifted' ? [] : [{
    level: 'error', file, title: 'baseline drifted',
    message: [causeText(baseline), ...driftLines(baseline)].join('\n'),
  }];
  return [
    ...problems.map(ofFault),
    ...expectations.flatMap((expectation) => ofExpectation(expectation, file)),
    ...(baseline.problem ? [ofFault(baseline.problem)] : []),
    ...drift,
    ...(result.verdict === 'empty' ? [{ level: 'error' as const, file, title: 'nothing to judge', message: NOTHING }] : []),
  ];
}

function ofExpectation(expectation: ExpectationResult, scenario: string): Annotation[] {
  const { status, text, file, line, column, problem } = expectation;
  if (status === 'passed') return [];
  // One from the command line stands in no file: it is shown on the scenario that broke it.
  if (problem) return [ofFault(file === null ? { code: problem.code, message: problem.message, file: scenario, ...(problem.help !== undefined && { help: problem.help }) } : problem)];
  return [{
    level: status === 'warned' ? 'warning' : 'error', file: file ?? scenario, line: line ?? undefined, column: column ?? undefined,
    title: status === 'undecidable' || status === 'undecided' ? `${status}: ${text}` : `does not hold: ${text}`,
    message: broken(expectation).map((judgement) => judgementText(expectation, judgement)).join('\n'),
  }];
}

function ofFault({ severity, file, line, column, code, message, help }: Fault<FilePlace>): Annotation {
  return { level: severity ?? 'error', file, line, column, title: code, message: help === undefined ? message : `${message}\n${help}` };
}

function command({ level, file, line, column, title, message }: Annotation): string {
  const properties = [['file', file], ['line', line], ['col', line === undefined ? undefined : column], ['title', title]] as const;
  const written = properties.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${property(String(value))}`]));
  return `::${level} ${written.join(',')}::${data(message)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A step's summary is refused as a whole when it is larger. */
const SUMMARY_LIMIT = 1024 * 1024;
const CUT = '\n\n*Cut here: a job summary holds 1 MiB. The full result is in the log and in `--format json`.*\n';

/**
 * As much of a summary as still fits into the step's file, cut between lines.
 *
 * @param taken bytes that the file has already
 */
export function summaryPart(markdown: string, taken: number): string {
  const encoder = new TextEncoder();
  const room = SUMMARY_LIMIT - taken;
  if (encoder.encode(markdown).length <= room) return markdown;
  let left = room - encoder.encode(CUT).length;
  const kept: string[] = [];
  for (const line of markdown.split('\n')) {
    left -= encoder.encode(line).length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return kept.length === 0 ? '' : kept.join('\n') + CUT;
}
