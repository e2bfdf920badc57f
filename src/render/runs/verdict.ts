/** What a comparison says, in plain sentences: who gains, who pays, whether the SLA holds, whether an order can help at all. */
import type { MetricChange } from '../../metrics/compare.ts';
import { verdictOf, type Fortune, type Shift, type Verdict } from '../../metrics/verdict.ts';
import { change, comparedFigures, figure } from './changes.ts';
import { MISSING, ratio, written } from '../text/quantities.ts';
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

/** Every run after the first, against the first. */
export function verdicts(report: Report): RunVerdict[] {
  return compared(report).map(({ run, against, verdict }) => ({
    run, against, sentences: sentencesOf(verdict, visible(against.scheduler), visible(run.scheduler)),
  }));
}

/**
 * That requests arrive faster than any of the policies served them, or null. Where one of them meets every
 * target there is nothing to warn of.
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

function compared({ runs: [against, ...others] }: Report): { run: Run; against: Run; verdict: Verdict }[] {
  return others.map((run) => ({
    run, against: against!, verdict: verdictOf(against!.summary, run.summary, run.sameScheduleAs === against!.scheduler),
  }));
}

function sentencesOf(verdict: Verdict, before: string, after: string): Sentence[] {
  const sla = slaSentence(verdict, before, after);
  const closing = sla ? [sla] : [];
  if (verdict.sameSchedule) {
    const text = verdict.all.meanLatency.after === null
      ? `No request completes under ${before} or ${after}.`
      : `${after} and ${before} made the very same schedule: every request starts and finishes at the same time under both.`;
    return [neutral(text), ...closing];
  }
  return [...fortunes(verdict), ...closing];
}

const IN_ORDER = ['gains', 'mixed', 'pays'] as const satisfies readonly Fortune[];
const EFFECTS = { gains: 'better', mixed: null, pays: 'worse' } as const;

/** A sentence per class whose lot changed, winners first; those whose lot did not are named together. */
function fortunes({ classes, all }: Verdict): Sentence[] {
  const changed = IN_ORDER.flatMap((fortune) =>
    classes.filter((shift) => shift.fortune === fortune).map((shift): Sentence => ({
      text: `${visible(shift.class)} ${fortune === 'mixed' ? 'gains and pays' : fortune}: ${shiftText(shift)}.`, effect: EFFECTS[fortune],
    })));
  const same = classes.filter(({ fortune, meanLatency }) => fortune === 'unchanged' && meanLatency.before !== null).map((shift) => visible(shift.class));
  const unchanged = same.length === 0 ? [] : [neutral(`${enumerate(same)} ${same.length === 1 ? 'fares' : 'fare'} the same.`)];
  const overall = changed.length === 0 || classes.length < 2 ? [] : [neutral(`Over all requests: ${shiftText(all)}.`)];
  return [...changed, ...unchanged, ...overall];
}

function shiftText({ meanLatency, attainment }: Shift): string {
  const parts = [`mean latency ${fromTo(meanLatency)}`];
  if (attainment.before !== null || attainment.after !== null) parts.push(`SLA attainment ${fromTo(attainment)}`);
  return parts.join(', ');
}

/** `2.35 s → 431 ms (−81.7 %)` */
function fromTo(shift: MetricChange): string {
  const { before, after, path } = shift;
  const [figures] = comparedFigures([{ unit: path.metric.unit, values: [before, after], changes: [shift] }]);
  const [from, to] = figures!.map(written);
  if (before === after) return `stays ${to}`;
  const shown = change(shift);
  if (shown?.sign === '≈') return from === to ? `about the same (${to})` : `about the same (${from} → ${to})`;
  return shown === null ? `${from} → ${to}` : `${from} → ${to} (${written(shown.amount)})`;
}

function slaSentence({ sla, all: { attainment } }: Verdict, before: string, after: string): Sentence | null {
  if (sla.before === null || sla.after === null) return null;
  if (sla.before && sla.after) return neutral(`The SLA holds under both: every target is met.`);
  if (sla.after) return { text: `The SLA holds under ${after}, not under ${before}: every target is met.`, effect: 'better' };
  if (sla.before) return { text: `The SLA holds under ${before}, and ${after} breaks it.`, effect: 'worse' };
  const share = (value: number | null) => (value === null ? MISSING : written(figure(value, 'share')));
  return neutral(attainment.before === attainment.after
    ? `The SLA holds under neither: ${share(attainment.after)} of the requests with a target meet it.`
    : `The SLA holds under neither: ${share(attainment.before)} of the requests with a target meet it under ${before}, ${share(attainment.after)} under ${after}.`);
}

function neutral(text: string): Sentence {
  return { text, effect: null };
}

function enumerate(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
