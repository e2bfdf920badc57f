/** Where baselines are, and those that are of no scenario any more. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, join, sep } from 'node:path';
import { byText } from '../../gate/verdict.ts';
import { STDIN } from '../../scenario/stdin.ts';
import { inputError, systemError } from '../exit.ts';
import { shortName } from './scenario-files.ts';

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
  return places.filter(({ at }) => existsSync(at)).flatMap(({ at, owners }) => namesIn(at)
    .filter((name) => name.endsWith(BASELINE))
    .map((name) => name.slice(0, -BASELINE.length))
    .filter((name) => !owners.some((owner) => SCENARIO_ENDINGS.some((ending) => existsSync(join(owner, name + ending)))))
    .map((name) => shortName(join(at, name + BASELINE)))).sort(byText);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw systemError(error, `cannot read ${folder}`) ?? error;
  }
}
