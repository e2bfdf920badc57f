/** Puts the reports of several shards together. */
import * as v from 'valibot';
import { isMapping } from '../core/choice.ts';
import { checkReportSchema, type CheckReport } from './check-result.ts';
import { reportOf } from './verdict.ts';

/** A report and the file that it came from. */
export interface NamedReport {
  readonly file: string;
  readonly report: CheckReport;
}

/** Reads what `sched check --format json` wrote; a string says why the text is no such thing. */
export function parseReport(text: string): CheckReport | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return `is not valid JSON: ${(error as SyntaxError).message}`;
  }
  if (!isMapping(document) || document['kind'] !== 'check') return 'is not a result of sched check --format json';
  if (document['schemaVersion'] !== 1) return `has schemaVersion ${JSON.stringify(document['schemaVersion'])}; this version of sched reads 1`;
  const { success, issues } = v.safeParse(checkReportSchema, document, { abortEarly: true });
  // As it was written: the schema's output would have the fields in the schema's order.
  if (success) return document as unknown as CheckReport;
  const [issue] = issues;
  return `is not a result of sched check: ${v.getDotPath(issue) ?? ''}: ${issue.message}`;
}

/**
 * One report of several, equal to the report of a check over all their scenarios at once.
 *
 * @returns a string when they do not go together: a shard is missing, two have the same scenario, versions differ
 */
export function mergeReports(named: readonly NamedReport[]): CheckReport | string {
  return versionsDiffer(named) ?? shardMissing(named) ?? scenarioTwice(named) ?? reportOf(named.flatMap(({ report }) => report.results), {
    sched: named[0]!.report.sched, shard: null, notRun: named.flatMap(({ report }) => report.notRun),
  });
}

function versionsDiffer(named: readonly NamedReport[]): string | null {
  const [first] = named;
  const other = named.find(({ report }) => report.sched !== first!.report.sched);
  return other ? `${first!.file} is of sched ${first!.report.sched}, ${other.file} of ${other.report.sched}` : null;
}

/** A shard left out would take its failures with it. */
function shardMissing(named: readonly NamedReport[]): string | null {
  const shards = named.flatMap(({ report: { shard } }) => (shard ? [shard] : []));
  const [first] = shards;
  if (!first) return null;
  if (shards.some(({ of }) => of !== first.of)) return `these are shards of different wholes: ${shards.map(({ index, of }) => `${index}/${of}`).join(', ')}`;
  const missing = Array.from({ length: first.of }, (_, i) => i + 1).filter((index) => shards.every((shard) => shard.index !== index));
  return missing.length > 0 ? `the result of shard ${missing.map((index) => `${index}/${first.of}`).join(', ')} is missing` : null;
}

function scenarioTwice(named: readonly NamedReport[]): string | null {
  const seenIn = new Map<string, string>();
  for (const { file, report } of named) {
    for (const scenario of [...report.results.map((result) => result.file), ...report.notRun]) {
      const before = seenIn.get(scenario);
      if (before !== undefined) return `${scenario} is both in ${before} and in ${file}`;
      seenIn.set(scenario, file);
    }
  }
  return null;
}
