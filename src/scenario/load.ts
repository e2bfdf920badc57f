/**
 * From the bytes of a scenario file to a scenario, or to everything that is wrong with it.
 *
 * Text that cannot be read ends with one fault; after that all faults of keys, values and references are told
 * together. Places are only looked up when there is something to say.
 */
import type { Diagnostic } from '../core/diagnostic.ts';
import { isMapping } from '../core/choice.ts';
import { inOrder, type Locate } from './diagnostics.ts';
import { readJson } from './json-source.ts';
import { placeFinder } from './lines.ts';
import type { ScenarioFault } from './messages.ts';
import { pathText, shown } from './paths.ts';
import type { Scenario } from './scenario.ts';
import type { Fault } from './source.ts';
import { type SourceTree, spanOf } from './source-tree.ts';
import { decode } from './text.ts';
import { validate } from './validate.ts';
import { readYaml } from './yaml-source.ts';

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** What the file says, before any default is filled in. */
  readonly document: Readonly<Record<string, unknown>>;
  /** Where a path of the scenario stands in its file. */
  readonly locate: Locate;
  /** What is allowed but hardly meant, in the order of the file. */
  readonly warnings: readonly Diagnostic[];
}

export interface RefusedScenario {
  /** At least one error, and the warnings; in the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The name under which standard input is loaded. */
const STDIN = '-';

/**
 * Loads a scenario. Never throws on account of the input.
 *
 * @param input bytes of a UTF-8 text, or the text
 * @param file name for messages; one that ends in `.json` is read as strict JSON, any other as YAML; `-` is standard input
 */
export function loadScenario(input: string | Uint8Array, file: string): LoadedScenario | RefusedScenario {
  const { text, fault } = decode(input);
  const place = placeFinder(text);
  const refuse = ({ span, ...what }: Fault): RefusedScenario => ({ diagnostics: [{ ...what, file, ...(span && place(span)) }] });
  if (fault) return refuse(fault);

  const source = /\.json$/i.test(file) ? readJson(text) : readYaml(text);
  if ('fault' in source) return refuse(source.fault);
  const { value } = source;
  if (value === undefined) {
    return refuse({ code: 'empty-file', message: 'the file holds no scenario', help: 'sched init writes one to start from' });
  }
  if (!isMapping(value)) {
    const help = 'a scenario begins with keys such as engine: and workload:';
    return refuse({ code: 'wrong-type', message: `the scenario must be a map of keys (found ${shown(value)})`, help, span: source.tree().root });
  }

  let tree: SourceTree | undefined;
  const treeOf = (): SourceTree => (tree ??= source.tree());
  const locate: Locate = (path) => place(spanOf(treeOf().root, path));
  const diagnose = ({ path, at, first, help, ...what }: ScenarioFault): Diagnostic => {
    const helps = [help, first && `the first is in line ${locate(first).line}`].filter((line) => line !== undefined);
    return { ...what, ...(helps.length > 0 && { help: helps.join('; ') }), file, ...place(spanOf(treeOf().root, path, at)) };
  };

  const { content, faults } = validate(value);
  const diagnostics = inOrder([...(source.duplicates ? duplicateKeys(treeOf(), place, file) : []), ...faults.map(diagnose)]);
  if (!content || source.duplicates) return { diagnostics };
  const named = { ...content, name: content.name ?? baseName(file), file: file === STDIN ? null : file };
  return { scenario: named, document: value, locate, warnings: diagnostics };
}

function duplicateKeys({ duplicates }: SourceTree, place: ReturnType<typeof placeFinder>, file: string): Diagnostic[] {
  return duplicates.map(({ path, key, first }) => ({
    code: 'duplicate-key',
    message: `${pathText(path)} is given twice`,
    help: `the first is in line ${place(first).line}; keep one of them`,
    file,
    ...place(key),
  }));
}

/** `scenarios/chat.yaml` -> `chat`. */
function baseName(file: string): string {
  if (file === STDIN) return 'standard input';
  const last = file.split(/[/\\]/).at(-1)!;
  return last.replace(/\.(ya?ml|json)$/i, '') || file;
}
