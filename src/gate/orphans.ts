/** Baselines whose scenario is gone or has another name by now: nothing is held against them any more. */
import type { CheckResult } from './check-result.ts';
import { exitCodeOf } from './verdict.ts';

/** An orphaned baseline as an entry of the report, in the place of the scenario that it was of. @param fails whether it is wrong, not only told */
export function orphanResult(file: string, fails: boolean): CheckResult {
  const verdict = fails ? 'invalid' : 'warned';
  return {
    file, name: null, verdict, exitCode: exitCodeOf(verdict), expectations: [],
    baseline: { status: 'none', file: null, outcomes: [], unchanged: [], causes: [], changes: [], added: [], removed: [], problem: null },
    problems: [{
      code: 'orphaned-baseline', message: 'this baseline is of no scenario: there is none of its name', file,
      help: 'name it as its scenario is named now, or delete it', ...(!fails && { severity: 'warning' }),
    }],
  };
}
