/** From columns to rows, one a request or a step: the edge at which a request becomes an object. */
import { type RequestOutcomes, STATUS_NAMES, type StepRecord } from '../engine/outcomes.ts';
import { slaMet } from '../metrics/marks.ts';
import { requestId, type RequestTable } from '../workload/request-table.ts';

/** What happened to one request under one scheduler. Times in microseconds, NaN where it never came to that. */
export interface RequestRow {
  readonly scheduler: string;
  readonly id: string;
  readonly class: string;
  /** Null when the scenario names no tenants. */
  readonly tenant: string | null;
  readonly arrival: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly admitted: number;
  readonly firstToken: number;
  readonly finish: number;
  readonly status: string;
  readonly preemptions: number;
  /** Null without a target. */
  readonly slaMet: boolean | null;
}

/** One step of one scheduler's run, requests by id, times in microseconds. */
export interface StepRow {
  readonly scheduler: string;
  readonly step: number;
  readonly start: number;
  readonly end: number;
  /** [id, tokens] in scheduling order. */
  readonly scheduled: readonly (readonly [string, number])[];
  readonly preempted: readonly string[];
  readonly sampled: readonly string[];
  readonly finished: readonly string[];
  /** Null without a limited KV cache. */
  readonly freeBlocks: number | null;
}

/** One row per request of a run, in order of arrival. */
export function* requestRows(table: RequestTable, scheduler: string, outcomes: RequestOutcomes): Generator<RequestRow> {
  for (let request = 0; request < table.count; request++) {
    yield {
      scheduler,
      id: requestId(table, request),
      class: table.classes[table.class[request]!]!.name,
      tenant: table.tenants[table.tenant[request]!] ?? null,
      arrival: table.arrival[request]!,
      promptTokens: table.promptTokens[request]!,
      outputTokens: table.outputTokens[request]!,
      admitted: outcomes.admitted[request]!,
      firstToken: outcomes.firstToken[request]!,
      finish: outcomes.finish[request]!,
      status: STATUS_NAMES[outcomes.status[request]!]!,
      preemptions: outcomes.preemptions[request]!,
      slaMet: slaMet(table, outcomes, request),
    };
  }
}

/** A step with the ids of its requests in place of their numbers. */
export function stepRow(table: RequestTable, scheduler: string, record: StepRecord): StepRow {
  const ids = (requests: readonly number[]) => requests.map((request) => requestId(table, request));
  return {
    ...record,
    scheduler,
    scheduled: record.scheduled.map(([request, tokens]) => [requestId(table, request), tokens] as const),
    preempted: ids(record.preempted), sampled: ids(record.sampled), finished: ids(record.finished),
  };
}
