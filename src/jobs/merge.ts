/** Putting the results of check shards together, as if one check had made them. */
import { FaultError } from '../core/fault.ts';
import type { CheckReport } from '../gate/check-result.ts';
import { mergeReports, type NamedReport, parseReport } from '../gate/merge.ts';
import type { World } from './world.ts';

/** Of a result that is read. */
const MAX_MEBIBYTES = 64;

/** @throws FaultError when a file is no such result, or they do not go together */
export async function merge(files: readonly string[], world: World): Promise<CheckReport> {
  const reports: NamedReport[] = [];
  for (const file of files) reports.push(await readReport(file, world));
  const merged = mergeReports(reports);
  if (typeof merged === 'string') throw new FaultError([{ code: 'input', message: merged }]);
  return merged;
}

async function readReport(file: string, { files }: World): Promise<NamedReport> {
  const report = parseReport(new TextDecoder().decode(await files.read(file, MAX_MEBIBYTES)));
  if (typeof report !== 'string') return { file, report };
  throw new FaultError([{ code: 'input', message: `${file} ${report}`, help: 'merge takes what sched check --format json writes' }]);
}
