/** sched validate: everything that is wrong with scenario files, or that nothing is. */
import type { Command } from 'commander';
import type { Diagnostic } from '../../core/diagnostic.ts';
import { ReportedError } from '../exit.ts';
import { addColour, addFiles } from '../shared-options.ts';
import { writeOut } from '../streams.ts';

export function configure(command: Command): void {
  addFiles(command)
    .option('-q, --quiet', 'say only what is wrong');
  addColour(command).action(async (files: string[], { color, quiet = false }: { color: boolean; quiet?: boolean }) => {
    const [{ loadFile }, { say }, { visible }] = await Promise.all([
      import('../load.ts'), import('../diagnostics.ts'), import('../../render/text.ts'),
    ]);
    const diagnostics: Diagnostic[] = [];
    let wrong = false;
    for (const file of files) {
      const result = loadFile(file);
      wrong ||= !('scenario' in result);
      if (!('scenario' in result)) diagnostics.push(...result.diagnostics);
      else if (!quiet) {
        diagnostics.push(...result.warnings);
        writeOut(`${visible(file)}: ok\n`);
      }
    }
    await say(diagnostics, color);
    if (wrong) throw new ReportedError();
  });
}
