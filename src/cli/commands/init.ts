/** sched init: a commented scenario to start from. */
import type { Command } from 'commander';
import { visible } from '../../render/text/visible.ts';
import { inputError, systemError } from '../exit.ts';
import { writeErr, writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  command
    .argument('[file]', 'where to write it; - is standard output', 'scenario.yaml')
    .option('-q, --quiet', 'do not say what was written')
    .action(async (file: string, { quiet = false }: { quiet?: boolean }) => {
      const { STARTER } = await import('../../scenario/starter.ts');
      if (file === '-') {
        writeOut(STARTER);
        return;
      }
      await writeNew(file, STARTER);
      if (!quiet) writeErr(`wrote ${visible(file)}; next: sched compare ${visible(file)}\n`);
    });
}

/** @throws FaultError when the file is there already, or cannot be written */
async function writeNew(file: string, text: string): Promise<void> {
  const { writeFileSync } = await import('node:fs');
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw inputError(`${file} is there already and stays as it is`, 'name another file');
    }
    throw systemError(error, `cannot write ${file}`) ?? error;
  }
}
