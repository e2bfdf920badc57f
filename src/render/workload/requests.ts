/** Requests written down: CSV and JSON lines that are a trace, or a scenario that lists them; and the scenario of a twin. */
import type { RequestList } from '../../jobs/request-list.ts';
import type { WorkloadReport } from '../../jobs/workload.ts';
import type { Twin } from '../../workload/fit/fit.ts';
import { csvRow } from '../runs/csv.ts';

/** Lines with their ends. */
export function requestLines(report: WorkloadReport, format: 'csv' | 'jsonl' | 'yaml'): Iterable<string> {
  if (format === 'yaml') return scenarioLines(report.document, listLines(report.list));
  return format === 'csv' ? csvLines(report.list) : jsonLines(report.list);
}

/** A scenario with generated requests in place of those that it had. */
export function twinLines({ document }: WorkloadReport, { generate }: Twin): Iterable<string> {
  return scenarioLines(document, generate.map((each) => `  - generate: ${JSON.stringify(each)}\n`));
}

function* csvLines({ columns, rows }: RequestList): Iterable<string> {
  yield csvRow(columns);
  for (const row of rows()) yield csvRow(columns.map((column) => row[column]));
}

function* jsonLines({ rows }: RequestList): Iterable<string> {
  for (const row of rows()) yield `${JSON.stringify(row)}\n`;
}

function* listLines({ listed }: RequestList): Iterable<string> {
  yield '  - requests:\n';
  for (const request of listed()) yield `      - ${JSON.stringify(request)}\n`;
}

/** JSON is YAML: what stood in the scenario stays, each key on a line, with another workload. */
function* scenarioLines(document: Readonly<Record<string, unknown>>, workload: Iterable<string>): Iterable<string> {
  for (const [key, value] of Object.entries(document)) if (key !== 'workload' && key !== '$schema') yield `${key}: ${JSON.stringify(value)}\n`;
  yield 'workload:\n';
  yield* workload;
}
