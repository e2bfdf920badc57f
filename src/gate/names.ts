/**
 * What a path can name in one scenario, as a tree walked name by name.
 *
 * `high.latency.p95` may begin with a scheduler, a group or a metric, so the walk keeps every reading that is
 * still possible. A path is good when exactly one reading is left at its end. `all` is always all requests.
 */
import type { Metric } from '../metrics/metric.ts';
import { type MetricGroup, metricPathsOf } from '../metrics/paths.ts';
import { percentileName, percentileNamed } from '../metrics/percentiles.ts';
import { type Segment, nameText } from './expectation.ts';

/** The names of one scenario, in its own order. */
export interface GateNames {
  readonly schedulers: readonly string[];
  readonly classes: readonly string[];
  /** Null: not known yet, as a trace that has not been read may name any. */
  readonly tenants: readonly string[] | null;
}

interface MetricFigure {
  readonly metric: Metric;
  readonly stat?: string;
}

/** A place in the names of the metrics: `sla` has the children met, attainment, …, and is no figure itself. */
interface MetricNode {
  readonly children: Map<string, MetricNode>;
  figure?: MetricFigure;
  /** The distribution of which any percentile may follow. */
  distribution?: Metric;
}

/** A way to read the names so far. */
export interface Reading {
  readonly scheduler: string | null;
  /** Null while no group and no metric was named. */
  readonly group: MetricGroup | null;
  /** Where in the metrics it stands; null before the first name of a metric. */
  readonly node: MetricNode | null;
}

/** A name that may come next, as it is written. */
export interface NextName {
  readonly text: string;
  readonly segment: Pick<Segment, 'kind' | 'name'>;
}

export const START: Reading = { scheduler: null, group: null, node: null };

export class NameTree {
  readonly #names: GateNames;
  readonly #ofGroup: MetricNode;
  readonly #ofRun: MetricNode;

  constructor(names: GateNames) {
    this.#names = names;
    this.#ofGroup = metricTree('all', names);
    this.#ofRun = metricTree('run', names);
  }

  /** The readings with one more name. */
  step(reading: Reading, segment: Pick<Segment, 'kind' | 'name'>): Reading[] {
    const { kind, name } = segment;
    const next: Reading[] = [];
    if (isBeforeGroup(reading)) {
      if (kind === null && name === 'all') return [{ ...reading, group: 'all' }];
      if (reading.scheduler === null && isOneOf(kind, 'scheduler') && this.#names.schedulers.includes(name)) next.push({ ...reading, scheduler: name });
      if (isOneOf(kind, 'class') && this.#names.classes.includes(name)) next.push({ ...reading, group: { class: name } });
      if (kind === 'tenant' && (this.#names.tenants?.includes(name) ?? true)) next.push({ ...reading, group: { tenant: name } });
    }
    if (kind === null) next.push(...this.#intoMetric(reading, name));
    return next;
  }

  /** The names that may come next, in the order in which a path is written. @param tenants at most so many tenants */
  choices(reading: Reading, tenants: number): NextName[] {
    const metrics = (node: MetricNode) => [...node.children.keys()].map((name) => choice(null, name));
    if (reading.node) return metrics(reading.node);
    if (reading.group) return metrics(this.#ofGroup);
    return [
      ...(reading.scheduler === null ? this.#names.schedulers.map((name) => choice(null, name)) : []),
      choice(null, 'all'),
      ...this.#names.classes.map((name) => choice(null, name)),
      ...(this.#names.tenants ?? []).slice(0, tenants).map((name) => choice('tenant', name)),
      ...metrics(this.#ofGroup), ...metrics(this.#ofRun),
    ];
  }

  #intoMetric({ scheduler, group, node }: Reading, name: string): Reading[] {
    if (node) return childOf(node, name).map((child) => ({ scheduler, group, node: child }));
    const ofGroup = childOf(this.#ofGroup, name).map((child): Reading => ({ scheduler, group: group ?? 'all', node: child }));
    if (group) return ofGroup;
    return [...ofGroup, ...childOf(this.#ofRun, name).map((child): Reading => ({ scheduler, group: 'run', node: child }))];
  }
}

function isBeforeGroup({ group, node }: Reading): boolean {
  return group === null && node === null;
}

function isOneOf(kind: Segment['kind'], wanted: Segment['kind']): boolean {
  return kind === null || kind === wanted;
}

function choice(kind: Segment['kind'], name: string): NextName {
  return { text: kind === null ? nameText(name) : `${kind}:${nameText(name)}`, segment: { kind, name } };
}

function childOf({ children, distribution }: MetricNode, name: string): MetricNode[] {
  const child = children.get(name);
  if (child) return [child];
  const percentile = distribution ? percentileNamed(name) : null;
  return percentile === null ? [] : [{ children: new Map(), figure: { metric: distribution!, stat: percentileName(percentile) } }];
}

/** The tree of the metrics of any group, or of the run. */
function metricTree(group: 'all' | 'run', { classes }: GateNames): MetricNode {
  const root: MetricNode = { children: new Map() };
  for (const { group: of, metric, stat } of metricPathsOf({ classes, tenants: [] })) {
    if (of !== group) continue;
    const node = metric.name.split('.').reduce(grow, root);
    if (metric.percentiles) node.distribution = metric;
    const leaf = stat === undefined ? node : grow(node, stat);
    leaf.figure = { metric, ...(stat === undefined ? {} : { stat }) };
  }
  return root;
}

function grow(node: MetricNode, name: string): MetricNode {
  const child = node.children.get(name) ?? { children: new Map() };
  node.children.set(name, child);
  return child;
}
