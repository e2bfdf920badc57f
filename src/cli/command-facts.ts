/** What each command takes, asked of commander itself. */
import { Command } from 'commander';
import type { CommandFacts } from '../catalog/facts.ts';
import { COMMANDS } from './commands/index.ts';
import { HELP } from './help.ts';

/** The commands of `sched --help`, in its order. */
export async function commandFacts(): Promise<CommandFacts[]> {
  const facts: CommandFacts[] = [];
  for (const { name, summary, load } of COMMANDS) {
    const command = new Command('sched').configureHelp(HELP).command(name).helpOption(false);
    (await load()).configure(command);
    const help = command.createHelp();
    const terms = [
      ...help.visibleArguments(command).map((argument) => ({ term: help.argumentTerm(argument), meaning: help.argumentDescription(argument) })),
      ...help.visibleOptions(command).map((option) => ({ term: help.optionTerm(option), meaning: help.optionDescription(option) })),
    ];
    facts.push({ usage: help.commandUsage(command).trim(), summary, terms });
  }
  return facts;
}
