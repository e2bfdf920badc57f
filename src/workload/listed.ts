/** Requests that the scenario lists one by one. */
import { sourceColumns } from './columns.ts';
import { NO_TENANT } from './references.ts';
import type { SlaTargets } from './request-table.ts';
import type { BuiltSource, SourceContext } from './source.ts';
import type { ListedRequest } from './spec.ts';

export function listRequests(requests: readonly ListedRequest[], context: SourceContext): BuiltSource {
  const { classes, classIndex, tenantIndex } = context;
  const columns = sourceColumns(requests.length, context.allocate);
  const slaOverrides = new Map<number, SlaTargets>();
  for (const [row, request] of requests.entries()) {
    columns.arrival[row] = request.at;
    columns.promptTokens[row] = request.promptTokens;
    columns.outputTokens[row] = request.outputTokens;
    columns.class[row] = request.class === undefined ? 0 : classIndex(request.class)!;
    columns.tenant[row] = tenantIndex(request.tenant ?? NO_TENANT);
    columns.ordinal[row] = row;
    if (request.sla) slaOverrides.set(row, { ...classes[columns.class[row]!]!.sla, ...request.sla });
  }
  return {
    source: { name: context.name, ids: requests.map(({ id }) => id), prompts: requests.map(({ prompt }) => prompt) },
    columns: { ...columns, slaOverrides },
    namesTenants: requests.some(({ tenant }) => tenant !== undefined),
    report: { source: context.name, rowsRead: requests.length, rowsKept: requests.length, dropped: {} },
  };
}
