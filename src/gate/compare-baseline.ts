/** What changed since a baseline was accepted: every figure that differs, what appeared or went, and what explains it. */
import { changeOf } from '../metrics/compare.ts';
import { METRICS } from '../metrics/index.ts';
import { metricPath } from '../metrics/paths.ts';
import type { Baseline, Circumstances } from './baseline.ts';
import type { BaselineChange, BaselineResult, Cause, Presence } from './check-result.ts';
import { type PathExpression, segmentsText, quantityText, segmentText } from './expectation.ts';
import { figuresOf } from './figures.ts';
import { type NameTree, START } from './names.ts';
import { parsePath } from './parse.ts';
import { type Figure, figureSegments, figuresNamed, figureText } from './resolve.ts';
import { type Subject, valueOf } from './subject.ts';
import { isWithin, type Tolerance, toleranceFor } from './tolerance.ts';

export type Comparison = Pick<BaselineResult, 'outcomes' | 'unchanged' | 'causes' | 'changes' | 'added' | 'removed'> & { readonly status: 'same' | 'within' | 'drifted' };

/**
 * Compares runs with a baseline.
 *
 * Any difference is drift unless a tolerance allows it. So is a changed digest, even when no figure shows it, except
 * under schedulers with a tolerance on any of their figures: there the figures decide. A metric that the baseline does
 * not have is none: sched has learned it since. One that the baseline has and sched has not is.
 */
export function compareBaseline(
  baseline: Baseline, subject: Subject, now: Circumstances, tolerances: readonly Tolerance[], tree: NameTree,
): Comparison {
  const { known, gone } = oldFigures(baseline, tree);
  const changes = known.flatMap((figure) => changesOf(figure, baseline, subject, tolerances));
  const added = presences(newFigures(baseline, subject).map((figure) => appeared(figure, baseline, known)));
  const removed = presences([...withoutFigures(baseline, subject), ...gone.map((path) => vanished(path, subject, tree))]);
  const [unchanged, outcomes] = [true, false].map((same) => subject.runs
    .filter(({ scheduler, outcomeDigest }) => baseline.outcomes.has(scheduler) && (baseline.outcomes.get(scheduler) === outcomeDigest) === same)
    .map(({ scheduler }) => scheduler)) as [string[], string[]];
  const lists = added.filter(({ kind }) => kind !== 'metric').length + removed.length;
  const drifted = lists > 0 || changes.some(({ within }) => !within) || outcomes.some((scheduler) => !isTolerated(scheduler, subject, tolerances));
  const differs = lists + changes.length + outcomes.length > 0;
  return { status: drifted ? 'drifted' : differs ? 'within' : 'same', outcomes, unchanged, causes: causesOf(baseline, now, differs), changes, added, removed };
}

function isTolerated(scheduler: string, { runs }: Subject, tolerances: readonly Tolerance[]): boolean {
  return runs.filter((run) => run.scheduler === scheduler).flatMap(figuresOf).some((figure) => toleranceFor(figure, tolerances) !== null);
}

/** The figures of a baseline that can still be named, and the paths of those that cannot. */
function oldFigures({ metrics }: Baseline, tree: NameTree): { known: Figure[]; gone: PathExpression[] } {
  const known: Figure[] = [];
  const gone: PathExpression[] = [];
  for (const text of metrics.keys()) {
    const parsed = parsePath(text);
    if ('fault' in parsed) continue;
    const [first, ...rest] = parsed.value.segments;
    // A baseline's path always begins with its scheduler, even where a class has that name.
    const [figure] = figuresNamed([{ ...first!, kind: 'scheduler' }, ...rest], tree);
    if (figure) known.push(figure);
    else gone.push(parsed.value);
  }
  return { known, gone };
}

function newFigures({ metrics }: Baseline, { runs }: Subject): Figure[] {
  return runs.flatMap(figuresOf).filter((figure) => !metrics.has(figureText(figure)));
}

