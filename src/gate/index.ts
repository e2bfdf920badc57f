/** `sched/gate`: what CI decides on, for programs that have runs already. No file is read or written here. */
export { baselineOf, baselineText, parseBaseline, type Baseline, type Circumstances } from './baseline.ts';
export type { BaselineResult, CheckReport, CheckResult, Verdict } from './check-result.ts';
export { judge, type ExpectationSource } from './evaluate.ts';
export { EXPECTATION_EBNF } from './expectation.ts';
export { gate, type GateInput, type GateOutput } from './gate.ts';
export { mergeReports } from './merge.ts';
export { NameTree } from './names.ts';
export { parseExpectation } from './parse.ts';
export type { Subject } from './subject.ts';
export { parseTolerance } from './tolerance.ts';
export { exitCodeOf, reportOf } from './verdict.ts';
