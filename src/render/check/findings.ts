/** What a check found, in words that every reporter shares. Names of the user's are made visible here. */
import type { BaselineChange, BaselineResult, Cause, CheckReport, CheckResult, ExpectationResult, Judgement, Presence } from '../../gate/check-result.ts';
import { exact, exactDifference } from '../text/exact.ts';
import { visible } from '../text/text.ts';
import { slackText } from './slack-text.ts';

/** `chat.yaml:31`, or where else an expectation came from. */
export function placeOf({ file, line }: Pick<ExpectationResult, 'file' | 'line'>): string {
  if (file === null) return '--expect';
  return line === null ? visible(file) : `${visible(file)}:${line}`;
}

/** What an expectation says of one scheduler: `priority: found 2.35 s, expected < 2 s: 350 ms too much`. */
export function judgementText({ operator, tolerance }: ExpectationResult, judgement: Judgement): string {
  const { scheduler, holds, found, expected, unit, against, why, replications } = judgement;
  if (replications) return slackText({ operator, tolerance }, judgement, replications);
  if (holds === null) return `${visible(scheduler)}: cannot be decided: ${visible(why ?? '')}`;
  const bound = `${operator} ${exact(expected, unit)}${tolerance === null ? '' : ` ± ${tolerance}`}`;
  const from = against === null ? '' : ` (by ${visible(against)})`;
  const off = found === null || expected === null || holds || operator === '!=' ? '' : `: ${missText(operator ?? '', exactDifference(expected, found, unit))}`;
  return `${visible(scheduler)}: found ${exact(found, unit)}, expected ${bound}${from}${off}`;
}

function missText(operator: string, difference: string): string {
  if (operator === '==') return `${difference} off`;
  return operator.startsWith('<') ? `${difference} too much` : `${difference} too little`;
}

const AROUND = [['statistic', 'this figure'], ['scheduler', 'other schedulers'], ['group', 'other classes']] as const;

/** The values around one that does not hold, a line for each kind of which any is defined. */
export function aroundLines({ around, unit }: Judgement): string[] {
  return AROUND.flatMap(([kind, title]) => {
    const values = around.filter((each) => each.kind === kind);
    const shown = values.map(({ name, value }) => `${visible(name)} ${exact(value, unit)}`);
    return values.every(({ value }) => value === null) ? [] : [`${title}: ${shown.join(', ')}`];
  });
}

/** Judgements that do not hold or cannot be decided. */
export function broken({ judgements }: ExpectationResult): Judgement[] {
  return judgements.filter(({ holds }) => holds !== true);
}

const CAUSES: Readonly<Record<Cause['what'], (cause: Cause, outcomes: readonly string[]) => string>> = {
  workload: () => 'the workload changed',
  scenario: () => 'the scenario changed',
  sched: ({ baseline, now }) => `sched changed (${visible(baseline ?? '')} → ${visible(now ?? '')})`,
  outcome: (_, outcomes) => (outcomes.length > 0
    ? 'only the outcome changed: scenario, workload and version of sched are those of the baseline'
    : 'only figures changed: every request fares as before, so they are computed in another way, or the baseline was edited'),
};

/** Why the runs are not those of the baseline. */
export function causeText({ causes, outcomes }: BaselineResult): string {
  return causes.map((cause) => CAUSES[cause.what](cause, outcomes)).join(', and ');
}

/** The state of a baseline in a few words; null when there is nothing to say. */
export function baselineText(baseline: BaselineResult): string | null {
  const { status, file, changes, problem } = baseline;
  const name = visible(file ?? '');
  const learned = newerFigures(baseline);
  const newer = learned === 0 ? '' : ` (it lacks ${count(learned, 'figure')} of newer metrics: --update adds them)`;
  switch (status) {
    case 'none': return null;
    case 'missing': return 'no baseline yet';
    case 'same': return `baseline unchanged${newer}`;
    case 'within': return `${changes.length === 0 ? 'baseline within tolerance' : `baseline within tolerance (${count(changes.length, 'figure')} changed)`}${newer}`;
    case 'drifted': return 'baseline drifted';
    case 'invalid': return visible(problem?.message ?? 'the baseline is invalid');
    case 'created': return `baseline written to ${name}`;
    case 'updated': return `baseline ${name} updated`;
    case 'unchanged': return 'baseline already up to date';
  }
}

