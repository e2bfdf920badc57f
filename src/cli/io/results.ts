/** Results in each format that was asked for, to wherever they go. */
import type { WriteResults } from '../../render/format.ts';
import { PAPER } from '../../render/text/style.ts';
import type { Destination } from './destinations.ts';
import { type OutputFiles, outputFiles } from './output-files.ts';
import { standardPage } from './terminal.ts';

/** Renders for every destination; nothing appears before `files.commit`. */
export async function writeResults<Result>(
  files: OutputFiles, wanted: readonly Destination<WriteResults<Result>>[], results: readonly Result[], colour: boolean,
): Promise<void> {
  for (const { path, format } of wanted) {
    const [write, page] = await Promise.all([format.load(), path === '-' ? standardPage(colour) : PAPER]);
    files.open(path).write(write(results, page));
  }
}

/** The same, and nothing else: everything appears when all of it is complete. */
export async function writeAll<Result>(wanted: readonly Destination<WriteResults<Result>>[], results: readonly Result[], colour: boolean): Promise<void> {
  const files = outputFiles();
  try {
    await writeResults(files, wanted, results, colour);
    files.commit();
  } finally {
    files.discard();
  }
}
