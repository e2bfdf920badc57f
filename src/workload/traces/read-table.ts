/** Rows under headings, with any separator. */
import { FaultError } from '../../core/fault.ts';
import { cellFault } from '../csv.ts';
import { CsvRows } from '../csv-rows.ts';
import { dataFault } from '../fault.ts';
import { hasHeading, tableFormat } from './detect.ts';
import { ARRIVAL, planOf } from './plan.ts';
import type { Wanted } from './reading.ts';
import { requirePresent, rowsFor } from './required.ts';
import type { Rows } from './rows.ts';
import type { TraceFormat } from './trace.ts';

/** @throws FaultError where the format is another, or lacks what is needed or asked for */
export async function readTable(text: AsyncIterable<string>, firstLine: string, named: TraceFormat | undefined, wanted: Wanted): Promise<Rows> {
  const { format, separator, headings } = tableFormat(firstLine, named, wanted.separator);
  if (format.rows !== undefined) throw new FaultError([dataFault(`is not JSON, as ${format.name} is`, { line: 1, column: 1 })]);
  const plan = planOf(format, wanted, headings, hasHeading(headings));
  requirePresent(plan, headings, hasHeading(headings), wanted, { line: 1, column: 1 });
  const indices = plan.slots.map(({ places }) => indexOf(headings, places));
  const hasTimes = indices[ARRIVAL]! >= 0;
  const values: unknown[] = Array.from({ length: indices.length });
  const now: { cells: readonly string[]; line: number } = { cells: [], line: 0 };
  const place = (slot: number, message: string) => cellFault(now.cells, now.line, indices[slot]!, message);
  let isHeader = true;
  let rows: Rows | undefined;
  const csv = new CsvRows((cells, line) => {
    if (isHeader) {
      isHeader = false;
      return;
    }
    now.cells = cells;
    now.line = line;
    for (let slot = 0; slot < indices.length; slot++) values[slot] = indices[slot]! < 0 ? undefined : cells[indices[slot]!];
    rows ??= rowsFor(plan, values[ARRIVAL], hasTimes, wanted);
    if (cells.length === headings.length) rows.take(values, line, place);
    else rows.malformed(cellFault(cells, line, Math.min(cells.length, headings.length), widthMessage(cells.length, headings.length)));
  }, separator);
  for await (const piece of text) csv.push(piece);
  csv.end();
  return rows ?? rowsFor({ ...plan, unit: plan.unit ?? 's' }, undefined, hasTimes, wanted);
}

/** Of the first of the places that is a heading, whatever the case; -1: none is. */
function indexOf(headings: readonly string[], places: readonly string[]): number {
  const lower = headings.map((heading) => heading.toLowerCase());
  return places.map((place) => lower.indexOf(place.toLowerCase())).find((index) => index >= 0) ?? -1;
}

function widthMessage(cells: number, headings: number): string {
  return `has ${cells === 1 ? '1 field' : `${cells} fields`} where the header has ${headings}`;
}
