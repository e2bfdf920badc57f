/**
 * Lengths as they were measured: values to draw from, a column of a CSV file, or quantiles.
 *
 * Values are drawn with equal chance, and those outside min and max are left out. Quantiles are the points of the
 * inverse distribution function, a straight line between two of them: enough to make a synthetic twin of a
 * trace that may not be published.
 */
import * as v from 'valibot';
import { FaultError, refuse } from '../../core/fault.ts';
import { whole } from '../../core/options.ts';
import type { ScenarioPath } from '../../core/place.ts';
import type { Random } from '../../core/random.ts';
import { cellFault, columnsOf, readCsv } from '../csv.ts';
import { dataFault, Faults, unreadable, workloadFault } from '../fault.ts';
import { likelyHelp } from '../likely.ts';
import type { FileAccess } from '../files.ts';
import { MAX_TOKENS } from '../limits.ts';
import type { Bounds, LengthDefinition } from './length.ts';
import { boundOptions, checkBounds } from './length.ts';
import { checkPoints, pointsOf, quantileAt, type Quantiles, quantilesOption } from './quantiles.ts';
import { wholeTokens } from './whole-tokens.ts';

interface Options extends Bounds {
  readonly values?: readonly number[] | undefined;
  readonly file?: string;
  readonly column?: string;
  readonly quantiles?: Quantiles;
}

export const empirical: LengthDefinition<Options> = {
  name: 'empirical',
  summary: 'drawn from values, from a column of a CSV file, or from quantiles',
  options: {
    values: v.optional(v.pipe(
      v.array(whole('tokens', 1, MAX_TOKENS)),
      v.minLength(1, 'needs at least one value'),
      v.description('lengths, each as likely as the others'),
    )),
    file: v.optional(v.pipe(v.string(), v.nonEmpty(), v.description('CSV file, relative to the scenario file'))),
    column: v.optional(v.pipe(v.string(), v.nonEmpty(), v.description('its column that holds the lengths'))),
    quantiles: v.optional(quantilesOption('probability -> tokens, with 0 (the least) and 1 (the most), straight between')),
    ...boundOptions,
  },
  check: checkOptions,
  async load(options, files, path) {
    if (options.file === undefined) return options;
    const values = inBounds(await readColumn(options.file, options.column!, files, path), options);
    if (values.length > 0) return { ...options, values };
    throw new FaultError([workloadFault([...path, 'column'], `column ${options.column} of ${options.file} holds no length within min and max`)]);
  },
  make({ values, quantiles, min, max }, random) {
    if (quantiles !== undefined) return wholeTokens(drawQuantile(quantiles, random), { min, max });
    const kept = inBounds(values!, { min, max });
    return () => kept[Math.floor(random() * kept.length)]!;
  },
};

function checkOptions(options: Options): string | undefined {
  const { values, file, column, quantiles, min = 1, max = MAX_TOKENS } = options;
  if ([values, file, quantiles].filter((given) => given !== undefined).length !== 1) return 'needs one of values, file or quantiles';
  if ((file === undefined) !== (column === undefined)) return 'needs file and column together';
  if (min > max) return checkBounds(options);
  if (values && inBounds(values, options).length === 0) return 'min and max leave none of the values';
  if (!quantiles) return undefined;
  const points = pointsOf(quantiles);
  const lengths = points.map(([, tokens]) => tokens);
  const fault = checkPoints(points);
  if (fault !== undefined) return fault;
  return lengths.at(-1)! < min || lengths[0]! > max ? 'min and max leave nothing of the quantiles' : undefined;
}

function inBounds(values: readonly number[], { min = 1, max = MAX_TOKENS }: Bounds): number[] {
  return values.filter((tokens) => tokens >= min && tokens <= max);
}

function drawQuantile(quantiles: Quantiles, random: Random): () => number {
  const points = pointsOf(quantiles);
  return () => quantileAt(points, random());
}

async function readColumn(file: string, column: string, files: FileAccess, path: ScenarioPath): Promise<number[]> {
  const values: number[] = [];
  const faults = new Faults();
  let index = -1;
  try {
    await readCsv(files.open(file), (cells, line) => {
      if (index < 0) {
        [index = -1] = columnsOf(cells, [column]);
        if (index < 0) throw new FaultError([dataFault(`has no column ${column}`, { line, column: 1 }, likelyHelp(cells))]);
        return;
      }
      const tokens = Number(cells[index]?.trim() || NaN);
      if (tokens >= 0 && tokens <= MAX_TOKENS) values.push(Math.round(tokens));
      else faults.add(cellFault(cells, line, index, `${column} is not a number of tokens`));
    });
  } catch (error) {
    const found = unreadable(error, [...path, 'file'], file);
    throw found === undefined ? error : new FaultError(found);
  }
  refuse(faults.of(file));
  if (values.length > 0) return values;
  throw new FaultError([workloadFault([...path, 'file'], `${file} holds no rows`)]);
}
