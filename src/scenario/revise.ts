/** A scenario that was loaded, with settings from outside in it: validated anew, as if its file said so. */
import { type Fault, isError } from '../core/fault.ts';
import type { FilePlace, ScenarioPath, ScenarioPlace, Span } from '../core/place.ts';
import { atLoad } from '../workload/at-load.ts';
import { checkSources } from '../workload/check.ts';
import { inOrder, located } from './faults.ts';
import type { LoadedScenario, RefusedScenario } from './load.ts';
import type { Scenario } from './scenario.ts';
import { valueAt } from './paths.ts';
import { applied, LOAD, type Setting } from './setting.ts';
import { validate } from './validate.ts';

/** What a load may be: beyond, it is a slip of the pen. */
const MOST_LOAD = 1e6;

/**
 * The scenario with the settings in it, the later over the earlier. What is wrong with one of them has its place in
 * its text, what only comes to light through it in the file.
 *
 * @param option by which the settings are given, for messages
 */
export function revised<Loaded extends LoadedScenario>(loaded: Loaded, settings: readonly Setting[], option = '--set'): Loaded | RefusedScenario {
  if (settings.length === 0) return loaded;
  let { document } = loaded;
  const set: { readonly path: ScenarioPath; readonly setting: Setting }[] = [];
  const faults: Fault<FilePlace>[] = [];
  for (const setting of settings) {
    if (isLoad(setting)) {
      faults.push(...loadFaults(setting, option));
      continue;
    }
    const found = applied(document, setting);
    if ('fault' in found) faults.push(inSetting(found.fault, setting, option));
    else {
      document = found.document;
      set.push({ path: found.path, setting });
    }
  }
  if (faults.length > 0) return { faults };
  /** At the path of a setting or below it, or at something above it that only the setting has made. */
  const isOf = ({ path }: Fault<ScenarioPlace>, of: ScenarioPath): boolean =>
    startsWith(path, of) || (startsWith(of, path) && valueAt(loaded.document, path) === undefined);
  const place = (fault: Fault<ScenarioPlace>): Fault<FilePlace> => {
    const by = set.findLast(({ path }) => isOf(fault, path));
    return by ? inSetting(fault, by.setting, option) : located(fault, loaded.locate);
  };
  const { content, faults: found, resolved, judging } = validate(document, loaded.beside);
  if (!content || !judging) return { faults: inOrder(found.map(place)), judged: judging && { judging, locate: loaded.locate } };
  const { name, file } = loaded.scenario;
  const base = { ...content, name: content.name ?? name, file };
  const scenario = withLoads(base, settings);
  const ofLoad = scenario.sources === base.sources ? [] : [...checkSources(scenario.sources, scenario.classes)].filter(isError);
  const loads = settings.filter(isLoad);
  if (ofLoad.length > 0) return { faults: ofLoad.map((fault) => inSetting(fault, loads.at(-1)!, option)) };
  return { ...loaded, scenario, resolved, judging, document: loads.length === 0 ? document : { ...document, [LOAD]: loads.map(({ value }) => value) }, warnings: found.map(place) };
}

function isLoad({ names }: Setting): boolean {
  return names.length === 1 && names[0] === LOAD;
}

function loadFaults(setting: Setting, option: string): Fault<FilePlace>[] {
  const { value } = setting;
  if (typeof value === 'number' && value > 0 && value <= MOST_LOAD) return [];
  return [inSetting({ code: 'setting', message: 'load is a number above 0', help: 'load=1.2 is all arrivals times 1.2: rates times, gaps divided, traces that much faster' }, setting, option)];
}

function withLoads(scenario: Scenario, settings: readonly Setting[]): Scenario {
  const load = settings.filter(isLoad).reduce((product, { value }) => product * (value as number), 1);
  return load === 1 ? scenario : { ...scenario, sources: atLoad(scenario.sources, load) };
}

/** Whether a path is at another or below it. */
function startsWith(path: ScenarioPath, beginning: ScenarioPath): boolean {
  return path.length >= beginning.length && beginning.every((step, depth) => step === path[depth]);
}

/** A fault with its place in the text of a setting: all of it, or a stretch. */
export function inSetting(fault: Fault | Fault<Span>, { text }: Pick<Setting, 'text'>, option: string): Fault<FilePlace> {
  const { code, message, help, severity } = fault;
  const { start, end } = 'start' in fault ? fault : { start: 0, end: text.length };
  return {
    code, message, ...(help !== undefined && { help }), ...(severity && { severity }),
    file: option, line: 1, column: start + 1, length: Math.max(1, end - start), sourceLine: text,
  };
}
