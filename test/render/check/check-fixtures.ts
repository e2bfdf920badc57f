/** A report with a finding of every kind, and one whose every name tries to break out of its format. */
import { baselineOf, baselineText } from '../../../src/gate/baseline.ts';
import type { CheckReport, CheckResult } from '../../../src/gate/check-result.ts';
import { gate, type GateInput } from '../../../src/gate/gate.ts';
import { reportOf } from '../../../src/gate/verdict.ts';
import { chat, CIRCUMSTANCES, DIGEST_B, run, S, subjectOf, summary, times } from '../../gate/subjects.ts';

const BASELINE = baselineText(baselineOf(chat(), CIRCUMSTANCES));

function expectation(text: string, line: number, level: 'error' | 'warn' = 'error'): GateInput['expectations'][number] {
  return { text, level, file: 'scenarios/chat.yaml', line, column: 5, sourceLine: `  - ${text}` };
}

export function checked(over: Partial<GateInput>): CheckResult {
  return gate({
    file: 'scenarios/chat.yaml', name: 'Chat', subject: chat(), expectations: [], tolerances: [], update: false, requireBaseline: false, problems: [],
    baseline: { file: 'scenarios/chat.baseline.json', text: BASELINE }, circumstances: CIRCUMSTANCES, ...over,
  }).result;
}

export function report(results: readonly CheckResult[], notRun: string[] = []): CheckReport {
  return reportOf(results, { sched: '1.2.3', shard: null, notRun });
}

export const FAILS = 'priority.low.latency.p95 <= 1.5 * fifo.low.latency.p95';

/** high fares worse by 10 % under priority. */
export const DRIFTED = checked({
  subject: subjectOf([chat().runs[0]!, run('priority', summary({ high: { latency: times(1.1 * S), met: 95 }, low: { latency: times(4 * S), met: 74, withTarget: 75 } }), DIGEST_B)]),
});

export const MIXED = report([
  checked({
    expectations: [
      expectation('high.latency.p95 < 10s', 30), expectation(FAILS, 31), expectation('fifo.high.sla.attainment == 100%', 32, 'warn'),
      expectation('high.tpot.p95 < 1s', 33), expectation('high.latencyy.p95 < 1s', 34),
    ],
  }),
  { ...DRIFTED, file: 'scenarios/drift.yaml' },
  { ...checked({ baseline: null, expectations: [expectation('high.latency.p95 < 10s', 3)] }), file: 'scenarios/fine.yaml' },
  { ...checked({ baseline: { file: 'torn.baseline.json', text: '{' } }), file: 'scenarios/torn.yaml' },
]);

/** Markup, line breaks, control characters, half a surrogate pair, emoji, and a right-to-left override. */
export const HOSTILE = ']]> & <b>"x"</b> |`%0A,: \u0000\u0007\u001b[2J\ud800\ufffe\r\n::error::😀 \u202e';

export const HOSTILE_REPORT = report([{
  ...checked({
    file: `${HOSTILE}.yaml`, name: HOSTILE,
    subject: subjectOf([run(HOSTILE, summary({ [HOSTILE]: { latency: times(S) } }), DIGEST_B)]),
    expectations: [
      { text: `all.latency.p95 < 1us`, level: 'error', file: `${HOSTILE}.yaml`, line: 3, column: 4, sourceLine: null },
      { text: `${HOSTILE} < 1`, level: 'error', file: null, line: null, column: null, sourceLine: null },
    ],
    problems: [{ code: 'odd', message: HOSTILE, help: HOSTILE, file: HOSTILE, line: 1, column: 1, sourceLine: HOSTILE }],
  }),
}]);
