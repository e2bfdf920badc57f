/**
 * The order of the search: first the coefficients on the server as it is known, then, where its KV cache
 * decided who waits, coefficients and KV blocks together.
 *
 * Why blocks that are known are fitted at all: with prefix caching, requests that share the beginning of
 * their prompts share its blocks, and a cache of 2,587 blocks holds what 2,624 would without. The engine
 * does not model the sharing (a run does not tell what was shared), so a larger cache stands for it.
 */
import type { EngineOptions } from '../../engine/options.ts';
import { EXACT, Judge, type Fit, type Point } from './fit.ts';
import { COEFFICIENTS, engineAt, rounder, vectorOf, type Vector } from './parameters.ts';
import { fullCache, type BlockRange } from './memory.ts';
import { search } from './search.ts';
import { serverOf, withFittedBlocks, type Server, type Sources } from './settings.ts';
import { startsOf } from './starts.ts';

export interface Fitted {
  readonly server: Server;
  readonly best: Point;
}

const ITERATIONS = 8;
/** Near the capacity of the cache the loss has many valleys. */
const WALKS_WITH_BLOCKS = 3;
/** Half widths of the differences, as shares of a parameter: wide to find the valley, narrow to find its floor. */
const WIDE = { coefficient: 0.05, blocks: 0.005 };
const NARROW = { coefficient: 0.015, blocks: 0.002 };

/** A coefficient whose absence makes the loss so little worse was not seen in the run. */
const IDLE = 1.02;

/** Finds the server and the point of the search that meet the run best. */
export async function runStages(fit: Fit, sources: Sources): Promise<Fitted> {
  const range = startsOf(fit.requests);
  const known = serverOf(sources);
  const judge = new Judge(fit, known.engine);
  const starts = range.starts.map((start) => vectorOf(start));
  await descend(judge, { starts, walks: 1, lower: vectorOf(range.lower), upper: vectorOf(range.upper) });

  const blocks = fullCache(fit.requests, known.engine, sources, () => fit.replay(engineAt(known.engine, judge.best.vector)));
  if (blocks) {
    const open = withFittedBlocks(sources, blocks.around, '');
    const withBlocks = new Judge(fit, open.engine);
    await descend(withBlocks, {
      starts: startsWith(blocks, blocks.known ? judge.best.vector : starts[0]!), walks: WALKS_WITH_BLOCKS,
      lower: vectorOf(range.lower, blocks.least), upper: vectorOf(range.upper, blocks.most),
    });
    if (withBlocks.best.loss < blocks.gain * judge.best.loss) {
      const best = plainest(withBlocks);
      const fitted = blocksOf(engineAt(open.engine, best.vector));
      return { server: withFittedBlocks(sources, fitted, blocks.note(fitted)), best };
    }
  }
  return { server: known, best: plainest(judge) };
}

interface Descent {
  readonly starts: readonly Vector[];
  /** From how many of them, each brought as near as its schedule leads, the search is to walk. */
  readonly walks: number;
  readonly lower: Vector;
  readonly upper: Vector;
}

/**
 * Searches from the starts that promise most, and from the first as it is: in a short run, or one with little
 * load, several coefficients explain the same time, and the two ways end in different valleys.
 */
async function descend(judge: Judge, { starts, walks, lower, upper }: Descent): Promise<void> {
  const near = starts.map((start) => judge.approach(start, lower, upper)).sort((a, b) => a.loss - b.loss).slice(0, walks).map(({ vector }) => vector);
  const widths = ({ coefficient, blocks }: typeof WIDE) => lower.map((_, i) => (i < COEFFICIENTS.length ? coefficient : blocks));
  await search({ starts: [...near, starts[0]!], lower, upper, steps: widths(WIDE), iterations: ITERATIONS }, judge.residuals);
  await search({ starts: [judge.best.vector], lower, upper, steps: widths(NARROW), iterations: ITERATIONS }, judge.residuals);
  judge.settle();
}

function startsWith({ starts }: BlockRange, coefficients: Vector): Vector[] {
  return starts.map((blocks) => [...coefficients, Math.log(blocks)]);
}

/**
 * The best point, with those coefficients at 0 that the run does not speak for (a trifle from a search is no finding),
 * and, where the run is met exactly, with no more digits than it takes.
 */
function plainest(judge: Judge): Point {
  const { loss } = judge.best;
  let point = judge.best;
  for (const i of COEFFICIENTS.keys()) {
    const without = judge.at(point.vector.with(i, -Infinity));
    if (without.loss <= IDLE * loss) point = without;
  }
  if (point.loss >= EXACT) return point;
  for (const some of subsets(COEFFICIENTS.length)) {
    const { loss: least, vector } = point;
    point = rounder(vector, some).map((each) => judge.at(each)).find((each) => each.loss <= least) ?? point;
  }
  return point;
}

/** Every choice of some of so many things, the largest first. */
function subsets(size: number): number[][] {
  const members = (set: number): number[] => Array.from({ length: size }, (_, i) => i).filter((i) => (set >> i) & 1);
  return Array.from({ length: 2 ** size - 1 }, (_, i) => members(i + 1)).sort((a, b) => b.length - a.length);
}

function blocksOf({ kvCache }: EngineOptions): number {
  return kvCache!.blocks;
}
