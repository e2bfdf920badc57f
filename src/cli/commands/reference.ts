/** sched reference: docs/reference.md, for `npm run docs`. */
import type { Command } from 'commander';
import { addPlugin } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  addPlugin(command).action(async () => {
    const { reference } = await import('../reference.ts');
    writeOut(await reference());
  });
}
