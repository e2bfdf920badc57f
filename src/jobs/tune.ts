/** Which setting and policy keep every promise at the least of some figure, and what the others pay for it. */
import { FaultError } from '../core/fault.ts';
import { type Estimate, estimate, pairedEstimate } from '../core/students-t.ts';
import type { Decision } from '../experiments/capacity.ts';
import { type Candidate, ROUNDS, standing } from '../experiments/race.ts';
import { CONFIDENCE, seedsOf } from '../experiments/replications.ts';
import type { ShownFigure } from '../gate/shown.ts';
import type { MetricUnit } from '../metrics/metric.ts';
import { readMetric } from '../metrics/paths.ts';
import type { Wanted } from '../run.ts';
import { type Cell, cellsOf, readValues } from './cells.ts';
import { figuresOf, wantedBy } from './figures-asked.ts';
import { wantedFor } from './judge.ts';
import { decisionsOf } from './keeping.ts';
import { type Promised, promisesOf } from './promises.ts';
import { replicate, type Replication, requireRandom } from './replicate.ts';
import type { ScenarioFile } from './scenario-file.ts';
import type { Selection } from './selection.ts';
import type { World } from './world.ts';

export interface TuneOptions {
  readonly set: readonly string[];
  readonly zip: boolean;
  readonly promises: readonly string[];
  /** The figure that is to be least, or most, as in an expectation without the scheduler. */
  readonly figure: string;
  readonly least: boolean;
  /** Of a candidate, at most. */
  readonly maxReplications: number;
  readonly select: Selection;
}

/** A cell under one of its schedulers, and what is known of it. */
export interface Tried {
  readonly set: Cell['set'];
  readonly scheduler: string;
  readonly decision: Decision;
  readonly replications: number;
  readonly figure: Estimate | null;
}

export interface TuneResult {
  readonly name: string;
  readonly file: string | null;
  readonly seed: string;
  readonly paths: readonly string[];
  readonly promises: readonly string[];
  readonly figure: { readonly path: string; readonly unit: MetricUnit; readonly least: boolean };
  readonly confidence: number;
  readonly cells: number;
  readonly candidates: number;
  /** Of the engine. */
  readonly runs: number;
  readonly broken: number;
  /** What is not told apart from the best, that first. */
  readonly left: readonly Tried[];
  /** The best on seeds that had no part in choosing it; null where nothing keeps the promises. */
  readonly judgedAgain: (Tried & { readonly seeds: readonly string[] }) | null;
  /** The scenario as it is. */
  readonly today: readonly Tried[];
  /** What changes for whom from the first scheduler of today to the best, in the same replications. */
  readonly changes: readonly { readonly path: string; readonly unit: MetricUnit; readonly change: Estimate }[];
}

interface Entrant {
  readonly cell: Cell;
  readonly scheduler: string;
  readonly replications: Replication[];
}

/** @throws FaultError with what is wrong with settings, promises or figures before anything runs; where nothing is random */
export async function tune(base: ScenarioFile, options: TuneOptions, world: World): Promise<TuneResult> {
  const values = await readValues(options.set, world);
  const cells = cellsOf(base, values, options, world);
  const promises = promisesOf(base, options.promises);
  if (promises.some(({ about, against }) => about !== null || against !== null)) {
    throw new FaultError([{ code: 'input', message: '--for names a scheduler, and every scheduler is a candidate', help: 'leave it out: chat.sla.attainment >= 99%' }]);
  }
  const all = [{ set: {}, loaded: base }, ...cells];
  const figure = figuresOf(all, [options.figure]).figures[0]!;
  const { figures } = figuresOf([all[0]!], []);
  await requireRandom(base, options.maxReplications, world);
  const asked = wantedFor(promises.map(({ source }) => source));
  const wanted: Wanted = { percentiles: [...asked.percentiles ?? [], ...wantedBy([figure]).percentiles ?? []], offeredLoad: asked.offeredLoad ?? wantedBy([figure]).offeredLoad };
  const race = new Race(figure, promises, wanted, world);
  const today = entrantsOf([all[0]!]);
  let alive = entrantsOf(cells);
  const candidates = alive.length;
  let broken = 0;
  let best: Entrant | null = null;
  for (const count of roundsTo(options.maxReplications)) {
    await race.run([...alive, ...(count === ROUNDS[0] ? today : [])], count, base.scenario.seed);
    const found = standing(alive.map((each) => race.candidate(each)), options.least);
    broken += alive.filter((each) => race.decision(each) === 'broken').length;
    best = found.best === null ? null : alive[found.best]!;
    alive = found.left.map((index) => alive[index]!);
    if (best === null || (alive.length === 1 && race.decision(best) === 'holds')) break;
  }
  const count = best?.replications.length ?? ROUNDS[0];
  await race.run(today, count, base.scenario.seed);
  const again = best && { ...best, replications: [] };
  if (again) await race.run([again], count, base.scenario.seed, options.maxReplications + 1);
  const { name, file, seed } = base.scenario;
  const tried = (each: Entrant) => race.tried(each);
  return {
    name, file, seed, paths: values.map(({ path }) => path), promises: promises.map(({ source }) => source.text),
    figure: { path: figure.text, unit: figure.metric.unit, least: options.least }, confidence: CONFIDENCE,
    cells: cells.length, candidates, runs: race.runs, broken,
    left: best ? [best, ...alive.filter((each) => each !== best)].map(tried) : [],
    judgedAgain: again && { ...tried(again), seeds: seedsOf(seed, count, options.maxReplications + 1) },
    today: today.map(tried),
    changes: best ? changesTo(best, today[0]!, figures) : [],
  };
}

