/** The format that a scenario names. */
import { TRACE_FORMATS } from './index.ts';
import type { Reading } from './reading.ts';
import { TABLE, tableOf } from './table.ts';
import type { TraceFormat } from './trace.ts';

/** Undefined: none is named, the content of the file tells. */
export function namedFormat({ format, columns, unit }: Reading): TraceFormat | undefined {
  if (columns !== undefined || format === TABLE) return tableOf(columns ?? {}, unit);
  return TRACE_FORMATS.find(({ name }) => name === format);
}

/** Whether a file may have a column of the class; known for sure when it is read. */
export function mayTellClass(reading: Reading): boolean {
  const named = namedFormat(reading);
  return named === undefined || named.fields.class !== undefined;
}
