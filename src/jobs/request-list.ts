/** Requests as they are written down, to be read again: rows of a trace, or entries of a scenario. Nothing of them is lost. */
import { requestId, type RequestTable, type SlaTargets } from '../workload/request-table.ts';

/** A row; times in seconds, to the microsecond. Null: it has none. */
export type WrittenRequest = Readonly<Record<string, string | number | null>>;

export interface RequestList {
  /** Keys of the rows, in order. */
  readonly columns: readonly string[];
  readonly rows: () => Iterable<WrittenRequest>;
  /** As a scenario lists them. */
  readonly listed: () => Iterable<Readonly<Record<string, unknown>>>;
}

const TARGETS = { latency: 'latencyTarget', ttft: 'ttftTarget', tpot: 'tpotTarget' } as const;

/** Made one by one, when they are asked for. */
export function requestList(table: RequestTable): RequestList {
  return { columns: columnsOf(table), rows: () => rowsOf(table), listed: () => listedOf(table) };
}

function columnsOf({ tenants, slaOverrides, session }: RequestTable): string[] {
  return [
    'id', 'class', ...(tenants.length > 0 ? ['tenant'] : []), 'arrival', 'promptTokens', 'outputTokens',
    ...(slaOverrides.size > 0 ? Object.values(TARGETS) : []), ...(session ? ['session'] : []),
  ];
}

/** Times in seconds, to the microsecond. */
function* rowsOf(table: RequestTable): Iterable<WrittenRequest> {
  const { arrival, promptTokens, outputTokens, slaOverrides, tenants } = table;
  for (let request = 0; request < table.count; request++) {
    const sla = slaOverrides.get(request);
    yield {
      id: requestId(table, request), class: table.classes[table.class[request]!]!.name,
      ...(tenants.length > 0 && { tenant: tenants[table.tenant[request]!]! }),
      arrival: arrival[request]! / 1e6, promptTokens: promptTokens[request]!, outputTokens: outputTokens[request]!,
      ...(sla && Object.fromEntries(Object.entries(TARGETS).map(([target, column]) => [column, secondsOf(sla[target as keyof SlaTargets])]))),
      ...(table.session && { session: sessionOf(table, request) }),
    };
  }
}

function secondsOf(micros: number | undefined): number | null {
  return micros === undefined ? null : micros / 1e6;
}

function sessionOf({ session, source, sources }: RequestTable, request: number): string | null {
  const number = session![request]!;
  if (number === 0) return null;
  const { name, sessions } = sources[source[request]!]!;
  return sources.length > 1 ? `${name}/${sessions![number]!}` : sessions![number]!;
}


function* listedOf(table: RequestTable): Iterable<Readonly<Record<string, unknown>>> {
  for (let request = 0; request < table.count; request++) {
    const sla = table.slaOverrides.get(request);
    const prompt = table.sources[table.source[request]!]!.prompts?.[table.ordinal[request]!];
    yield {
      id: requestId(table, request), at: `${table.arrival[request]!}us`, class: table.classes[table.class[request]!]!.name,
      promptTokens: table.promptTokens[request]!, outputTokens: table.outputTokens[request]!,
      ...(table.tenants.length > 0 && { tenant: table.tenants[table.tenant[request]!]! }),
      ...(sla && { sla: Object.fromEntries(Object.entries(sla).map(([target, micros]) => [target, `${micros}us`])) }),
      ...(prompt !== undefined && { prompt }),
    };
  }
}
