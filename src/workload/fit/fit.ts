/**
 * A synthetic twin: the `generate:` blocks that give requests like those of a workload, and what they lose.
 *
 * The twin is built and measured as it would be by a scenario with them, so that every distance is between two lists of
 * requests and not between formulas.
 */
import * as v from 'valibot';
import { buildWorkload } from '../build.ts';
import { noFiles } from '../files.ts';
import { dispersion } from '../pace.ts';
import type { RequestTable } from '../request-table.ts';
import { sourceSchema } from '../spec.ts';
import { ksDistance, rankCorrelation } from './distance.ts';
import { fitArrivals, gapsOf, type WrittenProcess } from './fit-arrivals.ts';
import { fitLengths, type WrittenLengths } from './fit-lengths.ts';

/** One source, as a scenario writes it. */
export interface WrittenGenerate {
  readonly name: string;
  readonly count: number;
  readonly start?: string;
  readonly arrivals: WrittenProcess;
  readonly class?: string | Readonly<Record<string, number>>;
  readonly promptTokens?: WrittenLengths;
  readonly outputTokens: WrittenLengths;
  readonly tenant?: Readonly<Record<string, number>>;
}

export interface Twin {
  readonly generate: readonly WrittenGenerate[];
  /** Kolmogorov-Smirnov distances of the twin from what it is of, 0 to 1. */
  readonly distance: { readonly gaps: number; readonly promptTokens: number; readonly outputTokens: number };
  /** Of both: variance over mean of the number of requests in windows, microseconds. */
  readonly burstiness: readonly { readonly window: number; readonly given: number | null; readonly twin: number | null }[];
  /** Rank correlation of prompt and output tokens. */
  readonly correlation: { readonly given: number | null; readonly twin: number | null };
  /** Sessions that the twin does not have, and requests in them. */
  readonly sessions: { readonly count: number; readonly requests: number };
}

/** @returns undefined where there are fewer than two requests, or all come at once: no process is like that */
export async function fitTwin(table: RequestTable, seed: string): Promise<Twin | undefined> {
  const { count, arrival } = table;
  if (count < 2 || arrival[count - 1] === arrival[0]) return undefined;
  const generate = groupsOf(table).map(({ name, rows }) => generateOf(table, rows, name));
  const { table: twin } = await buildWorkload({
    sources: generate.map((each) => v.parse(sourceSchema, { generate: each })), classes: table.classes, seed, files: noFiles,
  });
  const sorted = (column: ArrayLike<number>) => Float64Array.from(column).sort();
  const distance = (of: (each: RequestTable) => ArrayLike<number>) => ksDistance(sorted(of(table)), sorted(of(twin)));
  return {
    generate,
    distance: {
      gaps: distance(({ arrival: times }) => gapsOf(times)), promptTokens: distance(({ promptTokens }) => promptTokens), outputTokens: distance(({ outputTokens }) => outputTokens),
    },
    burstiness: dispersion(arrival).map(({ window, dispersion: given }) => ({ window, given, twin: dispersion(twin.arrival).find((other) => other.window === window)?.dispersion ?? null })),
    correlation: { given: rankCorrelation(table.promptTokens, table.outputTokens), twin: rankCorrelation(twin.promptTokens, twin.outputTokens) },
    sessions: sessionsOf(table),
  };
}

/** Classes by themselves, where their lengths differ by more than chance; else all together. */
function groupsOf(table: RequestTable): { name: string; rows: Uint32Array }[] {
  const all = { name: 'twin', rows: Uint32Array.from({ length: table.count }, (_, row) => row) };
  const groups = table.classes
    .map(({ name }, index) => ({ name, rows: all.rows.filter((row) => table.class[row] === index) }))
    .filter(({ rows }) => rows.length > 0);
  if (groups.length < 2 || groups.length > MOST_GROUPS || groups.some(({ rows }) => rows.length < LEAST_IN_GROUP)) return [all];
  const differ = groups.some(({ rows }) => [table.promptTokens, table.outputTokens].some((column) => differs(column, rows)));
  return differ ? groups : [all];
}

const MOST_GROUPS = 16;
const LEAST_IN_GROUP = 30;

/** Kolmogorov's test at one in a thousand. */
function differs(column: Uint32Array, rows: Uint32Array): boolean {
  const own = Float64Array.from(rows, (row) => column[row]!).sort();
  return ksDistance(own, Float64Array.from(column).sort()) > 1.95 / Math.sqrt(own.length);
}

function generateOf(table: RequestTable, rows: Uint32Array, name: string): WrittenGenerate {
  const pick = (column: Uint32Array) => Uint32Array.from(rows, (row) => column[row]!);
  const arrival = Float64Array.from(rows, (row) => table.arrival[row]!);
  const prompt = pick(table.promptTokens);
  const arrivals = fitArrivals(arrival);
  const classes = sharesOf(Uint16Array.from(rows, (row) => table.class[row]!), table.classes.map((each) => each.name));
  const tenants = sharesOf(Uint16Array.from(rows, (row) => table.tenant[row]!), table.tenants);
  const names = Object.keys(classes);
  return {
    name, count: rows.length,
    ...(arrival[0]! > 0 && { start: `${arrival[0]! / 1e6}s` }),
    arrivals,
    ...(table.classes.length > 1 && { class: names.length === 1 ? names[0]! : classes }),
    ...(prompt.some((tokens) => tokens > 0) && { promptTokens: fitLengths(prompt) }),
    outputTokens: fitLengths(pick(table.outputTokens)),
    ...(Object.keys(tenants).length > 0 && { tenant: tenants }),
  };
}

function sharesOf(column: Uint16Array, names: readonly string[]): Record<string, number> {
  const counts = new Float64Array(names.length);
  for (const index of column) if (index < counts.length) counts[index]!++;
  return Object.fromEntries(names.map((name, index) => [name, counts[index]!] as const).filter(([, count]) => count > 0));
}

function sessionsOf({ session, source }: RequestTable): Twin['sessions'] {
  if (session === undefined) return { count: 0, requests: 0 };
  const seen = new Set<number>();
  let requests = 0;
  session.forEach((number, row) => {
    if (number === 0) return;
    requests++;
    seen.add(source[row]! * 2 ** 32 + number);
  });
  return { count: seen.size, requests };
}
