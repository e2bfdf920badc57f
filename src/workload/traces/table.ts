/** `format: table`: any table, under a map of its columns that the scenario gives. */
import type { FieldMap } from './fields.ts';
import type { TimeUnit } from './instant.ts';
import type { TraceFormat } from './trace.ts';

export const TABLE = 'table';

export function tableOf(columns: FieldMap, unit: TimeUnit | undefined): TraceFormat {
  return { name: TABLE, summary: TABLE_SUMMARY, fields: columns, unit, marks: [] };
}

export const TABLE_SUMMARY = 'any CSV (whatever the separator) or JSON lines: columns says which column is what, unit what a bare number of the arrivals is';
