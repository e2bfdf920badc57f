/** Which files the arguments stand for: files as often as they are named, what folders and patterns find once. */
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { byText } from '../../gate/verdict.ts';
import { STDIN } from '../../scenario/stdin.ts';
import { inputError, requireOneStdin, systemError } from '../exit.ts';

export interface GivenFile {
  /** As the user named it; found by a folder or a pattern: relative to the working directory, with forward slashes. */
  readonly file: string;
  /** Whether the user named this very file. */
  readonly isNamed: boolean;
}

const HELP = 'scenarios are .yaml, .yml and .json files';
const EXCLUDES = /^!./;
const INSTALLED = /(^|\/)node_modules\//;
const PATTERN = /[*?[\]{}()]/;

/**
 * Arguments in their order, what a folder or a pattern stands for by name; without what a pattern after `!` names.
 * A name that is no file is kept: reading it says so, in its place among the others.
 *
 * @throws FaultError for a folder or a pattern without scenarios
 */
export async function scenarioFiles(args: readonly string[]): Promise<GivenFile[]> {
  requireOneStdin(args);
  const isExcluding = (arg: string): boolean => EXCLUDES.test(arg) && !existsSync(arg);
  const wanted = args.filter((arg) => !isExcluding(arg));
  const excluded = new Set((await Promise.all(args.filter(isExcluding).map((arg) => found(arg.slice(1))))).flat().map((file) => resolve(file)));
  const files: GivenFile[] = [];
  const seen = new Set<string>();
  for (const given of (await Promise.all(wanted.map(filesOf))).flat()) {
    const key = given.file === STDIN ? STDIN : resolve(given.file);
    if (excluded.has(key) || isCompanion(given.file) || (!given.isNamed && seen.has(key))) continue;
    seen.add(key);
    files.push(given);
  }
  if (files.length === 0) throw inputError(`there is no scenario in ${args.join(' ')}`, HELP);
  return files;
}

async function filesOf(arg: string): Promise<GivenFile[]> {
  const isFolder = existsSync(arg) && statSync(arg).isDirectory();
  if (arg === STDIN || (!isFolder && (existsSync(arg) || !PATTERN.test(arg)))) return [{ file: arg, isNamed: true }];
  const files = await found(arg);
  if (files.length === 0) throw inputError(isFolder ? `there is no scenario in ${arg}` : `no scenario matches ${arg}`, HELP);
  return files.map((file) => ({ file, isNamed: false }));
}

/** Scenarios in a folder and below, or that match a pattern: hidden ones and installed packages are left out, links to folders not followed. */
async function found(folderOrPattern: string): Promise<string[]> {
  const { globSync, escapePath } = await import('tinyglobby');
  const slashed = folderOrPattern.split(sep).join('/');
  const isFile = existsSync(folderOrPattern);
  const pattern = !isFile ? shallow(slashed) : statSync(folderOrPattern).isDirectory() ? join(escapePath(slashed), '**').split(sep).join('/') : escapePath(slashed);
  try {
    const matches = globSync(pattern, { expandDirectories: false, followSymbolicLinks: false, ignore: ['**/node_modules/**'] });
    // What is ignored is looked for below the working directory alone.
    const isInstalled = (file: string): boolean => INSTALLED.test(file) && !INSTALLED.test(slashed);
    return matches.filter((file) => isScenario(file) && !isInstalled(file)).map(shortName).sort(byText);
  } catch (error) {
    throw systemError(error, `cannot read ${folderOrPattern}`) ?? error;
  }
}

/** The same pattern, where it goes over any number of folders only once in a row: more would be tried in every combination. */
function shallow(pattern: string): string {
  return pattern.replace(/(\*\*\/){2,}/g, '**/');
}

/** Files that stand among scenarios and are none: a shell that expands `scenarios/*` names them too. */
function isCompanion(file: string): boolean {
  return isBaseline(file) || /\.schema\.json$/i.test(file);
}

/** Whether a file is named as those of baselines are. */
export function isBaseline(file: string): boolean {
  return /\.baseline\.json$/i.test(file);
}

function isScenario(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file) && !isCompanion(file);
}

/** The name relative to the working directory: the same file is the same name, however it was reached. */
export function shortName(path: string): string {
  return relative(process.cwd(), resolve(path)).split(sep).join('/') || '.';
}
