/** Arguments and options that mean the same on every command that has them, defined once. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { grouped } from '../core/grouped.ts';
import type { Format } from '../render/format.ts';
import { LIMITS } from '../run/limits.ts';
import { REPLICATE_ROWS, REQUEST_ROWS, STEP_ROWS } from '../render/formats.ts';

export interface ColourOptions {
  /** False with --no-color. */
  readonly color: boolean;
}

export interface OutputOptions extends ColourOptions {
  /** Undefined when the user did not ask for one. */
  readonly format?: string;
  readonly output: readonly string[];
  readonly quiet?: boolean;
}

/** What of a scenario is run. */
export interface SelectionOptions {
  readonly set?: readonly string[];
  readonly scheduler?: readonly string[];
  readonly seed?: string;
}

export interface JobsOptions {
  /** Most threads that work at the same time, at least 1; undefined: one for each core. */
  readonly jobs?: number;
}

export interface LimitOptions {
  /** False with --no-limit. */
  readonly limit?: boolean;
}

export interface RunOptions extends OutputOptions, SelectionOptions, JobsOptions, LimitOptions {
  readonly requests?: string;
  readonly steps?: string;
  readonly chart?: boolean;
  readonly replications?: number | 'auto';
  readonly replicates?: string;
}

/** Most replications of a scenario. */
export const MOST_REPLICATIONS = 10_000;

export function addReplications(command: Command): Command {
  return command.addOption(new Option('--replications <n>', "run each scenario so often, with other seeds, and say how sure every figure is; auto: as often as it takes").argParser(replicationsOf));
}

function replicationsOf(text: string): number | 'auto' {
  return text === 'auto' ? text : wholeTo(text, MOST_REPLICATIONS);
}

export function wholeTo(text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw new InvalidArgumentError(`It must be a whole number from 1 to ${grouped(most)}.`);
  return value;
}

export function addFiles(command: Command): Command {
  return addPlugin(addWithin(command.argument('<file...>', 'scenario files (YAML or JSON), folders of them, or patterns such as "scenarios/*.yaml"; - is standard input')));
}

/** Policies of the user's own: on the command line alone, never in a scenario. */
export function addPlugin(command: Command): Command {
  return command.option('--plugin <file>', 'a JavaScript file with policies of your own (docs/extending.md); may be repeated', collect, []);
}

/** For those who load what strangers wrote. */
export function addWithin(command: Command): Command {
  return command.option('--within <folder>', 'read no file outside this folder, whatever a scenario names and wherever links lead');
}

/** For those who mean it. */
export function addLimit(command: Command): Command {
  return command.option('--no-limit', `take more than ${grouped(LIMITS.requests)} requests, or ${grouped(LIMITS.steps)} steps one by one: as long, and as much memory, as it needs`);
}

export function addColour(command: Command): Command {
  return command.option('--no-color', 'no colours (NO_COLOR does the same; FORCE_COLOR asks for them)');
}

export function addSet(command: Command): Command {
  return command.option('--set <path=value>', 'give a path of the scenario another value, such as engine.maxBatchSize=64 or load=1.2; may be repeated', collect, []);
}

export function addSeed(command: Command): Command {
  return command.option('--seed <seed>', "use this seed instead of the scenario's");
}

/** @param formats those that the command can write */
export function addOutput(command: Command, formats: readonly Format<unknown>[]): Command {
  command
    .addOption(new Option('--format <format>', `how to print the results; default: ${formats[0]!.name}`).choices(formats.map(({ name }) => name)))
    .option('-o, --output <file>', `also write them to a file, as its extension says: ${extensionsOf(formats).join(', ')}; may be repeated`, collect, [])
    .option('-q, --quiet', 'print only what is asked for, and errors');
  return addColour(command);
}

function extensionsOf(formats: readonly Format<unknown>[]): (string | undefined)[] {
  return formats.map(({ extensions: [usual] }) => usual);
}

export function addJobs(command: Command): Command {
  return command.addOption(new Option('--jobs <n>', 'most threads that work at the same time; default: one for each core, where there is enough to do').argParser(jobsOf));
}

function jobsOf(text: string): number {
  const jobs = Number(text);
  if (!Number.isSafeInteger(jobs) || jobs < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return jobs;
}

export function addScheduler(command: Command): Command {
  return command.option('--scheduler <names>', 'only these, separated by commas: schedulers of the scenario, or policies', commaSeparated);
}

/** How often at most, where fewer do not decide. */
export function addMaxReplications(command: Command, usual: number): Command {
  return command.addOption(new Option('--max-replications <n>', `at most so many replications, where fewer do not decide; default: ${usual}`)
    .argParser((text: string) => wholeTo(text, MOST_REPLICATIONS)));
}

/** Expectations that loads or settings are to keep. */
export function addPromises(command: Command): Command {
  return command.option('--for <expectation>', "what is to hold, such as 'chat.sla.attainment >= 99%'; may be repeated; default: 99 % of the requests of each class with a target meet it", collect, []);
}

/** Everything that a command has which runs scenarios. */
export function addRun(command: Command, formats: readonly Format<unknown>[]): Command {
  addScheduler(addFiles(command));
  addSet(command);
  addSeed(command)
    .option('--chart', 'also draw mean latency and SLA attainment by class, below the tables')
    .option('--requests <file>', `write a row per request and scheduler: ${extensionsOf(REQUEST_ROWS).join(' or ')}; - is standard output`)
    .option('--steps <file>', `write a line per engine step: ${extensionsOf(STEP_ROWS).join(' or ')}; - is standard output`);
  addReplications(command)
    .option('--replicates <file>', `with --replications: write each figure of each of them: ${extensionsOf(REPLICATE_ROWS).join(' or ')}; - is standard output`);
  addJobs(command);
  addLimit(command);
  return addOutput(command, formats);
}

export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function commaSeparated(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(',').map((name) => name.trim()).filter((name) => name !== '')];
}
