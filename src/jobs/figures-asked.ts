/** The figures that an experiment shows of each of its cells. */
import { FaultError } from '../core/fault.ts';
import { NameTree } from '../gate/names.ts';
import { figureNamed, type ShownFigure } from '../gate/shown.ts';
import { percentileNamed } from '../metrics/percentiles.ts';
import type { Wanted } from '../run.ts';
import { inSetting } from '../scenario/revise.ts';
import { nameText } from '../gate/expectation.ts';
import type { Cell } from './cells.ts';

/** Of each class and of all, where nobody says. */
const USUAL = ['latency.mean', 'latency.p95', 'latency.p99', 'ttft.mean', 'ttft.p95', 'sla.attainment', 'goodput'];

/**
 * @param texts as in an expectation without the scheduler; none: the usual ones, of which a table shows those of the promises
 * @throws FaultError with those that some cell does not have
 */
export function figuresOf(cells: readonly Cell[], texts: readonly string[]): { readonly figures: readonly ShownFigure[]; readonly shown: readonly ShownFigure[] } {
  const { judging } = cells[0]!.loaded;
  if (texts.length > 0) {
    const trees = new Map(cells.map(({ loaded }) => [JSON.stringify(loaded.judging), loaded.judging]));
    const figures = texts.map((text) => named(text, [...trees.values()]));
    return { figures, shown: figures };
  }
  const tree = new NameTree(judging);
  const usual = [...judging.classes.map(nameText), 'all'].flatMap((group) => USUAL.map((figure) => named(`${group}.${figure}`, [judging], tree)));
  const promising = cells[0]!.loaded.scenario.classes.filter(({ sla }) => Object.values(sla).some((target) => target !== undefined)).map(({ name }) => `${nameText(name)}.sla.attainment`);
  const shown = new Set([...promising, 'all.latency.mean', ...(promising.length > 0 ? [] : ['all.latency.p95'])]);
  return { figures: usual, shown: usual.filter(({ text }) => shown.has(text)) };
}

function named(text: string, of: readonly Cell['loaded']['judging'][], tree?: NameTree): ShownFigure {
  const found = of.map((judging) => figureNamed(text, tree ?? new NameTree(judging)));
  const wrong = found.find((each) => 'fault' in each);
  if (wrong && 'fault' in wrong) throw new FaultError([inSetting(wrong.fault, { text }, '--show')]);
  return (found[0] as { value: ShownFigure }).value;
}

/** What runs must have for these. */
export function wantedBy(figures: readonly ShownFigure[]): Wanted {
  return {
    percentiles: figures.flatMap(({ stat }) => (stat === undefined ? [] : percentileNamed(stat) ?? [])),
    offeredLoad: figures.some(({ metric }) => metric.name.includes('offeredLoad')) ? 'always' : undefined,
  };
}