/** What best tells a person how a class fares, most telling first. */
const TELLING = ['latency.mean', 'sla.attainment', 'latency.p99', 'latency.p95', 'ttft.p95', 'ttft.mean', 'goodput', 'queueTime.mean', 'tpot.mean', 'completed', 'shed', 'preemptions', 'makespan', 'fairness.jain'];
/** Figures named for each class, and lines before the rest is only counted. */
const NAMED = 2;
const MOST_LINES = 12;

/**
 * Who fares differently and how: a line per class, of the figures that tell it best, with the schedulers under
 * which it is so.
 */
function whoLines(baseline: BaselineResult): string[] {
  const changes = toldChanges(baseline);
  const ofClasses = groupBy(changes.filter(({ group }) => group !== null && group !== 'all'), ({ scheduler, group }) => JSON.stringify([scheduler, group]));
  const phrase = (of: readonly BaselineChange[]) => mostTelling(of, NAMED).map(changePhrase).join(', ');
  const fates = groupBy([...ofClasses.values()], (of) => JSON.stringify([of[0]!.group, phrase(of)]));
  const lines = [...fates.values()].map((same) => {
    const schedulers = same.map(([first]) => visible(first!.scheduler)).join(', ');
    return `${visible(same[0]![0]!.group!)} under ${schedulers}: ${phrase(same[0]!)}`;
  });
  const silent = baseline.outcomes.filter((scheduler) => baseline.changes.every((each) => each.scheduler !== scheduler));
  const all = [...lines, ...silent.map((scheduler) => `${visible(scheduler)}: some request fares differently, though no figure shows it`)];
  return all.length <= MOST_LINES ? all : [...all.slice(0, MOST_LINES - 1), `and ${count(all.length - MOST_LINES + 1, 'more line')} of this kind`];
}

/** In order of the first of each. */
export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The changes that a person is to see: of a drift those beyond their tolerance, of an update all. */
export function toldChanges({ status, changes }: BaselineResult): BaselineChange[] {
  return status === 'drifted' ? changes.filter(({ within }) => !within) : changes;
}

/** How many figures moved and are not told; null when none. */
export function untoldText(baseline: BaselineResult): string | null {
  const many = baseline.changes.length - toldChanges(baseline).length;
  return many === 0 ? null : `${count(many, 'figure')} changed within tolerance`;
}

/** The changes that matter most, in their own order. */
export function mostTelling(changes: readonly BaselineChange[], most: number): BaselineChange[] {
  const rank = ({ metric, group }: BaselineChange) =>
    (group?.startsWith('tenant:') ? 100 : 0) + (TELLING.includes(metric) ? TELLING.indexOf(metric) : TELLING.length);
  const kept = new Set([...changes].sort((a, b) => rank(a) - rank(b)).slice(0, most));
  return changes.filter((each) => kept.has(each));
}

function changePhrase(change: BaselineChange): string {
  const { metric, baseline, now, unit } = change;
  const [amount, relative, effect] = changeCells(change);
  const notes = [relative === '' ? amount : relative, effect].filter((text) => text !== '').join(', ');
  return `${visible(metric)} ${exact(baseline, unit)} → ${exact(now, unit)}${notes === '' ? '' : ` (${notes})`}`;
}

/** A change as an amount, a percentage (shares differ by points alone), and whether it is better or worse; each may be empty. */
export function changeCells({ baseline, now, unit, relative, effect, within, tolerance }: BaselineChange): [amount: string, relative: string, effect: string] {
  const judged = effect === 'better' || effect === 'worse' ? effect : '';
  const allowed = within ? `within ${tolerance}` : '';
  const word = [judged, allowed].filter((text) => text !== '').join(', ');
  if (baseline === null || now === null) return [baseline === null ? 'newly defined' : 'no longer defined', '', word];
  const sign = now > baseline ? '+' : '−';
  return [sign + exactDifference(baseline, now, unit), relative === null || unit === 'share' ? '' : relativeText(relative), word];
}

/** Beyond this many times a factor reads better than a percentage. */
const FACTOR_FROM = 10;

function relativeText(relative: number): string {
  if (relative >= FACTOR_FROM) return `×${(1 + relative).toPrecision(3)}`;
  const percent = Math.abs(relative) * 100;
  const sign = relative > 0 ? '+' : '−';
  if (percent < 0.01) return `${sign}<0.01 %`;
  return `${sign}${percent.toFixed(percent < 1 ? 2 : 1)} %`;
}

