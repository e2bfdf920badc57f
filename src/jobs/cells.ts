/** The cells of an experiment: a scenario with each combination of the values that some of its paths are to have. */
import { type Fault, FaultError, isError } from '../core/fault.ts';
import type { FilePlace } from '../core/place.ts';
import { inSetting, revised } from '../scenario/revise.ts';
import type { Setting } from '../scenario/setting.ts';
import { parseSettingValues, type SettingValues } from '../scenario/setting-values.ts';
import { faultsAndJudging } from './judging.ts';
import type { ScenarioFile } from './scenario-file.ts';
import { selected, type Selection } from './selection.ts';
import type { World } from './world.ts';

export interface Cell {
  /** What is set, by path as the user wrote it. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly loaded: ScenarioFile;
}

/** How values come together, and what of each scenario is run. */
export interface Combining {
  readonly zip?: boolean;
  readonly select?: Selection | undefined;
}

/** More cells are a slip of the pen. */
const MOST_CELLS = 100_000;
/** More faults are counted: most are the same in many cells. */
const MOST_FAULTS = 50;
/** Of a file of values. */
const MAX_MEBIBYTES = 1;

/** `PATH=VALUES`, or `PATH=@FILE` with a value in each line. @throws FaultError with what is wrong with any of them */
export async function readValues(texts: readonly string[], { files }: World): Promise<SettingValues[]> {
  const faults: Fault<FilePlace>[] = [];
  const all: SettingValues[] = [];
  for (const text of texts) {
    const [, path, file] = /^([^=@]+)=@(.+)$/.exec(text) ?? [];
    const lines = file === undefined ? null : new TextDecoder().decode(await files.read(file, MAX_MEBIBYTES)).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
    const read = parseSettingValues(lines === null ? text : `${path!}=${lines.join(',')}`);
    if ('value' in read) all.push(read.value);
    else if (lines === null) faults.push(inSetting(read.fault, { text }, '--set'));
    else faults.push({ code: 'setting', message: `${file!}: ${read.fault.message}`, ...(read.fault.help !== undefined && { help: read.fault.help }), file: '--set' });
  }
  const twice = all.find(({ path }, index) => all.some((other, before) => before < index && other.path === path));
  if (twice) faults.push(inSetting({ code: 'setting', message: `${twice.path} is given twice`, help: 'all its values in one --set' }, twice, '--set'));
  if (faults.length > 0) throw new FaultError(faults);
  return all;
}

/**
 * Every cell, validated: the last path changes fastest; zipped, the n-th values of all go together.
 *
 * @throws FaultError with what is wrong with any cell, before anything runs
 */
export function cellsOf(base: ScenarioFile, values: readonly SettingValues[], { zip = false, select = {} }: Combining, world: World): Cell[] {
  const combinations = zip ? zipped(values) : grid(values);
  const faults = new Map<string, Fault<FilePlace>>();
  const cells: Cell[] = [];
  for (const combination of combinations) {
    const revision = revised(base, combination);
    const found = faultsAndJudging(base.path, revision).filter(isError);
    if ('scenario' in revision && found.length === 0) cells.push({ set: Object.fromEntries(values.map(({ path }, index) => [path, combination[index]!.value ?? null])), loaded: { ...revision, scenario: selected(revision.scenario, select, world) } });
    else for (const fault of found) faults.set(JSON.stringify([fault.file, fault.line, fault.column, fault.message]), fault);
  }
  if (faults.size === 0) return cells;
  const all = [...faults.values()];
  throw new FaultError([...all.slice(0, MOST_FAULTS), ...(all.length > MOST_FAULTS ? [{ code: 'more', message: `and ${all.length - MOST_FAULTS} others` }] : [])]);
}

function grid(values: readonly SettingValues[]): Setting[][] {
  const count = values.reduce((product, { settings }) => product * settings.length, 1);
  if (count > MOST_CELLS) throw new FaultError([{ code: 'setting', message: `this is a grid of ${count} cells; there may be ${MOST_CELLS}` }]);
  return values.reduce<Setting[][]>((cells, { settings }) => cells.flatMap((cell) => settings.map((setting) => [...cell, setting])), [[]]);
}

function zipped(values: readonly SettingValues[]): Setting[][] {
  const [first, ...others] = values;
  const count = first?.settings.length ?? 1;
  const other = others.find(({ settings }) => settings.length !== count);
  if (other) throw new FaultError([{ code: 'setting', message: `--zip: ${first!.path} has ${count} values and ${other.path} has ${other.settings.length}` }]);
  return Array.from({ length: count }, (_, index) => values.map(({ settings }) => settings[index]!));
}
