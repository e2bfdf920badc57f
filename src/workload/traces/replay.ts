/**
 * Requests from a trace file.
 *
 * What a row is given (its class, its tenant, its id, which counts the rows of the file) does not depend on what window,
 * sample, limit and speed leave of the others.
 */
import { FaultError } from '../../core/fault.ts';
import type { ScenarioPath } from '../../core/place.ts';
import { MAX_MICROS } from '../../core/time.ts';
import { ARRIVALS } from '../arrivals/index.ts';
import type { SourceColumns } from '../columns.ts';
import { sourceColumns } from '../columns.ts';
import { definitionOf } from '../definition.ts';
import { workloadFault } from '../fault.ts';
import { NO_TENANT } from '../references.ts';
import { ONLY_CLASS } from '../request-table.ts';
import type { BuiltSource, SourceContext } from '../source.ts';
import { assign } from './assign.ts';
import { type ReplayLengths, replayLengths } from './lengths.ts';
import { namesAsked } from './mapping.ts';
import { traceNotes } from './notes.ts';
import { readTrace } from './read-trace.ts';
import type { TraceColumns } from './rows.ts';
import { type Selected, selectRows } from './select.ts';
import type { TraceSpec } from './spec.ts';
import { rowTargets } from './targets.ts';

/** @throws FaultError where the file is missing or malformed, or does not have what the scenario asks of it */
export async function replayTrace(spec: TraceSpec, context: SourceContext): Promise<BuiltSource> {
  const path = [...context.path, 'trace'];
  const trace = await readTrace(context.files, spec, namesAsked(spec.class, spec.tenant, spec.sla), path, context.most);
  requireClass(trace, spec, context, path);
  const lengths = replayLengths(trace, spec, path);
  const selected = spec.arrivals === undefined
    ? selectRows({ ...trace, time: jittered(trace, spec, context) }, spec, lengths.unfit)
    : withArrivals(trace, spec, context, lengths);
  if (selected.fault !== undefined) {
    throw new FaultError([workloadFault([...path, spec.arrivals !== undefined ? 'arrivals' : spec.rate === undefined ? 'speed' : 'rate'], selected.fault)]);
  }
  const { columns, classOf } = requestsOf(trace, spec, context, lengths, selected, path);
  const targets = rowTargets(trace, spec.sla, selected.rows, classOf, context.classes);
  const read = trace.count + trace.malformed + sum(Object.values(trace.leftOut));
  return {
    source: sourceOf(trace, context.name),
    columns: { ...columns, ...(targets && { slaOverrides: targets }) },
    namesTenants: spec.tenant !== undefined || trace.texts.has('tenant'),
    report: {
      source: context.name, file: spec.file, format: trace.format, rowsRead: read, rowsKept: selected.rows.length,
      dropped: { ...(trace.malformed > 0 && { malformed: trace.malformed }), ...trace.leftOut, ...selected.dropped },
      outOfOrder: trace.unsorted.rows, unused: trace.unused,
      notes: traceNotes(trace, spec, selected, lengths),
    },
  };
}

/** A row that is of no class cannot be replayed beside others that are. */
function requireClass(trace: TraceColumns, spec: TraceSpec, { classes }: SourceContext, path: ScenarioPath): void {
  if (spec.class !== undefined || trace.texts.has('class') || classes.length <= 1) return;
  throw new FaultError([workloadFault(path, 'needs a class, as the scenario has several', `the classes are ${classes.map(({ name }) => name).join(', ')}`)]);
}

/** Times moved by less than the jitter. */
function jittered(trace: TraceColumns, { jitter }: TraceSpec, { streams }: SourceContext): Float64Array {
  if (jitter === undefined) return trace.time;
  const random = streams('', 'jitter');
  return trace.time.map((time) => time + Math.floor(random() * jitter) * 1000);
}

/** Start times that are made: one for each row that is kept, in the order of the file. */
function withArrivals(trace: TraceColumns, spec: TraceSpec, { streams }: SourceContext, { unfit }: ReplayLengths): Selected {
  const order = { count: trace.count, time: Float64Array.from({ length: trace.count }, (_, row) => row) };
  const { rows, dropped } = selectRows(order, { sample: spec.sample, limit: spec.limit }, unfit);
  const next = definitionOf(ARRIVALS, spec.arrivals!.process).make(spec.arrivals as never, streams('', 'arrivals'));
  const arrival = new Float64Array(rows.length);
  for (let i = 0; i < arrival.length; i++) arrival[i] = Math.round(next());
  const endless = arrival.length > 0 && !(arrival.at(-1)! <= MAX_MICROS);
  return { rows, dropped, arrival, cut: { gaps: 0, time: 0 }, ...(endless && { fault: 'ends before all rows have arrived' }) };
}

function requestsOf(
  trace: TraceColumns, spec: TraceSpec, context: SourceContext, lengths: ReplayLengths, { rows, arrival }: Selected, path: ScenarioPath,
): { columns: SourceColumns; classOf: Uint16Array } {
  const { classes, classIndex, tenantIndex, streams, allocate } = context;
  const { shareBy } = spec;
  const classOf = assign(trace, {
    what: 'class', given: spec.class, otherwise: classes[0]?.name ?? ONLY_CLASS, indexOf: classIndex, shareBy, stream: (whose) => streams(whose, 'class'),
  }, path, spec.file);
  const tenantOf = assign(trace, {
    what: 'tenant', given: spec.tenant, otherwise: NO_TENANT, indexOf: tenantIndex, shareBy, stream: (whose) => streams(whose, 'tenant'),
  }, path, spec.file);
  const columns = sourceColumns(rows.length, allocate);
  columns.arrival.set(arrival);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    columns.promptTokens[i] = lengths.prompt[row]!;
    columns.outputTokens[i] = lengths.output[row]!;
    columns.class[i] = classOf[row]!;
    columns.tenant[i] = tenantOf[row]!;
    columns.ordinal[i] = row;
  }
  const ofRows = (column: Uint32Array): Uint32Array => new Uint32Array(allocate(4 * rows.length)).map((_, i) => column[rows[i]!]!);
  const session = trace.texts.get('session');
  const { prefix, prefixTokens } = trace;
  return {
    classOf,
    columns: {
      ...columns,
      ...(session && { session: ofRows(session.codes) }),
      ...(prefix && prefix.ids.length > 0 && { prefix: { start: ofRows(prefix.start), length: ofRows(prefix.length), ids: prefix.ids, blockTokens: prefixTokens } }),
    },
  };
}

function sourceOf({ texts }: TraceColumns, name: string): BuiltSource['source'] {
  const ids = texts.get('id');
  const session = texts.get('session');
  return {
    name,
    ...(ids && { ids: Array.from(ids.codes, (code) => (code === 0 ? undefined : ids.names[code])) }),
    ...(session && { sessions: session.names }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
