/** The verdict on one scenario: its runs against its expectations and its baseline. No file is read or written here. */
import type { Fault } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { baselineOf, baselineText, parseBaseline, type Circumstances } from './baseline.ts';
import type { BaselineResult, CheckResult } from './check-result.ts';
import { compareBaseline } from './compare-baseline.ts';
import { type ExpectationSource, judge } from './evaluate.ts';
import { NameTree } from './names.ts';
import { judgeReplications } from './slack.ts';
import type { Subject } from './subject.ts';
import { toleranceFaults, type PlacedTolerance } from './prejudge.ts';
import { exitCodeOf, judgesNothing, verdictOf, worst } from './verdict.ts';

export interface GateInput {
  readonly file: string;
  readonly name: string;
  readonly subject: Subject;
  /** Over which expectations are judged, the subject the first of them; absent: the subject alone. */
  readonly replications?: readonly Subject[] | undefined;
  readonly expectations: readonly ExpectationSource[];
  readonly tolerances: readonly PlacedTolerance[];
  /** The baseline file and its text, null when there is none; null when the scenario can have none. */
  readonly baseline: { readonly file: string; readonly text: string | null } | null;
  readonly circumstances: Circumstances;
  /** Whether the present outcome is accepted. */
  readonly update: boolean;
  /** Whether to have none is wrong. */
  readonly requireBaseline: boolean;
  /** Whether a scenario with neither an expectation nor a baseline passes. */
  readonly allowEmpty?: boolean;
  /** What was wrong already: a tolerance that cannot be read, a warning of the scenario. */
  readonly problems: readonly Fault<FilePlace>[];
}

export interface GateOutput {
  readonly result: CheckResult;
  /** The baseline file to write, or null when it stays as it is. */
  readonly write: { readonly file: string; readonly text: string } | null;
}

/** Judges one scenario. */
export function gate(input: GateInput): GateOutput {
  const { file, name, subject, circumstances } = input;
  const tree = new NameTree(subject.names);
  const { replications } = input;
  const expectations = input.expectations.map((source) => (replications ? judgeReplications(source, replications, tree) : judge(source, subject, tree)));
  const problems = [...input.problems, ...toleranceFaults(input.tolerances, subject.names)];
  const before = compared(input, tree);
  const text = input.update && input.baseline ? baselineText(baselineOf(subject, circumstances)) : null;
  const baseline = text === null ? before : { ...before, status: accepted(input.baseline!.text, text), problem: null };
  const found = verdictOf({ expectations, baseline, problems });
  const verdict = judgesNothing({ expectations, baseline }) && !input.allowEmpty ? worst([found, 'empty']) : found;
  return {
    result: { file, name, verdict, exitCode: exitCodeOf(verdict), expectations, baseline, problems },
    write: text === null || baseline.status === 'unchanged' ? null : { file: input.baseline!.file, text },
  };
}

function accepted(before: string | null, now: string): 'created' | 'updated' | 'unchanged' {
  if (before === null) return 'created';
  return before === now ? 'unchanged' : 'updated';
}

function compared({ baseline, subject, circumstances, tolerances, requireBaseline }: GateInput, tree: NameTree): BaselineResult {
  const found = (status: BaselineResult['status'], more: Partial<BaselineResult> = {}): BaselineResult => ({
    status, file: baseline?.file ?? null, outcomes: [], unchanged: [], causes: [], changes: [], added: [], removed: [], problem: null, ...more,
  });
  if (!baseline) return found('none');
  if (baseline.text === null) return requireBaseline ? found('invalid', { problem: missing(baseline.file) }) : found('missing');
  const read = parseBaseline(baseline.text);
  if ('fault' in read) {
    return found('invalid', { problem: { ...read.fault, message: `the baseline ${read.fault.message}`, file: baseline.file } });
  }
  const { status, ...differences } = compareBaseline(read.baseline, subject, circumstances, tolerances.map(({ tolerance }) => tolerance), tree);
  return found(status, differences);
}

function missing(file: string): Fault<FilePlace> {
  return { code: 'baseline', message: 'there is no baseline', help: 'write one with --update and commit it', file };
}
