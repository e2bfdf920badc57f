/** A trace file as columns of what it holds, before anything is chosen from it. */
import type { Fault } from '../../core/fault.ts';
import { FaultError, refuse } from '../../core/fault.ts';
import type { FilePlace, ScenarioPath } from '../../core/place.ts';
import { dataFault, unreadable } from '../fault.ts';
import type { FileAccess } from '../files.ts';
import { MAX_REQUESTS } from '../limits.ts';
import { textOf } from '../text.ts';
import { recordFormat } from './detect.ts';
import { namedFormat } from './named.ts';
import { readDocument, readRecordLines } from './read-records.ts';
import { readTable } from './read-table.ts';
import type { Reading, Wanted } from './reading.ts';
import type { Rows, TraceColumns } from './rows.ts';
import { sniff } from './sniff.ts';
import { plausibleUnit } from './units.ts';

/**
 * @param asked names of fields, or of columns, that are wanted besides what is read anyway
 * @param path of the trace in the scenario, for faults
 * @param most rows
 * @throws FaultError with every malformed row (the first 20 singly)
 */
export async function readTrace(files: FileAccess, reading: Reading, asked: readonly string[], path: ScenarioPath, most = MAX_REQUESTS): Promise<TraceColumns> {
  const { file, origin, malformed, strict } = reading;
  let begun: Parameters<Wanted['begun']>[0] | undefined;
  let rows: Rows;
  try {
    rows = await readRows(textOf(files.open(file)), { ...reading, asked, path, most, begun: (each) => (begun = each) });
  } catch (error) {
    const faults = unreadable(error, [...path, 'file'], file, origin);
    throw faults === undefined ? error : new FaultError([...(begun?.faults(file) ?? []), ...faults]);
  }
  if (malformed !== 'drop' || strict === true) refuse(rows.faults(file));
  const columns = rows.columns();
  if (strict === true) refuse(outOfOrder(columns, file));
  return columns;
}

async function readRows(text: AsyncIterable<string>, wanted: Wanted): Promise<Rows> {
  const named = namedFormat(wanted);
  const sniffed = await sniff(text);
  const rows = await (async () => {
    if (sniffed.shape === 'columns') return readTable(sniffed.text, sniffed.firstLine, named, wanted);
    if (sniffed.shape === 'document') return readDocument(sniffed.document, named, wanted);
    const format = recordFormat(sniffed.first, named);
    if (format.rows === undefined) return readRecordLines(sniffed.text, sniffed.first, format, wanted);
    if (await sniffed.isAlone()) return readDocument(sniffed.first, format, wanted);
    throw new FaultError([dataFault(`holds several results of ${format.name}`, { line: 2, column: 1 }, 'a trace is one of them: put each into a file of its own')]);
  })();
  if (rows.unit !== 'time') plausibleUnit(rows.range, rows.unit);
  return rows;
}

function outOfOrder({ unsorted: { rows, first } }: TraceColumns, file: string): Fault<FilePlace>[] {
  return rows === 0 ? [] : [{ ...dataFault(`arrives before a row above it${rows > 1 ? `, as ${rows - 1} more do` : ''}`, first), file }];
}
