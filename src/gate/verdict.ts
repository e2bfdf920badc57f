/** From findings to exit codes: 0 fine, 1 a gate failed, 2 wrong input, 70 a bug; the worst wins. */
import { type BaselineResult, type CheckExitCode, type CheckReport, type CheckResult, type ExpectationResult, type Verdict, VERDICTS } from './check-result.ts';

const EXIT_CODES = { skipped: 0, passed: 0, warned: 0, failed: 1, empty: 2, invalid: 2, crashed: 70 } as const satisfies Record<Verdict, CheckExitCode>;

const OF_EXPECTATION = {
  passed: 'passed', warned: 'warned', undecided: 'failed', failed: 'failed', undecidable: 'invalid', invalid: 'invalid',
} as const satisfies Record<ExpectationResult['status'], Verdict>;

const OF_BASELINE = {
  none: 'passed', missing: 'passed', same: 'passed', within: 'passed', created: 'passed', updated: 'passed', unchanged: 'passed',
  drifted: 'failed', invalid: 'invalid',
} as const satisfies Record<BaselineResult['status'], Verdict>;

export function exitCodeOf(verdict: Verdict): CheckExitCode {
  return EXIT_CODES[verdict];
}

/** The worst of some verdicts; none at all pass. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  let at = verdicts.length === 0 ? VERDICTS.indexOf('passed') : 0;
  for (const verdict of verdicts) at = Math.max(at, VERDICTS.indexOf(verdict));
  return VERDICTS[at]!;
}

/** Whether a scenario has neither an expectation nor a baseline: a gate that cannot close. */
export function judgesNothing({ expectations, baseline }: Pick<CheckResult, 'expectations' | 'baseline'>): boolean {
  return expectations.length === 0 && (baseline.status === 'none' || baseline.status === 'missing');
}

/** What the expectations and the baseline of one scenario come to. */
export function verdictOf({ expectations, baseline, problems }: Pick<CheckResult, 'expectations' | 'baseline' | 'problems'>): Verdict {
  return worst([
    ...expectations.map(({ status }) => OF_EXPECTATION[status]),
    OF_BASELINE[baseline.status],
    ...(problems.some(({ severity }) => severity === undefined) ? ['invalid' as const] : []),
  ]);
}

/** A report over results: sorted by path, with the worst verdict of them. */
export function reportOf(
  results: readonly CheckResult[], { sched, shard, notRun }: Pick<CheckReport, 'sched' | 'shard' | 'notRun'>,
): CheckReport {
  const verdict = ofAll(worst(results.map((result) => result.verdict)));
  return {
    schemaVersion: 1, kind: 'check', sched, shard, verdict, exitCode: exitCodeOf(verdict),
    notRun: [...notRun].sort(byText), results: [...results].sort((a, b) => byText(a.file, b.file)),
  };
}

/** Where all of it was skipped, nothing was judged. */
function ofAll(verdict: Verdict): Verdict {
  return verdict === 'skipped' ? 'empty' : verdict;
}

/** By UTF-16 code units: the same order on every machine. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
