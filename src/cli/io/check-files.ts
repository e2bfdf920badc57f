/** Which scenarios a check is about: files as named, directories walked, patterns matched; sorted, and each once. */
import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { byText } from '../../gate/verdict.ts';
import { STDIN } from '../../scenario/stdin.ts';
import { inputError, requireOneStdin, systemError } from '../exit.ts';

const WILDCARD = /[*?]/;

/**
 * The scenario files that the arguments stand for, relative to the working directory, with forward slashes.
 *
 * A name that is no file is kept: reading it says so, in its place among the others.
 *
 * @throws FaultError for a directory or a pattern without scenarios
 */
export function scenarioFiles(args: readonly string[]): string[] {
  requireOneStdin(args);
  const files = [...new Set(args.flatMap(filesOf))].filter((file) => !isCompanion(file)).sort(byText);
  if (files.length === 0) throw inputError(`there is no scenario in ${args.join(' ')}`, HELP);
  return files;
}

/** Files that stand among scenarios and are none: a shell that expands `scenarios/*` names them too. */
function isCompanion(file: string): boolean {
  return isBaseline(file) || /\.schema\.json$/i.test(file);
}

const HELP = 'scenarios are .yaml, .yml and .json files';

function filesOf(arg: string): string[] {
  if (arg === STDIN) return [STDIN];
  if (existsSync(arg)) return statSync(arg).isDirectory() ? some(walk(arg).filter(isScenario), `there is no scenario in ${arg}`) : [shortName(arg)];
  return WILDCARD.test(arg) ? some(matching(shortName(arg)).filter(isScenario), `no scenario matches ${arg}`) : [shortName(arg)];
}

/** The files below the last folder that the pattern spells out. */
function matching(pattern: string): string[] {
  const parts = pattern.split('/');
  const spelled = parts.slice(0, parts.findIndex((part) => WILDCARD.test(part)));
  const root = spelled.length === 0 ? '.' : `${spelled.join('/')}/`;
  const matches = matcher(pattern);
  return existsSync(root) ? walk(root).filter((file) => matches.test(file)) : [];
}

function some(files: string[], otherwise: string): string[] {
  if (files.length === 0) throw inputError(otherwise, HELP);
  return files;
}

/** Every file below a directory, but for hidden ones and installed packages. Links to directories are not followed. */
function walk(directory: string): string[] {
  return entries(directory).flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? walk(path) : [shortName(path)];
  });
}

function entries(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    throw systemError(error, `cannot read ${directory}`) ?? error;
  }
}

function isScenario(file: string): boolean {
  return /\.(ya?ml|json)$/i.test(file) && !isCompanion(file);
}

/** The name relative to the working directory: the same file is the same name, however it was reached. */
function shortName(path: string): string {
  return relative(process.cwd(), resolve(path)).split(sep).join('/') || '.';
}

/** `*` and `?` stay within a folder, `**` goes over any number of them. */
function matcher(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*\*|\*|\?|[\\^$.|+()[\]{}]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
  return new RegExp(`^${source}$`, 'u');
}

/** Whether a file is named as `baselineFile` names baselines. */
export function isBaseline(file: string): boolean {
  return /\.baseline\.json$/i.test(file);
}

/** Where the baseline of a scenario is kept: beside it, or all in one directory; null for standard input. */
export function baselineFile(scenario: string, directory: string | null): string | null {
  if (scenario === STDIN) return null;
  const name = `${basename(scenario, extname(scenario))}.baseline.json`;
  return join(directory ?? dirname(scenario), name).split(sep).join('/');
}

/**
 * Refuses scenarios that would share a baseline file.
 *
 * @throws FaultError
 */
export function requireOwnBaselines(scenarios: readonly string[], directory: string | null): void {
  const owners = new Map<string, string>();
  for (const scenario of scenarios) {
    const file = baselineFile(scenario, directory);
    if (file === null) continue;
    const other = owners.get(file);
    if (other !== undefined) throw inputError(`${other} and ${scenario} would share the baseline ${file}`, 'rename one of them, or check them apart');
    owners.set(file, scenario);
  }
}

const BASELINE = '.baseline.json';
const SCENARIO_ENDINGS = ['.yaml', '.yml', '.json'];

/**
 * Baselines in the folders of these scenarios, or in the one directory of all baselines, that are of no scenario in
 * those folders: it was renamed or deleted, and its baseline judges nothing any more.
 */
export function orphanedBaselines(scenarios: readonly string[], directory: string | null): string[] {
  const folders = [...new Set(scenarios.filter((file) => file !== STDIN).map((file) => dirname(file)))];
  const places = directory === null ? folders.map((folder) => ({ at: folder, owners: [folder] })) : [{ at: directory, owners: folders }];
  return places.filter(({ at }) => existsSync(at)).flatMap(({ at, owners }) => entries(at)
    .filter(({ name }) => name.endsWith(BASELINE))
    .map(({ name }) => name.slice(0, -BASELINE.length))
    .filter((name) => !owners.some((owner) => SCENARIO_ENDINGS.some((ending) => existsSync(join(owner, name + ending)))))
    .map((name) => shortName(join(at, name + BASELINE)))).sort(byText);
}