function changesOf(figure: Figure, { metrics }: Baseline, { runs }: Subject, tolerances: readonly Tolerance[]): BaselineChange[] {
  const path = figureText(figure);
  const run = runs.find(({ scheduler }) => scheduler === figure.scheduler)!;
  const before = metrics.get(path) ?? null;
  const after = valueOf(run.summary, figure);
  if (before === after) return [];
  const { metric, stat, group } = figure;
  const { relative, effect } = changeOf(metricPath(group, metric, stat), before, after);
  const allowed = toleranceFor(figure, tolerances);
  const names = figureSegments(figure);
  const grouped = group === 'run' ? 0 : 1;
  return [{
    path, scheduler: run.scheduler, group: grouped === 0 ? null : segmentText(names[1]!), metric: segmentsText(names.slice(1 + grouped)), unit: metric.unit,
    baseline: before, now: after, relative, effect,
    tolerance: allowed && quantityText(allowed.quantity),
    within: allowed !== null && before !== null && after !== null && isWithin(before, after, allowed, figure),
  }];
}

/** Of what a new figure is one: of a new scheduler, class or tenant, or a new metric. */
function appeared(figure: Figure, { outcomes }: Baseline, known: readonly Figure[]): Presence {
  const { scheduler, group, metric, stat } = figure;
  if (!outcomes.has(scheduler!)) return { kind: 'scheduler', name: scheduler!, figures: 1 };
  if (typeof group === 'object') {
    const [kind, name] = 'class' in group ? ['class', group.class] as const : ['tenant', group.tenant] as const;
    const was = known.some((other) => typeof other.group === 'object' && (kind === 'class' ? 'class' in other.group && other.group.class === name : 'tenant' in other.group && other.group.tenant === name));
    if (!was) return { kind, name, figures: 1 };
  }
  if (metric.keyedBy === 'class') return { kind: 'class', name: stat!, figures: 1 };
  const names = figureSegments(figure);
  return { kind: 'metric', name: segmentsText(names.slice(group === 'run' ? 1 : 2)), figures: 1 };
}

/** Schedulers that are gone, before their figures are counted. */
function withoutFigures({ outcomes }: Baseline, { runs }: Subject): Presence[] {
  return [...outcomes.keys()].filter((name) => !runs.some(({ scheduler }) => scheduler === name)).map((name) => ({ kind: 'scheduler', name, figures: 0 }));
}

/** Of what a figure that is gone was one. */
function vanished({ segments }: PathExpression, { runs }: Subject, tree: NameTree): Presence {
  const [first, second, ...rest] = segments;
  const { name } = first!;
  if (!runs.some(({ scheduler }) => scheduler === name)) return { kind: 'scheduler', name, figures: 1 };
  const ofClass = METRICS.find(({ keyedBy, name: metric }) => keyedBy === 'class' && metric === segments.slice(1, -1).map((each) => each.name).join('.'));
  if (ofClass) return { kind: 'class', name: segments.at(-1)!.name, figures: 1 };
  if (second && figuresNamed([{ kind: null, name: 'all' }, ...rest], tree).length > 0) return { kind: second.kind === 'tenant' ? 'tenant' : 'class', name: second.name, figures: 1 };
  const grouped = second !== undefined && tree.step(START, second).some(({ group, node }) => group !== null && node === null);
  return { kind: 'metric', name: segmentsText(segments.slice(grouped ? 2 : 1)), figures: 1 };
}

/** One of each kind and name, with all its figures. */
function presences(single: readonly Presence[]): Presence[] {
  const byName = new Map<string, Presence>();
  for (const each of single) {
    const key = `${each.kind} ${each.name}`;
    byName.set(key, { ...each, figures: each.figures + (byName.get(key)?.figures ?? 0) });
  }
  return [...byName.values()];
}

function causesOf(before: Circumstances, now: Circumstances, differs: boolean): Cause[] {
  const counted = ({ requests, digest }: Circumstances['workload']) => `${requests} requests, ${digest}`;
  const causes: Cause[] = [
    { what: 'workload', baseline: counted(before.workload), now: counted(now.workload) },
    { what: 'scenario', baseline: before.scenario, now: now.scenario },
    { what: 'sched', baseline: before.sched, now: now.sched },
  ];
  const found = causes.filter(({ baseline, now: today }) => baseline !== today);
  return found.length === 0 && differs ? [{ what: 'outcome', baseline: null, now: null }] : found;
}
