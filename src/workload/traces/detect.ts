/** Which format a file is in: as told, or by its headings or keys. None or two that fit: the candidates are named. */
import { FaultError } from '../../core/fault.ts';
import { isMapping } from '../../core/choice.ts';
import { dataFault } from '../fault.ts';
import { likelyColumns } from '../likely.ts';
import { valueAt } from './fields.ts';
import { TRACE_FORMATS } from './index.ts';
import { splitsOf } from './separators.ts';
import type { JsonRecord, TraceFormat } from './trace.ts';

/** Whether something of this name is in a file. */
type Has = (name: string) => boolean;

export function hasHeading(headings: readonly string[]): Has {
  const present = new Set(headings.map((heading) => heading.toLowerCase()));
  return (name) => present.has(name.toLowerCase());
}

export function hasKey(record: JsonRecord): Has {
  return (name) => valueAt(record, name) !== undefined;
}

export function fits({ marks, lacks = [] }: TraceFormat, has: Has): boolean {
  return marks.some((names) => names.every(has)) && !lacks.some(has);
}

/** The format of a table, and what separates its columns. @throws FaultError */
export function tableFormat(firstLine: string, named: TraceFormat | undefined, separator: string | undefined): { format: TraceFormat; separator: string; headings: readonly string[] } {
  const splits = splitsOf(firstLine, separator);
  if (named !== undefined) {
    const mapped = Object.values(named.fields).flat();
    const [best] = splits
      .map(([each, headings]) => ({ separator: each, headings, found: mapped.filter(hasHeading(headings)).length }))
      .sort((a, b) => b.found - a.found);
    return { format: named, separator: best!.separator, headings: best!.headings };
  }
  for (const [each, headings] of splits) {
    const fitting = TRACE_FORMATS.filter((format) => fits(format, hasHeading(headings)));
    if (fitting.length > 0) return { format: only(fitting), separator: each, headings };
  }
  throw unknown(splits[0]![1], hasHeading(splits[0]![1]));
}

/** The format of a row or of a document in JSON. @throws FaultError */
export function recordFormat(record: JsonRecord, named: TraceFormat | undefined): TraceFormat {
  if (named !== undefined) return named;
  const fitting = TRACE_FORMATS.filter((format) => fits(format, hasKey(record)));
  if (fitting.length > 0) return only(fitting);
  throw unknown(keysOf(record), hasKey(record));
}

/** The keys of a record, and those within its objects, with dots. */
export function keysOf(record: JsonRecord): string[] {
  return Object.entries(record).flatMap(([key, value]) => (isMapping(value) ? [key, ...Object.keys(value).map((inner) => `${key}.${inner}`)] : [key]));
}

function only(fitting: readonly TraceFormat[]): TraceFormat {
  if (fitting.length === 1) return fitting[0]!;
  throw new FaultError([dataFault(
    `may be in any of ${fitting.length} formats: ${fitting.map(({ name }) => name).join(', ')}`,
    { line: 1, column: 1 }, `say which: format: ${fitting[0]!.name}`,
  )]);
}

function unknown(names: readonly string[], has: Has): FaultError {
  const near = TRACE_FORMATS
    .flatMap(({ name, marks }) => marks.map((names) => ({ name, names, missing: names.filter((mark) => !has(mark)) })))
    .filter(({ names, missing }) => missing.length < names.length)
    .sort((a, b) => a.missing.length / a.names.length - b.missing.length / b.names.length)
    .slice(0, 2)
    .map(({ name, missing }) => `${name} (it lacks ${missing.join(', ')})`);
  const likely = likelyColumns(names);
  const guess = (['arrival', 'promptTokens', 'outputTokens'] as const).map((field) => `${field}: ${likely[field] ?? '…'}`);
  const help = [
    ...(near.length > 0 ? [`nearest: ${near.join('; ')}`] : []),
    `known are ${TRACE_FORMATS.map(({ name }) => name).join(', ')}`,
    `any table can be read: format: table, columns: { ${guess.join(', ')} }, unit: s`,
  ];
  return new FaultError([dataFault('is in no known trace format', { line: 1, column: 1 }, help.join('; '))]);
}
