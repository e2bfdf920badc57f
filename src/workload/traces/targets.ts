/** SLA targets of single rows of a trace, from columns and from rules: the last said holds, one target at a time. */
import type { RequestClass, SlaTargets } from '../request-table.ts';
import { deciding, isRules, type Rule } from './mapping.ts';
import type { TraceColumns } from './rows.ts';
import type { TraceSla } from './spec.ts';

/**
 * @param rows of the trace, kept ones in order
 * @param classOf class of each row of the trace
 * @returns position among the kept -> the targets that hold for it; undefined where every row has those of its class
 */
export function rowTargets(
  trace: TraceColumns, given: TraceSla | undefined, rows: Uint32Array, classOf: Uint16Array, classes: readonly RequestClass[],
): Map<number, SlaTargets> | undefined {
  if (given === undefined && trace.targets.size === 0) return undefined;
  const byRules = targetsByRules(trace, given);
  const overrides = new Map<number, SlaTargets>();
  // Rows with the same targets share one object: there may be millions of rows.
  const known = new Map<string, SlaTargets>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const own = { ...ownTargets(trace, row), ...byRules(row) };
    if (Object.keys(own).length === 0) continue;
    const key = `${classOf[row]} ${own.latency} ${own.ttft} ${own.tpot}`;
    let targets = known.get(key);
    if (targets === undefined) known.set(key, (targets = { ...classes[classOf[row]!]!.sla, ...own }));
    overrides.set(i, targets);
  }
  return overrides.size === 0 ? undefined : overrides;
}

function ownTargets({ targets }: TraceColumns, row: number): SlaTargets {
  const own: Record<string, number> = {};
  for (const [name, column] of targets) if (!Number.isNaN(column[row]!)) own[name] = column[row]!;
  return own;
}

function targetsByRules(trace: TraceColumns, given: TraceSla | undefined): (row: number) => SlaTargets {
  if (given === undefined) return () => ({});
  if (!isRules<Rule & { sla: SlaTargets }, SlaTargets>(given)) return () => given as SlaTargets;
  const decides = deciding(given.rules, trace);
  return (row) => given.rules[decides[row]!]?.sla ?? given.otherwise;
}
