/** All sources in one table: by arrival, then by position in the scenario. */
import type { Allocate, SourceColumns } from './columns.ts';
import { stableOrder } from './order.ts';
import type { PromptBlocks, RequestClass, RequestSource, RequestTable, SlaTargets } from './request-table.ts';

export interface NamedColumns {
  readonly source: RequestSource;
  readonly columns: SourceColumns;
}

/** @param sources in the order of the scenario; the table takes over the memory of a single sorted one */
export function mergeSources(
  sources: readonly NamedColumns[],
  classes: readonly RequestClass[],
  tenants: readonly string[],
  allocate: Allocate,
): RequestTable {
  const parts = sources.map(({ columns }) => columns);
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const arrivals = joined(parts.map((part) => part.arrival), Float64Array, allocate);
  const order = stableOrder(arrivals);
  const column = <Column extends AnyColumn>(of: (part: SourceColumns) => Column, type: ColumnType<Column>): Column =>
    ordered(joined(parts.map(of), type, allocate), order, type, allocate);
  return {
    count,
    arrival: ordered(arrivals, order, Float64Array, allocate),
    promptTokens: column((part) => part.promptTokens, Uint32Array),
    outputTokens: column((part) => part.outputTokens, Uint32Array),
    class: column((part) => part.class, Uint16Array),
    tenant: column((part) => part.tenant, Uint16Array),
    source: ordered(sourceIndices(parts, count, allocate), order, Uint16Array, allocate),
    ordinal: column((part) => part.ordinal, Uint32Array),
    classes,
    tenants,
    sources: sources.map(({ source }) => source),
    slaOverrides: orderedOverrides(parts, order),
    ...(parts.some(({ session }) => session) && { session: column((part) => part.session ?? new Uint32Array(part.count), Uint32Array) }),
    ...(parts.some(({ prefix }) => prefix) && { blocks: mergedBlocks(parts, column, allocate) }),
  };
}

type OrderedColumn = (of: (part: SourceColumns) => Uint32Array, type: ColumnType<Uint32Array>) => Uint32Array;

/** The ids of all sources one after the other; requests point into them. */
function mergedBlocks(parts: readonly SourceColumns[], column: OrderedColumn, allocate: Allocate): PromptBlocks {
  let before = 0;
  const from = parts.map(({ prefix }) => (before += prefix?.ids.length ?? 0) - (prefix?.ids.length ?? 0));
  return {
    start: column((part) => part.prefix?.start.map((at) => at + from[parts.indexOf(part)]!) ?? new Uint32Array(part.count), Uint32Array),
    length: column((part) => part.prefix?.length ?? new Uint32Array(part.count), Uint32Array),
    ids: joined(parts.map((part) => part.prefix?.ids ?? new Uint32Array()), Uint32Array, allocate),
    blockTokens: parts.map(({ prefix }) => prefix?.blockTokens ?? 0),
  };
}

type AnyColumn = Float64Array | Uint32Array | Uint16Array;

interface ColumnType<Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike): Column;
}

function joined<Column extends AnyColumn>(parts: readonly Column[], type: ColumnType<Column>, allocate: Allocate): Column {
  if (parts.length === 1) return parts[0]!;
  const count = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new type(allocate(count * type.BYTES_PER_ELEMENT));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function ordered<Column extends AnyColumn>(
  column: Column, order: Uint32Array | undefined, type: ColumnType<Column>, allocate: Allocate,
): Column {
  if (order === undefined) return column;
  const sorted = new type(allocate(column.byteLength));
  for (let i = 0; i < order.length; i++) sorted[i] = column[order[i]!]!;
  return sorted;
}

function sourceIndices(parts: readonly SourceColumns[], count: number, allocate: Allocate): Uint16Array {
  const indices = new Uint16Array(allocate(2 * count));
  let at = 0;
  parts.forEach((part, index) => {
    if (index > 0) indices.fill(index, at, at + part.count);
    at += part.count;
  });
  return indices;
}

function orderedOverrides(parts: readonly SourceColumns[], order: Uint32Array | undefined): Map<number, SlaTargets> {
  const overrides = new Map<number, SlaTargets>();
  let before = 0;
  for (const part of parts) {
    for (const [row, sla] of part.slaOverrides ?? []) overrides.set(before + row, sla);
    before += part.count;
  }
  if (order === undefined || overrides.size === 0) return overrides;
  const moved = new Map<number, SlaTargets>();
  order.forEach((from, to) => {
    const sla = overrides.get(from);
    if (sla !== undefined) moved.set(to, sla);
  });
  return moved;
}
