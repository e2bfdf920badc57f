/**
 * The program `sched`: hands the arguments to a command and turns whatever happens into an exit code.
 *
 * Only commander is loaded up front; a command's own file when it is the one that was named, and what it
 * computes with when it runs.
 */
import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { visible } from '../render/text/visible.ts';
import { COMMANDS, type CommandEntry } from './commands/index.ts';
import { FaultError } from '../core/fault.ts';
import { ExitCode } from './exit.ts';
import { HELP } from './help.ts';
import { hintFor, withHelpLast } from './hints.ts';
import { say } from './io/faults.ts';
import { readWithin } from './io/file-uses.ts';
import { ReaderGone, writeErr, writeOut } from './io/streams.ts';

/** For the project itself: not in `sched --help`, and not in what it prints. */
const REFERENCE: CommandEntry = { name: 'reference', summary: 'print docs/reference.md', load: () => import('./commands/reference.ts') };
const ALL: readonly CommandEntry[] = [...COMMANDS, REFERENCE];

function program(): Command {
  const sched = new Command('sched')
    .description('Replay LLM requests through scheduling policies on a deterministic virtual clock: whose SLA holds, and who pays.')
    .version(manifest.version)
    .configureOutput({ writeOut, writeErr, outputError: (text, write) => write(printable(withHint(text))) })
    .configureHelp(HELP)
    .exitOverride()
    .showHelpAfterError('(sched --help lists the commands)')
    .addHelpText('after', '\nStart with:  sched init scenario.yaml && sched compare scenario.yaml');
  for (const { name, summary } of ALL) {
    sched.command(name, { hidden: name === REFERENCE.name }).summary(summary).description(summary).showHelpAfterError(`(sched ${name} --help lists what it takes)`);
  }
  sched.hook('preSubcommand', async (_, command) => {
    const entry = ALL.find(({ name }) => name === command.name());
    (await entry?.load())?.configure(command);
  });
  sched.hook('preAction', async (_, command) => {
    const { color, within, plugin = [] } = command.opts<{ color?: boolean; within?: string; plugin?: readonly string[] }>();
    colour = color ?? true;
    if (within !== undefined) readWithin(within);
    if (plugin.length > 0) await (await import('./plugins.ts')).usePlugins(plugin);
  });
  return sched;
}

/** An error of commander's, with what would be right where somebody comes from another tool. */
function withHint(text: string): string {
  const hint = hintFor(text);
  return hint === undefined ? text : `${text.trimEnd()}\n= help: ${hint}\n`;
}

/** What an argument or the name of a file brings along must not reach the terminal as it is. */
function printable(text: string): string {
  return text.split('\n').map(visible).join('\n');
}

/** Whether the command that runs may use colours. */
let colour = true;

/** Says what went wrong on standard error. */
async function failed(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.fine : ExitCode.wrongInput;
  if (error instanceof FaultError) {
    await say(error.faults, colour);
    return ExitCode.wrongInput;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  writeErr(`sched: internal error: ${message}\n`
    + 'This is a bug in sched. Please report it with the command line and the scenario'
    + (process.env['SCHED_DEBUG'] === '1' ? `:\n${stack}\n` : '; SCHED_DEBUG=1 shows where it happened.\n'));
  return ExitCode.bug;
}

async function end(error: unknown): Promise<never> {
  process.exit(error instanceof ReaderGone ? process.exitCode ?? ExitCode.fine : await failed(error));
}

process.on('uncaughtException', end);
// Everything is written: nothing has to be waited for, or taken down bit by bit.
program().parseAsync(withHelpLast(process.argv.slice(2)), { from: 'user' }).then(() => process.exit(), end);
