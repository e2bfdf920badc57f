/** Results in each format, to wherever they go. A renderer is loaded when its format is wanted. */
import type { Calibration } from '../../experiments/calibrate/calibrate.ts';
import type { CheckReport } from '../../gate/check-result.ts';
import type { Report } from '../../jobs/report.ts';
import type { Page } from '../../render/text/style.ts';
import type { WorkloadReport } from '../../jobs/workload.ts';
import type { Destination } from './destinations.ts';
import type { Format } from './formats.ts';
import { type OutputFiles, outputFiles } from './output-files.ts';
import { PAPER, standardPage } from './terminal.ts';

/** How the results of a command are written, in each format that it has. */
export type Renderers<Result> = Readonly<Partial<Record<Format, () => Promise<(results: readonly Result[], page: Page) => string>>>>;

export const SIMULATE: Renderers<Report> = {
  table: async () => (await import('../../render/runs/table.ts')).simulateTables,
  json: async () => (await import('../../render/runs/json.ts')).simulateJson,
  csv: async () => (await import('../../render/runs/csv.ts')).simulateCsv,
  markdown: async () => (await import('../../render/runs/markdown.ts')).simulateMarkdown,
};

export const COMPARE: Renderers<Report> = {
  table: async () => (await import('../../render/runs/compare.ts')).compareTables,
  json: async () => (await import('../../render/runs/json.ts')).compareJson,
  csv: async () => (await import('../../render/runs/csv.ts')).compareCsv,
  markdown: async () => (await import('../../render/runs/markdown.ts')).compareMarkdown,
};

export const WORKLOAD: Renderers<WorkloadReport> = {
  table: async () => (await import('../../render/workload/workload-table.ts')).workloadTables,
  json: async () => (await import('../../render/workload/workload-report.ts')).workloadJson,
};

/** Of one report, whatever the number of scenarios in it. */
export const CHECK: Renderers<CheckReport> = {
  table: async () => {
    const { checkText } = await import('../../render/check/check.ts');
    return ([report], page) => checkText(report!, page);
  },
  json: async () => {
    const { jsonText } = await import('../../render/runs/json.ts');
    return ([report]) => jsonText(report);
  },
  markdown: async () => {
    const { checkMarkdown } = await import('../../render/check/check-markdown.ts');
    return ([report]) => checkMarkdown(report!);
  },
  junit: async () => {
    const { checkJunit } = await import('../../render/check/junit.ts');
    return ([report]) => checkJunit(report!);
  },
};

export const CALIBRATE: Renderers<Calibration> = {
  table: async () => (await import('../../render/experiments/calibration.ts')).calibrationTables,
  json: async () => (await import('../../render/experiments/calibration.ts')).calibrationJson,
  yaml: async () => (await import('../../render/experiments/calibration.ts')).calibrationYaml,
};

/** The same, with the bar charts after the tables. */
export function withCharts(renderers: Renderers<Report>): Renderers<Report> {
  return {
    ...renderers,
    table: async () => {
      const [tables, { charts }] = await Promise.all([renderers.table!(), import('../../render/runs/chart.ts')]);
      return (reports, page) => `${tables(reports, page)}\n${charts(reports, page)}`;
    },
  };
}

/** The same, and nothing else: everything appears when all of it is complete. */
export async function writeAll<Result>(wanted: readonly Destination[], renderers: Renderers<Result>, results: readonly Result[], colour: boolean): Promise<void> {
  const files = outputFiles();
  try {
    await writeResults(files, wanted, renderers, results, colour);
    files.commit();
  } finally {
    files.discard();
  }
}

/** Renders for every destination; nothing appears before `files.commit`. */
export async function writeResults<Result>(
  files: OutputFiles, wanted: readonly Destination[], renderers: Renderers<Result>, results: readonly Result[], colour: boolean,
): Promise<void> {
  for (const { path, format } of wanted) {
    const [render, page] = await Promise.all([renderers[format]!(), path === '-' ? standardPage(colour) : PAPER]);
    files.open(path).write(render(results, page));
  }
}
