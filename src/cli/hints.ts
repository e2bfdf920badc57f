/** What to say to somebody who types what another tool would take. */
import { COMMANDS } from './commands/index.ts';

const SCENARIO_FILE = /\.(ya?ml|json)$/i;
const RUNS = /^(run|sim|start|exec|bench|test)$/i;

const OPTIONS: Readonly<Record<string, string>> = {
  '--json': '--format json',
  '-f': '--format json',
  '--out': '-o FILE',
  '--reporter': '--format table, json, markdown or junit',
  '-v': 'sched --version',
  '--verbose': '--format json, which has every figure',
  '-u': '--update',
};

/** A line for an error of the command line, or undefined. */
export function hintFor(message: string): string | undefined {
  const [, command] = /unknown command '(.*?)'/.exec(message) ?? [];
  if (command !== undefined) {
    const file = SCENARIO_FILE.test(command) ? command : 'FILE';
    if (SCENARIO_FILE.test(command) || RUNS.test(command)) return `to run a scenario: sched compare ${file} (policies side by side), or sched simulate ${file}`;
  }
  const [, option] = /unknown option '(.*?)'/.exec(message) ?? [];
  const instead = option === undefined || !Object.hasOwn(OPTIONS, option) ? undefined : OPTIONS[option];
  return instead === undefined ? choiceHint(message) : `write ${instead}`;
}

/** `policy` for `policies`: the choice that begins alike. */
function choiceHint(message: string): string | undefined {
  const [, value, choices] = /value '(\w{3,})' is invalid.*Allowed choices are (.*)\./.exec(message) ?? [];
  const meant = value === undefined ? undefined : choices!.split(', ').find((choice) => choice.startsWith(value.slice(0, -1).toLowerCase()));
  return meant && `did you mean ${meant}?`;
}

/** `sched help COMMAND` is `sched COMMAND --help`: what a command takes is known once its file is loaded. */
export function withHelpLast(args: readonly string[]): readonly string[] {
  const [first, name, ...rest] = args;
  return first === 'help' && rest.length === 0 && COMMANDS.some((command) => command.name === name) ? [name!, '--help'] : args;
}
