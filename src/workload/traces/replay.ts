/**
 * Requests from a trace file.
 *
 * Classes and tenants are drawn for every row of the file, kept or not, so that a row has the same ones (and the
 * same id, which counts the rows of the file) whatever window, sample, limit and speed leave of the others.
 */
import { FaultError } from '../../core/fault.ts';
import { sourceColumns } from '../columns.ts';
import { workloadFault } from '../fault.ts';
import { drawMix } from '../mix.ts';
import { NO_TENANT } from '../references.ts';
import type { BuiltSource, SourceContext } from '../source.ts';
import type { TraceSpec } from '../spec.ts';
import { mixesByRow } from './class-rules.ts';
import { readTrace } from './read-trace.ts';
import { selectRows } from './select.ts';

/** @throws FaultError where the file is missing or malformed */
export async function replayTrace(spec: TraceSpec, context: SourceContext): Promise<BuiltSource> {
  const { name, classes, streams, allocate } = context;
  const path = [...context.path, 'trace'];
  const trace = await readTrace(context.files, spec.file, spec.format, spec.origin, [...path, 'file']);
  const { rows, arrival, dropped, fault } = selectRows(trace, spec);
  if (fault !== undefined) throw new FaultError([workloadFault([...path, spec.rate === undefined ? 'speed' : 'rate'], fault)]);

  const { mixes, mixOf } = mixesByRow(spec.class ?? classes[0]!.name, trace.promptTokens, trace.outputTokens);
  const classOf = new Uint16Array(trace.count);
  const tenantOf = new Uint16Array(trace.count);
  drawMix(classOf, mixes, mixOf, context.classIndex, (whose) => streams(whose, 'class'));
  drawMix(tenantOf, [spec.tenant ?? NO_TENANT], undefined, context.tenantIndex, (whose) => streams(whose, 'tenant'));

  const columns = sourceColumns(rows.length, allocate);
  columns.arrival.set(arrival);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    columns.promptTokens[i] = trace.promptTokens[row]!;
    columns.outputTokens[i] = trace.outputTokens[row]!;
    columns.class[i] = classOf[row]!;
    columns.tenant[i] = tenantOf[row]!;
    columns.ordinal[i] = row;
  }
  return {
    source: { name },
    columns,
    report: { source: name, file: spec.file, format: trace.format, rowsRead: trace.count, rowsKept: rows.length, dropped },
  };
}
