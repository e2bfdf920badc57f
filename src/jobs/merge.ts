/** Putting the results of shards together, as if one check, or one sweep, had made them. */
import { isMapping } from '../core/choice.ts';
import { FaultError } from '../core/fault.ts';
import { mergeSweeps, parseSweep, type SweepResult } from '../experiments/sweep-result.ts';
import type { CheckReport } from '../gate/check-result.ts';
import { mergeReports, parseReport } from '../gate/merge.ts';
import type { World } from './world.ts';

/** Of a result that is read. */
const MAX_MEBIBYTES = 256;

export type Merged = { readonly check: CheckReport } | { readonly sweep: SweepResult };

/** @throws FaultError when a file is no such result, or they do not go together */
export async function merge(files: readonly string[], world: World): Promise<Merged> {
  const texts: { readonly file: string; readonly text: string }[] = [];
  for (const file of files) texts.push({ file, text: new TextDecoder().decode(await world.files.read(file, MAX_MEBIBYTES)) });
  const sweeps = texts.flatMap(({ file, text }) => {
    const document = sweepIn(text);
    return document === undefined ? [] : [{ file, sweep: fine(parseSweep(document), file) }];
  });
  if (sweeps.length > 0 && sweeps.length < texts.length) throw wrong('some of these are of a sweep and some are not');
  if (sweeps.length > 0) return { sweep: fine(mergeSweeps(sweeps)) };
  return { check: fine(mergeReports(texts.map(({ file, text }) => ({ file, report: fine(parseReport(text), file) })))) };
}

/** The document of a text that says it is of a sweep. */
function sweepIn(text: string): unknown {
  try {
    const document: unknown = JSON.parse(text);
    return isMapping(document) && document['kind'] === 'sweep' ? document : undefined;
  } catch {
    return undefined;
  }
}

/** What is not a complaint. */
function fine<Result>(result: Result | string, file?: string): Result {
  if (typeof result !== 'string') return result;
  throw file === undefined ? wrong(result) : wrong(`${file} ${result}`, 'merge takes what sched check --format json writes, or sched sweep');
}

function wrong(message: string, help?: string): FaultError {
  return new FaultError([{ code: 'input', message, help }]);
}
