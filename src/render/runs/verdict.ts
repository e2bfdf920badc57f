/** What a comparison says, in plain sentences: who gains, who pays and where the time went, whether the SLA holds, whether an order can help at all. */
import { keeping, slaHolds } from '../../metrics/promises.ts';
import { type Cause, type Fortune, type Shift, type Verdict, verdictOf } from '../../metrics/verdict.ts';
import { change, figure } from './changes.ts';
import { count, MISSING, ratio, written } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import { visible } from '../text/text.ts';

/** A sentence, and whether it is good or bad news. */
export interface Sentence {
  readonly text: string;
  readonly effect: 'better' | 'worse' | null;
}

/** The sentences on one run against the first. */
export interface RunVerdict {
  readonly run: Run;
  readonly against: Run;
  readonly sentences: readonly Sentence[];
}

/** Every run after the first, against the first: who gains and who pays, then whether the SLA holds. */
export function verdicts(report: Report): RunVerdict[] {
  return compared(report).map(({ run, against, verdict }) => {
    const sla = slaSentence(verdict, visible(against.scheduler), visible(run.scheduler));
    return { run, against, sentences: [fortuneSentence(verdict, run, against), ...(sla ? [sla] : [])] };
  });
}

/** Who gains and who pays under each run after the first, a sentence a run. */
export function fortuneSentences(report: Report): Sentence[] {
  return compared(report).map(({ run, against, verdict }) => fortuneSentence(verdict, run, against));
}

/** Under which runs every class keeps its promise, and who breaks which under the others; null where nothing is promised. */
export function promiseSentence({ runs, promises }: Report): Sentence | null {
  const judged = runs.map((run) => ({ run, holds: slaHolds(run.summary, promises) })).filter(({ holds }) => holds !== null);
  if (judged.length === 0) return null;
  const names = (holds: boolean) => judged.filter((each) => each.holds === holds).map(({ run }) => visible(run.scheduler));
  const [kept, broken] = [names(true), judged.filter(({ holds }) => !holds).map(({ run }) => `${visible(run.scheduler)} ${brokenBy(run, promises)}`)];
  if (broken.length === 0) return { text: judged.length === 1 ? `The SLA holds under ${kept[0]!}: every class keeps its promise.` : `The SLA holds under ${judged.length === 2 ? 'both' : 'all'}: every class keeps its promise.`, effect: null };
  if (kept.length === 0) return { text: `The SLA holds under ${noneOf(judged.length, broken)}: ${broken.join('; ')}.`, effect: null };
  return { text: `The SLA holds under ${enumerate(kept)}; ${broken.join('; ')}.`, effect: null };
}

function noneOf(many: number, broken: readonly string[]): string {
  if (many === 1) return `no policy`;
  return broken.length === 2 ? 'neither' : 'none';
}

/** `breaks the promise to chat (ttft) and batch (latency)` */
function brokenBy({ summary }: Run, promises: Report['promises']): string {
  const broken = promises.flatMap(({ class: name, attainment }) => {
    const { isKept, missed } = keeping(summary.classes[name]!, attainment);
    return isKept === false ? [`${visible(name)} (${missed.join(', ')})`] : [];
  });
  return `breaks the promise to ${fewOf(broken)}`;
}

/**
 * That requests arrive faster than any of the policies served them, or null. Where one of them keeps every
 * promise there is nothing to warn of.
 */
export function overload(report: Report): Sentence | null {
  const loads = compared(report).map(({ verdict }) => verdict.overload?.load ?? null);
  if (loads.length === 0 || loads.includes(null)) return null;
  const least = Math.min(...loads.map((load) => load!));
  return {
    text: `Overload: while they arrive, requests come ${written(ratio(least))} times as fast as the engine serves them. The queue grows whatever the order, which only decides who waits.`,
    effect: 'worse',
  };
}

