/** What is to be said of a trace that is replayed: what was done to it, what of it is not used, what it cannot tell. Said once. */
import { grouped } from '../../core/grouped.ts';
import type { ReplayLengths } from './lengths.ts';
import { rulesByLength } from './mapping.ts';
import type { TraceColumns } from './rows.ts';
import type { Selected } from './select.ts';
import type { TraceSpec } from './spec.ts';

/** Sentences without a full stop. */
export function traceNotes(trace: TraceColumns, spec: TraceSpec, { rows, cut }: Selected, { isTruncated }: ReplayLengths): string[] {
  const notes: string[] = [];
  if (trace.unsorted.rows > 0) {
    const { line } = trace.unsorted.first;
    notes.push(`${rowsOf(trace.unsorted.rows)} out of order${line === undefined ? '' : `, the first in line ${line}`}: put in order of time`);
  }
  const unused = Object.entries(trace.unused).map(([name, count]) => `${name} (${rowsOf(count)})`);
  if (unused.length > 0) notes.push(`not used: ${unused.join(', ')}`);
  if (spec.arrivals !== undefined) notes.push(`start times are made (${spec.arrivals.process}), not measured`);
  if (cut.gaps > 0) notes.push(`${grouped(cut.gaps)} ${cut.gaps === 1 ? 'gap' : 'gaps'} cut, by ${grouped(Math.round(cut.time / 1e6))} s in all`);
  const truncated = rows.reduce((count, row) => count + Number(isTruncated(row)), 0);
  if (truncated > 0) notes.push(`${rowsOf(truncated)} cut to a context of ${grouped(spec.maxContext!.tokens)} tokens`);
  const byLength = rulesByLength(spec.class, spec.tenant, spec.sla);
  if (byLength > 0) {
    notes.push(`${byLength === 1 ? 'a rule goes' : `${byLength} rules go`} by length, which confounds urgency with size: what differs between its classes may be how long their requests are`);
  }
  return notes;
}

function rowsOf(count: number): string {
  return `${grouped(count)} ${count === 1 ? 'row' : 'rows'}`;
}
