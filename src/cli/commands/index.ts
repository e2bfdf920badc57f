/** The one list of commands, in the order of `sched --help`. A command's file is loaded only when it is named. */
import type { Command } from 'commander';

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ configure(command: Command): unknown }>;
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: 'simulate', summary: 'run the policies of a scenario: a table by class for each', load: () => import('./simulate.ts') },
  { name: 'compare', summary: 'policies side by side: who gains, who pays', load: () => import('./compare.ts') },
  { name: 'check', summary: 'the CI gate: fail when a scenario breaks its expectations or its baseline', load: () => import('./check.ts') },
  { name: 'sweep', summary: 'a scenario over a grid of settings, on as many machines as there are', load: () => import('./sweep.ts') },
  { name: 'capacity', summary: 'how much load keeps every promise, under each policy', load: () => import('./capacity.ts') },
  { name: 'tune', summary: 'which setting and policy keep every promise at the least of some figure', load: () => import('./tune.ts') },
  { name: 'merge', summary: 'put the results of shards together, of check or of sweep', load: () => import('./merge.ts') },
  { name: 'validate', summary: 'say everything that is wrong with scenario files and the data they name', load: () => import('./validate.ts') },
  { name: 'show', summary: 'print a scenario with every default, preset and hardware filled in', load: () => import('./show.ts') },
  { name: 'init', summary: 'write a commented scenario to start from', load: () => import('./init.ts') },
  { name: 'list', summary: 'what a scenario can name: policies, distributions, metrics and more', load: () => import('./list.ts') },
  { name: 'workload', summary: 'describe the requests of a scenario without running them', load: () => import('./workload.ts') },
  { name: 'calibrate', summary: 'fit the engine to a measured run of a real server', load: () => import('./calibrate.ts') },
  { name: 'schema', summary: 'print the JSON Schema of scenario files', load: () => import('./schema.ts') },
];
