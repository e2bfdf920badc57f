/** Finds the figure that a path names, or says where the path goes wrong and what was probably meant. */
import { distance } from 'fastest-levenshtein';
import type { Metric } from '../metrics/metric.ts';
import type { MetricGroup } from '../metrics/paths.ts';
import { type PathExpression, type Segment, nameText, segmentsText, segmentText } from './expectation.ts';
import { fail } from './fault.ts';
import { type NextName, type NameTree, type Reading, START } from './names.ts';

/** A figure of the summary of a run. */
export interface Figure {
  /** Null: of every scheduler. */
  readonly scheduler: string | null;
  readonly group: MetricGroup;
  readonly metric: Metric;
  readonly stat?: string;
}

/** Choices listed before the rest is only counted. */
const LISTED = 24;
/** Whole paths named as probably meant. */
const SUGGESTED = 4;

/**
 * The one figure that a path names.
 *
 * @throws FaultError when there is none, or more than one
 */
export function resolvePath(path: PathExpression, tree: NameTree): Figure {
  let readings: Reading[] = [START];
  path.segments.forEach((segment, at) => {
    const next = readings.flatMap((reading) => tree.step(reading, segment));
    if (next.length === 0) unknown(path, at, readings, tree);
    readings = next;
  });
  const figures = readings.flatMap(figureOf);
  if (figures.length === 0) incomplete(path, readings, tree);
  if (figures.length > 1) ambiguous(path, figures);
  return figures[0]!;
}

/** Every figure that names can be read as. */
export function figuresNamed(segments: readonly Pick<Segment, 'kind' | 'name'>[], tree: NameTree): Figure[] {
  return segments
    .reduce<Reading[]>((readings, segment) => readings.flatMap((reading) => tree.step(reading, segment)), [START])
    .flatMap(figureOf);
}

/** A figure as a path that names it and nothing else: `priority.all.latency.p95`, `fifo.makespan`. */
export function figureText(figure: Figure): string {
  return segmentsText(figureSegments(figure));
}

export function figureSegments({ scheduler, group, metric, stat }: Figure): Pick<Segment, 'kind' | 'name'>[] {
  const bare = (name: string) => ({ kind: null, name });
  return [
    ...(scheduler === null ? [] : [bare(scheduler)]),
    ...groupSegments(group),
    ...metric.name.split('.').map(bare),
    ...(stat === undefined ? [] : [bare(stat)]),
  ];
}

function groupSegments(group: MetricGroup): Pick<Segment, 'kind' | 'name'>[] {
  if (group === 'run') return [];
  if (group === 'all') return [{ kind: null, name: 'all' }];
  if ('tenant' in group) return [{ kind: 'tenant', name: group.tenant }];
  return [{ kind: null, name: group.class }];
}

function figureOf({ scheduler, group, node }: Reading): Figure[] {
  return node?.figure && group ? [{ scheduler, group, ...node.figure }] : [];
}

function unknown({ segments }: PathExpression, at: number, readings: readonly Reading[], tree: NameTree): never {
  const segment = segments[at]!;
  const before = segments.slice(0, at);
  const rest = segments.slice(at);
  const place = at === 0 ? '' : ` after \`${segmentsText(before)}\``;
  const meant = likely(segmentsText(rest), readings, tree).map((text) => `\`${[...before.map(segmentText), text].join('.')}\``);
  fail(segment, `there is no \`${segmentText(segment)}\`${place}`, [
    ...(meant.length === 0 ? [] : [`did you mean ${meant.join(' or ')}?`]),
    ...hints(segment, at, readings, tree),
    listed(readings, tree, at > 0),
  ].join('; '));
}

function incomplete(path: PathExpression, readings: readonly Reading[], tree: NameTree): never {
  fail(path, `\`${segmentsText(path.segments)}\` is no figure yet`, listed(readings, tree, true));
}

/** A scheduler and a class share a name: nothing else can be read in two ways. */
function ambiguous(path: PathExpression, figures: readonly Figure[]): never {
  const spelled = figures.map(({ scheduler, group }) => {
    if (scheduler !== null) return `scheduler:${nameText(scheduler)} for the scheduler`;
    return `class:${typeof group === 'object' && 'class' in group ? nameText(group.class) : ''} for the class`;
  });
  fail(path, `\`${segmentsText(path.segments)}\` can be read in ${figures.length} ways`, `write ${spelled.join(', ')}`);
}

/** What else is worth saying about a name that does not fit where it stands. */
function hints({ kind, name }: Segment, at: number, readings: readonly Reading[], tree: NameTree): string[] {
  if (at > 0 && readings.every(({ scheduler }) => scheduler === null) && tree.step(START, { kind: 'scheduler', name }).length > 0) {
    return ['the scheduler comes first: scheduler.class.metric.statistic'];
  }
  const grouped = readings.some(({ group, node }) => group !== null && node === null);
  if (grouped && tree.step(START, { kind: null, name }).some(({ group }) => group === 'run')) {
    return [`\`${name}\` is a figure of the whole run: leave the class out`];
  }
  const [start] = name.split('-');
  if (kind === null && start !== name && readings.some((reading) => tree.step(reading, { kind, name: start! }).length > 0)) {
    return ['a minus sign needs a space before it'];
  }
  return [];
}

/** Ways to go on that are spelled nearly so, or that end so (`p95` for `latency.p95`). */
function likely(rest: string, readings: readonly Reading[], tree: NameTree): string[] {
  const candidates = [...new Set(readings.flatMap((reading) => continuations(reading, tree)))];
  const near = Math.max(2, Math.floor(rest.length * 0.3));
  const ranked = candidates
    .map((text) => ({ text, far: distance(rest, text) }))
    .filter(({ far }) => far <= near)
    .sort((a, b) => a.far - b.far);
  if (ranked.length > 0) return ranked.filter(({ far }) => far === ranked[0]!.far).slice(0, SUGGESTED).map(({ text }) => text);
  const ending = candidates.filter((text) => text.endsWith(`.${rest}`));
  const depth = (text: string) => text.split('.').length;
  const shortest = ending.reduce((least, text) => Math.min(least, depth(text)), Infinity);
  return ending.filter((text) => depth(text) === shortest).slice(0, SUGGESTED);
}

/** Every way to complete a reading. */
function continuations(reading: Reading, tree: NameTree): string[] {
  return tree.choices(reading, LISTED).flatMap(({ text, segment }) =>
    tree.step(reading, segment).flatMap((next) => [
      ...(next.node?.figure ? [text] : []),
      ...continuations(next, tree).map((more) => `${text}.${more}`),
    ]));
}

function listed(readings: readonly Reading[], tree: NameTree, within: boolean): string {
  const unique = new Set(readings.flatMap((reading) => tree.choices(reading, Infinity)).map(({ text }: NextName) => text));
  const shown = [...unique].slice(0, LISTED);
  const more = unique.size - shown.length;
  return `${within ? 'what can follow' : 'a path can begin with'}: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
