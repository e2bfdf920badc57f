/** sched validate: everything that is wrong with scenario files, or that nothing is. */
import type { Command } from 'commander';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { ReportedError } from '../exit.ts';
import { addColour, addFiles } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  addFiles(command)
    .option('-q, --quiet', 'say only what is wrong');
  addColour(command).action(async (files: string[], { color, quiet = false }: { color: boolean; quiet?: boolean }) => {
    const [{ faultsOf }, { say }, { visible }] = await Promise.all([
      import('../validate-file.ts'), import('../io/diagnostics.ts'), import('../../render/text/text.ts'),
    ]);
    const diagnostics: Diagnostic[] = [];
    for (const file of files) {
      const found = await faultsOf(file);
      diagnostics.push(...found);
      if (!quiet && !found.some(isError)) writeOut(`${visible(file)}: ok\n`);
    }
    await say(quiet ? diagnostics.filter(isError) : diagnostics, color);
    if (diagnostics.some(isError)) throw new ReportedError();
  });
}

function isError({ severity }: Diagnostic): boolean {
  return severity === undefined;
}
