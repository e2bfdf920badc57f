/**
 * What a sweep came to, as plain JSON: what `sched sweep --format json` writes, `sched merge` puts together and every
 * renderer reads. Values are as in the result files: times in seconds, shares 0 to 1, null = not defined.
 */
import * as v from 'valibot';

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const value = v.nullable(v.number());

const cellSchema = v.strictObject({
  /** Which of all cells of the whole, from 1. */
  cell: whole,
  set: v.record(v.string(), v.unknown()),
  scheduler: v.string(),
  metrics: v.record(v.string(), v.strictObject({ mean: value, halfWidth: value, n: v.number() })),
});

export const sweepSchema = v.strictObject({
  schemaVersion: v.literal(1),
  kind: v.literal('sweep'),
  sched: v.string(),
  scenario: v.strictObject({ name: v.string(), file: v.nullable(v.string()), seed: v.string(), digest: v.string() }),
  replications: v.strictObject({ count: whole, seeds: v.array(v.string()), confidence: v.number() }),
  shard: v.nullable(v.strictObject({ index: whole, of: whole })),
  /** What is set, in the order of the table's columns. */
  paths: v.array(v.string()),
  /** Cells of the whole. */
  cellCount: whole,
  figures: v.array(v.strictObject({ path: v.string(), unit: v.picklist(['time', 'share', 'rate', 'count', 'ratio', 'cost']) })),
  /** Those that a table shows. */
  shown: v.array(v.string()),
  cells: v.array(cellSchema),
});

export type SweepResult = v.InferOutput<typeof sweepSchema>;
export type SweepCell = v.InferOutput<typeof cellSchema>;

/** Reads what `sched sweep --format json` wrote; a string says why the value is no such thing. */
export function parseSweep(document: unknown): SweepResult | string {
  const { success, output, issues } = v.safeParse(sweepSchema, document, { abortEarly: true });
  if (success) return output;
  return `is not a result of sched sweep: ${v.getDotPath(issues[0]) ?? ''}: ${issues[0].message}`;
}

/**
 * The whole of which these are the shards, equal to the sweep of all cells at once.
 *
 * @returns a string when they do not go together: one is missing, two have the same cell, they are of different sweeps
 */
export function mergeSweeps(named: readonly { readonly file: string; readonly sweep: SweepResult }[]): SweepResult | string {
  const [first] = named as [(typeof named)[number], ...typeof named];
  const sameFor = (sweep: SweepResult): string => JSON.stringify({ ...sweep, cells: null, shard: null });
  const other = named.find(({ sweep }) => sameFor(sweep) !== sameFor(first.sweep));
  if (other) return `${first.file} and ${other.file} are not parts of the same sweep`;
  const seenIn = new Map<number, string>();
  for (const { file, sweep } of named) {
    for (const cell of new Set(sweep.cells.map((each) => each.cell))) {
      const before = seenIn.get(cell);
      if (before !== undefined) return `cell ${cell} is in ${before} and in ${file}`;
      seenIn.set(cell, file);
    }
  }
  const missing = Array.from({ length: first.sweep.cellCount }, (_, index) => index + 1).filter((cell) => !seenIn.has(cell));
  if (missing.length > 0) return `${missing.length} of ${first.sweep.cellCount} cells are missing: the result of a shard is not among these`;
  return { ...first.sweep, shard: null, cells: named.flatMap(({ sweep }) => sweep.cells).sort((a, b) => a.cell - b.cell) };
}