/** What a drift is about: what appeared and went, under which schedulers, who fares differently and how. */
export function driftLines(baseline: BaselineResult): string[] {
  const newer = newerFigures(baseline);
  const learned = newer === 0 ? [] : [`it lacks ${count(newer, 'figure')} of newer metrics, which is no drift`];
  return [...presenceLines(baseline), ...breadthLines(baseline), ...whoLines(baseline), ...learned];
}

/** Figures of metrics that sched has learned since the baseline was written: they fail nothing. */
function newerFigures({ added }: BaselineResult): number {
  return added.filter(({ kind }) => kind === 'metric').reduce((sum, { figures }) => sum + figures, 0);
}

/** `class vip is new (62 figures)` */
function presenceLines({ added, removed }: BaselineResult): string[] {
  const line = ({ kind, name, figures }: Presence, what: string) => `${kind} ${visible(name)} ${what} (${count(figures, 'figure')})`;
  return [...removed.map((each) => line(each, 'is gone')), ...added.filter(({ kind }) => kind !== 'metric').map((each) => line(each, 'is new'))];
}

/** Whether to look for the cause in one policy or in what all of them share. */
function breadthLines({ outcomes, unchanged }: BaselineResult): string[] {
  const names = (of: readonly string[]) => of.map(visible).join(', ');
  if (outcomes.length === 0) return [];
  if (unchanged.length > 0) return [`changed under ${names(outcomes)}; under ${names(unchanged)} every request fares as before`];
  return outcomes.length > 1 ? ['changed under every scheduler'] : [];
}

/** What a scenario's check came to, in one line: `1 of 5 expectations failed, 4 hold; baseline unchanged`. */
export function resultText({ expectations, baseline, problems, verdict }: CheckResult): string {
  if (verdict === 'crashed') return 'sched crashed';
  if (verdict === 'skipped') return `left out: ${problems.map(({ message, help }) => (help === undefined ? message : `${message}; ${help}`)).join('; ')}`;
  const errors = problems.filter(({ severity }) => severity === undefined).length;
  const parts = [errors > 0 ? count(errors, 'error') : null, expectationsText(expectations), baselineText(baseline)].filter((part) => part !== null);
  if (verdict === 'empty') return `${parts.map((part) => `${part}; `).join('')}${NOTHING}`;
  const nothing = expectations.length === 0 && errors === 0 && (baseline.status === 'none' || baseline.status === 'missing');
  return [...parts, ...(nothing ? ['nothing was checked'] : [])].join('; ');
}

/** Why a scenario is empty, and what to do. */
export const NOTHING = 'nothing to judge: give it an expectation (expect:) or a baseline (--update), or pass --allow-empty';

const STATUS_WORDS = [
  ['failed', 'failed', 'failed'], ['undecided', 'undecided', 'undecided'], ['undecidable', 'undecidable', 'undecidable'], ['invalid', 'invalid', 'invalid'], ['warned', 'warned', 'warned'], ['passed', 'holds', 'hold'],
] as const;

function expectationsText(expectations: readonly ExpectationResult[]): string | null {
  const found = STATUS_WORDS.flatMap(([status, one, several]) => {
    const many = expectations.filter((each) => each.status === status).length;
    return many === 0 ? [] : [{ many, word: many === 1 ? one : several }];
  });
  const [first, ...rest] = found;
  if (!first) return null;
  const all = count(expectations.length, 'expectation');
  if (rest.length === 0) return `${all} ${first.word}`;
  return [`${first.many} of ${all} ${first.word}`, ...rest.map(({ many, word }) => `${many} ${word}`)].join(', ');
}

const VERDICT_WORDS = { skipped: 'left out', passed: 'passed', warned: 'passed with warnings', failed: 'failed', empty: 'had nothing to judge', invalid: 'could not be judged', crashed: 'crashed' } as const;

/** `3 scenarios: 2 passed, 1 failed` */
export function totalText({ results, notRun }: CheckReport): string {
  const parts = (Object.keys(VERDICT_WORDS) as CheckResult['verdict'][]).flatMap((verdict) => {
    const many = results.filter((result) => result.verdict === verdict).length;
    return many === 0 ? [] : [`${many} ${VERDICT_WORDS[verdict]}`];
  });
  const left = notRun.length === 0 ? [] : [`${notRun.length} not run`];
  const all = count(results.length + notRun.length, 'scenario');
  return parts.length + left.length === 0 ? all : `${all}: ${[...parts, ...left].join(', ')}`;
}

export function count(many: number, of: string): string {
  return `${many} ${of}${many === 1 ? '' : 's'}`;
}