function entrantsOf(cells: readonly Cell[]): Entrant[] {
  return cells.flatMap((cell) => cell.loaded.scenario.schedulers.map(({ name: scheduler }) => ({ cell, scheduler, replications: [] })));
}

function roundsTo(most: number): number[] {
  const rounds = ROUNDS.filter((count) => count < most);
  return [...rounds, most];
}

/** Runs candidates and judges them. */
class Race {
  runs = 0;
  readonly #figure: ShownFigure;
  readonly #promises: readonly Promised[];
  readonly #wanted: Wanted;
  readonly #world: World;

  constructor(figure: ShownFigure, promises: readonly Promised[], wanted: Wanted, world: World) {
    this.#figure = figure;
    this.#promises = promises;
    this.#wanted = wanted;
    this.#world = world;
  }

  /** Until each has so many replications; those of one cell share their requests. @param from number of the first seed */
  async run(entrants: readonly Entrant[], count: number, seed: string, from = 1): Promise<void> {
    const ofCell = new Map<Cell, Entrant[]>();
    for (const each of entrants) {
      if (each.replications.length < count) ofCell.set(each.cell, [...ofCell.get(each.cell) ?? [], each]);
    }
    const groups = [...ofCell.entries()];
    await replicate(groups.map(([{ loaded }, group]) => {
      const names = new Set(group.map(({ scheduler }) => scheduler));
      const have = group[0]!.replications.length;
      return {
        loaded: { ...loaded, scenario: { ...loaded.scenario, schedulers: loaded.scenario.schedulers.filter(({ name }) => names.has(name)) } },
        seeds: seedsOf(seed, count - have, from + have), wanted: this.#wanted,
      };
    }), this.#world, (replication, index) => {
      this.runs += replication.runs.length;
      for (const each of groups[index]![1]) each.replications.push({ ...replication, runs: replication.runs.filter(({ scheduler }) => scheduler === each.scheduler) });
    });
  }

  decision({ cell, scheduler, replications }: Entrant): Decision {
    const { holds, broken } = decisionsOf(this.#promises, scheduler, cell.loaded.scenario, replications);
    return broken.length > 0 ? 'broken' : holds.length === this.#promises.length ? 'holds' : 'undecided';
  }

  candidate(entrant: Entrant): Candidate {
    return { decision: this.decision(entrant), values: entrant.replications.map((each) => valueIn(each, this.#figure)) };
  }

  tried(entrant: Entrant): Tried {
    const { decision, values } = this.candidate(entrant);
    const { cell: { set }, scheduler, replications } = entrant;
    return { set, scheduler, decision, replications: replications.length, figure: estimate(values.filter((value) => value !== null), CONFIDENCE) };
  }
}

function valueIn({ runs }: Replication, { group, metric, stat }: ShownFigure): number | null {
  return readMetric(runs[0]!.summary, group, metric.name, stat) ?? null;
}

function changesTo(best: Entrant, today: Entrant, figures: readonly ShownFigure[]): TuneResult['changes'] {
  return figures.filter(({ text }) => /\.(latency\.mean|sla\.attainment)$/.test(text)).flatMap((figure) => {
    const differences = best.replications.flatMap((replication, index) => {
      const [after, before] = [valueIn(replication, figure), valueIn(today.replications[index]!, figure)];
      return after === null || before === null ? [] : [after - before];
    });
    const change = pairedEstimate(differences, CONFIDENCE);
    return change ? [{ path: figure.text, unit: figure.metric.unit, change }] : [];
  });
}
