/** Rows that are JSON objects: a line each, or all in one document. */
import { isMapping } from '../../core/choice.ts';
import { FaultError } from '../../core/fault.ts';
import { dataFault } from '../fault.ts';
import { hasKey, keysOf, recordFormat } from './detect.ts';
import { NEEDED, valueAt } from './fields.ts';
import { JsonLines } from './json-lines.ts';
import { ARRIVAL, type Plan, planOf } from './plan.ts';
import type { Wanted } from './reading.ts';
import { requirePresent, rowsFor } from './required.ts';
import type { PlaceOf, Rows } from './rows.ts';
import { TABLE } from './table.ts';
import type { JsonRecord, TraceFormat } from './trace.ts';

/** @throws FaultError where the first row lacks what is needed or asked for */
export async function readRecordLines(text: AsyncIterable<string>, first: JsonRecord, format: TraceFormat, wanted: Wanted): Promise<Rows> {
  const plan = planOf(format, wanted, keysOf(first), hasKey(first));
  requirePresent(plan, keysOf(first), hasKey(first), wanted, { line: 1, column: 1 }, ofFirstRow(format));
  const rows = rowsFor(plan, arrivalOf(plan, first), arrivalOf(plan, first) !== undefined, wanted);
  const now = { line: 0, text: '' };
  const place: PlaceOf = (slot, message) => dataFault(message, { line: now.line, column: columnOfKey(now.text, plan.slots[slot]!.places) });
  const take = taker(plan, rows, place, (value) => exactly(value, now.text));
  const lines = new JsonLines((record, line, lineText) => {
    now.line = line;
    now.text = lineText;
    take(record, line);
  }, (fault) => rows.malformed(fault));
  for await (const piece of text) lines.push(piece);
  lines.end();
  return rows;
}

/** @throws FaultError where it is no document of the format, or holds no requests */
export function readDocument(document: unknown, named: TraceFormat | undefined, wanted: Wanted): Rows {
  const sample = Array.isArray(document) ? document.find(isMapping) : document;
  if (!isMapping(sample)) throw new FaultError([dataFault('holds no JSON objects', { line: 1, column: 1 })]);
  const format = recordFormat(sample, named);
  if (format.rows === undefined && !Array.isArray(document)) {
    throw new FaultError([dataFault('is one JSON object over several lines, where a row a line is expected', { line: 1, column: 1 })]);
  }
  const records = [...(format.rows?.(document) ?? (document as readonly unknown[]))];
  const first = records.find(isMapping);
  if (first === undefined) throw new FaultError([dataFault('holds no requests')]);
  const plan = planOf(format, wanted, keysOf(first), hasKey(first));
  requirePresent(plan, keysOf(first), hasKey(first), wanted, {}, ofFirstRow(format));
  const rows = rowsFor(plan, arrivalOf(plan, first), arrivalOf(plan, first) !== undefined, wanted);
  let row = 0;
  const take = taker(plan, rows, (_slot, message) => dataFault(`request ${row}: ${message}`));
  for (const record of records) {
    row++;
    if (isMapping(record)) take(record, 0);
    else rows.malformed(dataFault(`request ${row} is not a JSON object`));
  }
  return rows;
}

/** What the first row must have. Of a format that is known, a row may lack what others have: one that failed has no output. */
function ofFirstRow({ name }: TraceFormat): readonly (typeof NEEDED)[number][] {
  return name === TABLE ? NEEDED : ['arrival'];
}

/** @param timeOf what an arrival is, where the value in the object is not all that the file says */
function taker(plan: Plan, rows: Rows, place: PlaceOf, timeOf = (value: unknown) => value): (record: JsonRecord, line: number) => void {
  const values: unknown[] = Array.from({ length: plan.slots.length });
  return (record, line) => {
    for (let slot = 0; slot < values.length; slot++) values[slot] = firstOf(record, plan.slots[slot]!.places);
    values[ARRIVAL] = timeOf(values[ARRIVAL]);
    rows.take(values, line, place);
  };
}

/** The digits of a number that a double cannot hold, such as nanoseconds since 1970, from the line that it was read of. */
function exactly(value: unknown, line: string): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  for (const [digits] of line.matchAll(/\d{16,}/g)) if (Number(digits) === value) return digits;
  return value;
}

function arrivalOf(plan: Plan, record: JsonRecord): unknown {
  return firstOf(record, plan.slots[ARRIVAL]!.places);
}

function firstOf(record: JsonRecord, places: readonly string[]): unknown {
  for (const place of places) {
    const value = valueAt(record, place);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** Where a key stands in a line, by its last step; the beginning where it does not. */
function columnOfKey(line: string, places: readonly string[]): number {
  const keys = places.map((place) => line.indexOf(`"${place.split('.').at(-1)!}"`)).filter((at) => at >= 0);
  return (keys[0] ?? 0) + 1;
}