function compared({ runs: [against, ...others], promises }: Report): { run: Run; against: Run; verdict: Verdict }[] {
  return others.map((run) => ({
    run, against: against!, verdict: verdictOf(against!.summary, run.summary, run.sameScheduleAs === against!.scheduler, promises),
  }));
}

const IN_ORDER = ['gains', 'mixed', 'pays'] as const satisfies readonly Fortune[];
const WORDS = { gains: 'gains', mixed: 'gains and pays', pays: 'pays' } as const;

/** `priority: chat gains (mean latency −11.5 %, queue −703 ms); batch pays (mean latency +23.3 %, queue +1.36 s).` */
function fortuneSentence(verdict: Verdict, run: Run, against: Run): Sentence {
  const [before, after] = [visible(against.scheduler), visible(run.scheduler)];
  if (verdict.sameSchedule) {
    return neutral(verdict.all.meanLatency.after === null
      ? `No request completes under ${before} or ${after}.`
      : `${after} and ${before} made the very same schedule: every request starts and finishes at the same time under both.`);
  }
  const present = verdict.classes.filter(({ meanLatency, attainment }) => [meanLatency, attainment].some((each) => each.before !== null || each.after !== null));
  const told = IN_ORDER.flatMap((fortune) => {
    const shifts = present.filter((shift) => shift.fortune === fortune);
    const named = shifts.map((shift) => `${visible(shift.class)} ${WORDS[fortune]}${shiftText(shift)}`);
    return named.length === 0 ? [] : [fewOf(named)];
  });
  const same = present.filter(({ fortune }) => fortune === 'unchanged').map((shift) => visible(shift.class));
  if (same.length > 0) told.push(`${fewOf(same)} ${same.length === 1 ? 'fares' : 'fare'} the same`);
  return neutral(told.length === 0 ? `${after} against ${before}: no request completes.` : `${after} against ${before}: ${told.join('; ')}.`);
}

/** ` (mean latency −11.5 %, queue −703 ms)` */
function shiftText({ meanLatency, attainment, cause }: Shift): string {
  const latency = change(meanLatency);
  const parts: string[] = [];
  if (latency && latency.amount.number !== '') parts.push(`mean latency ${written(latency.amount)}`, ...(cause ? [causeText(cause)] : []));
  const share = (value: number | null) => (value === null ? MISSING : written(figure(value, 'share')));
  if (parts.length === 0 && attainment.before !== attainment.after) parts.push(`SLA ${share(attainment.before)} → ${share(attainment.after)}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function causeText({ part, change: micros, evictions }: Cause): string {
  const evicted = evictions > 0 ? ` with ${written(count(evictions))} more preemptions` : '';
  return `${part} ${micros > 0 ? '+' : '−'}${written(figure(Math.abs(micros), 'time'))}${evicted}`;
}

function slaSentence({ sla, all: { attainment } }: Verdict, before: string, after: string): Sentence | null {
  if (sla.before === null || sla.after === null) return null;
  if (sla.before && sla.after) return neutral('The SLA holds under both: every class keeps its promise.');
  if (sla.after) return { text: `The SLA holds under ${after}, not under ${before}.`, effect: 'better' };
  if (sla.before) return { text: `The SLA holds under ${before}, and ${after} breaks it.`, effect: 'worse' };
  const share = (value: number | null) => (value === null ? MISSING : written(figure(value, 'share')));
  return neutral(attainment.before === attainment.after
    ? `The SLA holds under neither: ${share(attainment.after)} of the requests with a target meet it.`
    : `The SLA holds under neither: ${share(attainment.before)} of the requests with a target meet it under ${before}, ${share(attainment.after)} under ${after}.`);
}

function neutral(text: string): Sentence {
  return { text, effect: null };
}

/** More names than this do not fit a sentence. */
const MOST_NAMED = 4;

function fewOf(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return enumerate(names);
  return `${names.slice(0, MOST_NAMED - 1).join(', ')} and ${names.length - MOST_NAMED + 1} more`;
}

function enumerate(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
