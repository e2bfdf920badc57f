/** From columns to the rows that `--requests` and `--steps` write: the edge at which a request becomes an object. */
import { STATUS_NAMES, type StepRecord } from '../engine/outcomes.ts';
import { slaMet } from '../metrics/marks.ts';
import type { RequestRow } from '../render/runs/requests.ts';
import type { StepLine } from '../render/runs/steps.ts';
import type { Run } from '../run.ts';
import { requestId, type RequestTable } from '../workload/request-table.ts';

/** One row per request of a run, in order of arrival. */
export function* requestRows(table: RequestTable, { scheduler, outcomes }: Run): Generator<RequestRow> {
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
export function stepLine(table: RequestTable, scheduler: string, record: StepRecord): StepLine {
  const ids = (requests: readonly number[]) => requests.map((request) => requestId(table, request));
  return {
    ...record,
    scheduler,
    scheduled: record.scheduled.map(([request, tokens]) => [requestId(table, request), tokens] as const),
    preempted: ids(record.preempted), sampled: ids(record.sampled), finished: ids(record.finished),
  };
}
