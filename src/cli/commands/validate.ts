/** sched validate: everything that is wrong with scenario files, or that nothing is. */
import type { Command } from 'commander';
import { type Fault, FaultError, isError } from '../../core/fault.ts';
import { addColour, addFiles } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  addFiles(command)
    .option('-q, --quiet', 'say only what is wrong');
  addColour(command).action(async (files: string[], { color, quiet = false }: { color: boolean; quiet?: boolean }) => {
    const [{ faultsOf }, { say }, { visible }] = await Promise.all([
      import('../validate-file.ts'), import('../io/faults.ts'), import('../../render/text/text.ts'),
    ]);
    const faults: Fault[] = [];
    for (const file of files) {
      const found = await faultsOf(file);
      faults.push(...found);
      if (!quiet && !found.some(isError)) writeOut(`${visible(file)}: ok\n`);
    }
    const told = quiet ? faults.filter(isError) : faults;
    if (faults.some(isError)) throw new FaultError(told);
    await say(told, color);
  });
}
