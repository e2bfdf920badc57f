/** Workloads from what a user would write, and tables as rows that are easy to compare. */
import * as v from 'valibot';
import type { Fault } from '../../src/core/fault.ts';
import { FaultError } from '../../src/core/fault.ts';
import type { FilePlace, ScenarioPlace } from '../../src/core/place.ts';
import type { Workload } from '../../src/workload/build.ts';
import { buildWorkload } from '../../src/workload/build.ts';
import type { FileAccess } from '../../src/workload/files.ts';
import { noFiles } from '../../src/workload/files.ts';
import type { RequestClass, RequestTable, SlaTargets } from '../../src/workload/request-table.ts';
import { requestId, slaOf } from '../../src/workload/request-table.ts';
import type { SourceSpec } from '../../src/workload/spec.ts';
import { sourceSchema } from '../../src/workload/spec.ts';

export interface Options {
  readonly classes?: readonly string[];
  readonly seed?: string;
  readonly files?: FileAccess;
  readonly share?: boolean;
}

export function sourcesOf(...sources: unknown[]): SourceSpec[] {
  return sources.map((source) => v.parse(sourceSchema, source));
}

export function classesOf(names: readonly string[], sla: SlaTargets = {}): RequestClass[] {
  return names.map((name, index) => ({ name, priority: index + 1, weight: 1, sla }));
}

export function build(sources: readonly unknown[], { classes = ['high', 'medium', 'low'], seed = '1', files = noFiles, share = false }: Options = {}): Promise<Workload> {
  return buildWorkload({ sources: sourcesOf(...sources), classes: classesOf(classes), seed, files, share });
}

/** The faults of a workload that cannot be built. */
export async function buildFaults(sources: readonly unknown[], options: Options = {}): Promise<readonly Fault<Partial<FilePlace & ScenarioPlace>>[]> {
  try {
    await build(sources, options);
  } catch (error) {
    if (error instanceof FaultError) return error.faults;
    throw error;
  }
  throw new Error('the workload was built');
}

/** The messages of a source that the schema refuses, with their paths. */
export function faultsOf(source: unknown): string[] {
  return (v.safeParse(sourceSchema, source).issues ?? []).map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`);
}

export interface Row {
  readonly id: string;
  readonly arrival: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly class: string;
  readonly tenant: string | undefined;
  readonly sla: SlaTargets;
}

export function rowsOf(table: RequestTable): Row[] {
  return Array.from({ length: table.count }, (_, i) => ({
    id: requestId(table, i),
    arrival: table.arrival[i]!,
    promptTokens: table.promptTokens[i]!,
    outputTokens: table.outputTokens[i]!,
    class: table.classes[table.class[i]!]!.name,
    tenant: table.tenants[table.tenant[i]!],
    sla: slaOf(table, i),
  }));
}

export async function rowsFrom(sources: readonly unknown[], options?: Options): Promise<Row[]> {
  return rowsOf((await build(sources, options)).table);
}
