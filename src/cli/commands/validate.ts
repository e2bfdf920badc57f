/** sched validate: everything that is wrong with scenario files, or that nothing is. */
import type { Command } from 'commander';
import { type Fault, FaultError, isError } from '../../core/fault.ts';
import { addColour, addFiles, addLimit, type ColourOptions, type LimitOptions } from '../shared-options.ts';
import { say } from '../io/faults.ts';
import { scenarioFiles } from '../io/scenario-files.ts';
import { writeOut } from '../io/streams.ts';

interface ValidateOptions extends ColourOptions, LimitOptions {
  readonly quiet?: boolean;
}

export function configure(command: Command): void {
  addFiles(command)
    .option('-q, --quiet', 'say only what is wrong');
  addLimit(command);
  addColour(command).action(async (args: string[], options: ValidateOptions) => {
    const { color, quiet = false } = options;
    const [{ validate }, { worldOf }, { visible }] = await Promise.all([
      import('../../jobs/validate.ts'), import('../world.ts'), import('../../render/text/visible.ts'),
    ]);
    const world = worldOf(options);
    const files = (await scenarioFiles(args)).map(({ file }) => file);
    const faults: Fault[] = [];
    for (const file of files) {
      const found = await validate(file, world);
      for (const fault of found) faults.push(fault);
      if (!quiet && !found.some(isError)) writeOut(`${visible(file)}: ok\n`);
    }
    const told = quiet ? faults.filter(isError) : faults;
    if (faults.some(isError)) throw new FaultError(told);
    await say(told, color);
  });
}
