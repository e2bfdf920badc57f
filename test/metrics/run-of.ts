/** Runs written out request by request, for tests that need no engine: a table and what became of it. */
import { SHED_REASONS } from '../../src/engine/limits.ts';
import { type Outcomes, Status } from '../../src/engine/outcomes.ts';
import type { RequestClass, RequestTable, SlaTargets } from '../../src/workload/request-table.ts';

/** Times in microseconds; what never happened is absent. Completed unless it says otherwise. */
export interface Row {
  readonly arrival?: number;
  readonly admitted?: number;
  readonly firstToken?: number;
  readonly finish?: number;
  readonly prompt?: number;
  readonly output?: number;
  readonly class?: number;
  readonly tenant?: number;
  readonly status?: keyof typeof Status;
  readonly shedReason?: number;
  readonly preemptions?: number;
  readonly recomputed?: number;
  /** Targets of its own. */
  readonly sla?: SlaTargets;
}

export interface RunOf {
  readonly table: RequestTable;
  readonly outcomes: Outcomes;
}

/** Classes c0, c1, … with these targets; the weight of each defaults to 1. */
export function classesWith(targets: readonly SlaTargets[], weights: readonly number[] = []): RequestClass[] {
  return targets.map((sla, i) => ({ name: `c${i}`, priority: i, weight: weights[i] ?? 1, sla }));
}

export function runOf(
  rows: readonly Row[],
  { classes = classesWith([{}]), tenants = [], engine = {} }: {
    classes?: readonly RequestClass[]; tenants?: readonly string[]; engine?: Partial<Outcomes>;
  } = {},
): RunOf {
  const times = (of: (row: Row) => number | undefined) => Float64Array.from(rows, (row) => of(row) ?? NaN);
  const counts = (of: (row: Row) => number | undefined, otherwise = 0) => Uint32Array.from(rows, (row) => of(row) ?? otherwise);
  const table: RequestTable = {
    count: rows.length,
    arrival: Float64Array.from(rows, (row) => row.arrival ?? 0),
    promptTokens: counts((row) => row.prompt),
    outputTokens: counts((row) => row.output, 1),
    class: Uint16Array.from(rows, (row) => row.class ?? 0),
    tenant: Uint16Array.from(rows, (row) => row.tenant ?? 0),
    source: new Uint16Array(rows.length),
    ordinal: Uint32Array.from(rows, (_, i) => i),
    classes,
    tenants,
    sources: [{ name: 'r' }],
    slaOverrides: new Map(rows.flatMap((row, i) => (row.sla ? [[i, row.sla] as const] : []))),
  };
  const outcomes: Outcomes = {
    outputTokens: table.outputTokens,
    status: Uint8Array.from(rows, (row) => Status[row.status ?? 'completed']),
    shedReasons: ['', ...SHED_REASONS],
    shedReason: Uint8Array.from(rows, (row) => row.shedReason ?? 0),
    admitted: times((row) => row.admitted),
    firstToken: times((row) => row.firstToken),
    finish: times((row) => row.finish),
    preemptions: counts((row) => row.preemptions),
    recomputedTokens: counts((row) => row.recomputed),
    completed: rows.filter(({ status = 'completed' }) => status === 'completed').length,
    preempted: rows.some(({ preemptions = 0, recomputed = 0 }) => preemptions + recomputed > 0),
    steps: 0, busyTime: 0, batchTime: 0, peakWaiting: 0, peakKvBlocks: null,
    gaps: [], contended: [], maxServiceDifference: null,
    ...engine,
  };
  return { table, outcomes };
}
