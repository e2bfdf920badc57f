/** A scenario over a grid of settings: every cell under each scheduler, as often as is wanted. */
import { type Fault, FaultError } from '../core/fault.ts';
import { estimate } from '../core/students-t.ts';
import { CONFIDENCE, seedsOf } from '../experiments/replications.ts';
import type { SweepCell, SweepResult } from '../experiments/sweep-result.ts';
import { canonicalJson, valueDigest } from '../gate/canonical.ts';
import { isInShard, type Shard } from '../gate/shards.ts';
import type { ShownFigure } from '../gate/shown.ts';
import { readMetric } from '../metrics/paths.ts';
import { written } from '../metrics/written.ts';
import { type Cell, cellsOf, readValues } from './cells.ts';
import { figuresOf, wantedBy } from './figures-asked.ts';
import { replicate, type Replication, requireRandom } from './replicate.ts';
import type { ReplicateRow } from './replicate-rows.ts';
import type { ScenarioFile } from './scenario-file.ts';
import type { Selection } from './selection.ts';
import type { World } from './world.ts';

export interface SweepOptions {
  /** `PATH=VALUES` each. */
  readonly set: readonly string[];
  readonly zip: boolean;
  readonly replications: number;
  /** Figures that are shown and written; none: those that comparisons have, a few of them shown. */
  readonly show: readonly string[];
  readonly shard: Shard | null;
  readonly select?: Selection;
  /** What was found before, by the key of its cell. */
  readonly known?: ReadonlyMap<string, readonly SweepCell[]>;
  /** Told of every cell that has been run. */
  readonly onCell?: (key: string, cell: readonly SweepCell[]) => void;
  readonly onReplicate?: ((row: ReplicateRow) => void) | undefined;
}

/** @throws FaultError with what is wrong with any cell or figure, before anything runs; later with what is wrong with a workload */
export async function sweep(base: ScenarioFile, options: SweepOptions, world: World): Promise<SweepResult> {
  const values = await readValues(options.set, world);
  const cells = cellsOf(base, values, { zip: options.zip, select: options.select }, world);
  const { figures, shown } = figuresOf(cells, options.show);
  const { name, file, seed } = base.scenario;
  if (options.replications > 1) await requireRandom(cells[0]!.loaded, options.replications, world);
  const result: Omit<SweepResult, 'cells'> = {
    schemaVersion: 1, kind: 'sweep', sched: world.version,
    scenario: { name, file, seed, digest: await valueDigest({ document: base.document, schedulers: options.select?.scheduler ?? null }) },
    replications: { count: options.replications, seeds: seedsOf(seed, options.replications), confidence: CONFIDENCE },
    shard: options.shard, paths: values.map(({ path }) => path), cellCount: cells.length,
    figures: figures.map(({ text, metric }) => ({ path: text, unit: metric.unit })), shown: shown.map(({ text }) => text),
  };
  const mine = cells.map((cell, index) => ({ ...cell, number: index + 1, key: '' })).filter(({ set }) => options.shard === null || isInShard(canonicalJson(set), options.shard));
  for (const cell of mine) cell.key = await keyOf(result, cell);
  const found = new Map<number, readonly SweepCell[]>(mine.flatMap(({ key, number }) => {
    const before = options.known?.get(key);
    return before ? [[number, before.map((each) => ({ ...each, cell: number }))] as const] : [];
  }));
  await runCells(mine.filter(({ number }) => !found.has(number)), figures, options, world, ({ key, number }, entries) => {
    found.set(number, entries);
    options.onCell?.(key, entries);
  });
  return { ...result, cells: mine.flatMap(({ number }) => found.get(number)!) };
}

interface NumberedCell extends Cell {
  readonly number: number;
  readonly key: string;
}

/** What a cell's figures depend on, whatever its place among the others. */
function keyOf({ sched, scenario, replications, figures }: Omit<SweepResult, 'cells'>, { set }: Cell): Promise<string> {
  return valueDigest({ sched, digest: scenario.digest, replications, figures, set });
}

async function runCells(cells: readonly NumberedCell[], figures: readonly ShownFigure[], { replications: count, onReplicate }: SweepOptions, world: World, done: (cell: NumberedCell, entries: readonly SweepCell[]) => void): Promise<void> {
  const wanted = wantedBy(figures);
  let of: Replication[] = [];
  await replicate(cells.map(({ loaded }) => ({ loaded, seeds: seedsOf(loaded.scenario.seed, count), wanted })), world, (replication, index) => {
    of.push(replication);
    const cell = cells[index]!;
    const { set, number } = cell;
    if (onReplicate) for (const row of rowsOf(replication, of.length, set, figures)) onReplicate(row);
    if (of.length < count) return;
    done(cell, entriesOf(number, set, of, figures));
    of = [];
  });
}

function entriesOf(cell: number, set: Cell['set'], replications: readonly Replication[], figures: readonly ShownFigure[]): SweepCell[] {
  return replications[0]!.runs.map(({ scheduler }, run) => ({
    cell, set, scheduler,
    metrics: Object.fromEntries(figures.map(({ text, group, metric, stat }) => {
      const values = replications.flatMap(({ runs }) => readMetric(runs[run]!.summary, group, metric.name, stat) ?? []);
      const found = estimate(values, CONFIDENCE);
      return [text, { mean: written(found?.mean ?? null, metric.unit), halfWidth: written(found?.halfWidth ?? null, metric.unit), n: values.length }];
    })),
  }));
}

function* rowsOf({ runs }: Replication, replication: number, set: Cell['set'], figures: readonly ShownFigure[]): Generator<ReplicateRow> {
  for (const { scheduler, summary } of runs) {
    for (const { text, group, metric, stat } of figures) yield { replication, set, scheduler, metric: text, value: written(readMetric(summary, group, metric.name, stat) ?? null, metric.unit) };
  }
}

/** @throws FaultError for what is none */
export function requireValues(set: readonly string[]): void {
  if (set.length === 0) throw new FaultError([{ code: 'input', message: 'a sweep needs something to sweep over', help: '--set engine.maxBatchSize=16,32,64, or --set load=0.5..1.5/0.25' } as Fault]);
}
