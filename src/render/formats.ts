/**
 * The one list of formats, by what is written in them. `--format`, `-o`, their help and the reference follow; a
 * new format is its file and a line here.
 */
import type { CatalogSection } from '../catalog/facts.ts';
import type { Calibration } from '../experiments/calibrate/calibrate.ts';
import type { SweepResult } from '../experiments/sweep-result.ts';
import type { CheckReport } from '../gate/check-result.ts';
import type { CapacityReport } from '../jobs/capacity.ts';
import type { Report } from '../jobs/report.ts';
import type { ReplicateRow } from '../jobs/replicate-rows.ts';
import type { ReplicatedReport } from '../jobs/replicated-report.ts';
import type { RequestRow, StepRow } from '../jobs/rows.ts';
import type { TuneResult } from '../jobs/tune.ts';
import type { WorkloadReport } from '../jobs/workload.ts';
import type { Formats, RowFormats } from './format.ts';

const TABLE = { name: 'table', extensions: ['.txt'], forPeople: true };
const JSON_DOCUMENT = { name: 'json', extensions: ['.json'] };
const CSV = { name: 'csv', extensions: ['.csv'] };
const JSON_LINES = { name: 'jsonl', extensions: ['.jsonl'] };
const MARKDOWN = { name: 'markdown', extensions: ['.md', '.markdown'] };
const JUNIT = { name: 'junit', extensions: ['.xml'] };
const YAML = { name: 'yaml', extensions: ['.yaml', '.yml'] };

/** The runs of scenarios, one after the other. */
export const RUN_REPORTS: Formats<Report> = [
  { ...TABLE, load: async () => (await import('./runs/table.ts')).simulateTables },
  { ...JSON_DOCUMENT, needs: { digests: true, offeredLoad: 'always' }, load: async () => (await import('./runs/json.ts')).simulateJson },
  { ...CSV, needs: { offeredLoad: 'always' }, load: async () => (await import('./runs/csv.ts')).simulateCsv },
  { ...MARKDOWN, load: async () => (await import('./runs/markdown.ts')).simulateMarkdown },
];

/** The same, each run beside the first. */
export const COMPARISONS: Formats<Report> = [
  { ...TABLE, needs: { offeredLoad: 'where the queue grew' }, load: async () => (await import('./runs/compare.ts')).compareTables },
  { ...JSON_DOCUMENT, needs: { digests: true, offeredLoad: 'always' }, load: async () => (await import('./runs/json.ts')).compareJson },
  { ...CSV, needs: { offeredLoad: 'always' }, load: async () => (await import('./runs/csv.ts')).compareCsv },
  { ...MARKDOWN, needs: { offeredLoad: 'where the queue grew' }, load: async () => (await import('./runs/markdown.ts')).compareMarkdown },
];

/** The replications of scenarios, taken together. */
export const REPLICATED_REPORTS: Formats<ReplicatedReport> = [
  { ...TABLE, load: async () => (await import('./runs/replicated-table.ts')).replicatedTables },
  { ...JSON_DOCUMENT, needs: { offeredLoad: 'always' }, load: async () => (await import('./runs/replicated-json.ts')).replicatedJson },
  { ...CSV, needs: { offeredLoad: 'always' }, load: async () => (await import('./runs/replicated-csv.ts')).replicatedCsv },
  { ...MARKDOWN, load: async () => (await import('./runs/replicated-markdown.ts')).replicatedMarkdown },
];

/** The same, each scheduler beside the first. */
export const REPLICATED_COMPARISONS: Formats<ReplicatedReport> = [
  { ...TABLE, load: async () => (await import('./runs/replicated-compare.ts')).replicatedCompareTables },
  { ...JSON_DOCUMENT, needs: { offeredLoad: 'always' }, load: async () => (await import('./runs/replicated-json.ts')).replicatedCompareJson },
  { ...CSV, load: async () => (await import('./runs/replicated-csv.ts')).replicatedCompareCsv },
  { ...MARKDOWN, load: async () => (await import('./runs/replicated-markdown.ts')).replicatedCompareMarkdown },
];

/** Each figure of each replication. */
export const REPLICATE_ROWS: RowFormats<ReplicateRow> = [
  { ...CSV, load: async () => (await import('./runs/replicates.ts')).replicatesCsv([]) },
  { ...JSON_LINES, load: async () => (await import('./runs/replicates.ts')).REPLICATES_JSONL },
];

/** What happened to every request. */
export const REQUEST_ROWS: RowFormats<RequestRow> = [
  { ...CSV, load: async () => (await import('./runs/requests.ts')).REQUESTS_CSV },
  { ...JSON_LINES, load: async () => (await import('./runs/requests.ts')).REQUESTS_JSONL },
];

/** What the engine did in every step. */
export const STEP_ROWS: RowFormats<StepRow> = [
  { ...JSON_LINES, load: async () => ({ header: '', line: (await import('./runs/steps.ts')).stepJson }) },
];

export const WORKLOADS: Formats<WorkloadReport> = [
  { ...TABLE, load: async () => (await import('./workload/workload-table.ts')).workloadTables },
  { ...JSON_DOCUMENT, load: async () => (await import('./workload/workload-report.ts')).workloadJson },
];

/** One report, whatever the number of scenarios in it. */
export const CHECK_REPORT: Formats<CheckReport> = [
  { ...TABLE, load: async () => { const { checkText } = await import('./check/check.ts'); return ([report], page) => checkText(report!, page); } },
  { ...JSON_DOCUMENT, load: async () => { const { jsonText } = await import('./text/json-text.ts'); return ([report]) => jsonText(report); } },
  { ...MARKDOWN, load: async () => { const { checkMarkdown } = await import('./check/check-markdown.ts'); return ([report]) => checkMarkdown(report!); } },
  { ...JUNIT, load: async () => { const { checkJunit } = await import('./check/junit.ts'); return ([report]) => checkJunit(report!); } },
];

/** How much load scenarios can take. */
export const CAPACITIES: Formats<CapacityReport> = [
  { ...TABLE, load: async () => (await import('./experiments/capacity.ts')).capacityTables },
  { ...JSON_DOCUMENT, load: async () => (await import('./experiments/capacity-json.ts')).capacityJson },
  { ...CSV, load: async () => (await import('./experiments/capacity-json.ts')).capacityCsv },
];

/** Scenarios over grids of settings. */
export const SWEEPS: Formats<SweepResult> = [
  { ...TABLE, load: async () => (await import('./experiments/sweep-table.ts')).sweepTables },
  { ...JSON_DOCUMENT, load: async () => (await import('./experiments/sweep-files.ts')).sweepJson },
  { ...CSV, load: async () => (await import('./experiments/sweep-files.ts')).sweepCsv },
];

export const TUNINGS: Formats<TuneResult> = [
  { ...TABLE, load: async () => (await import('./experiments/tune.ts')).tuneTables },
  { ...JSON_DOCUMENT, load: async () => (await import('./experiments/tune-json.ts')).tuneJson },
];

export const CALIBRATIONS: Formats<Calibration> = [
  { ...TABLE, load: async () => (await import('./experiments/calibration.ts')).calibrationTables },
  { ...JSON_DOCUMENT, load: async () => (await import('./experiments/calibration.ts')).calibrationJson },
  { ...YAML, single: true, load: async () => (await import('./experiments/calibration.ts')).calibrationYaml },
];

export const CATALOG: Formats<CatalogSection> = [
  { ...TABLE, load: async () => (await import('./pages/catalog.ts')).catalogText },
  { ...JSON_DOCUMENT, load: async () => (await import('./pages/catalog.ts')).catalogJson },
];
