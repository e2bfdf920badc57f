/**
 * From the bytes of a scenario file to a scenario, or to everything that is wrong with it.
 *
 * Text that cannot be read ends with one fault; after that all faults of keys, values and references are told
 * together. Places are only looked up when there is something to say.
 */
import { isMapping } from '../core/choice.ts';
import { type Fault, firstFaults, isInText } from '../core/fault.ts';
import { pathText, valueText } from '../core/path-text.ts';
import type { FilePlace, Span } from '../core/place.ts';
import { inOrder, type Locate, located } from './faults.ts';
import type { Judging } from './judging.ts';
import { readJson } from './json-source.ts';
import { isExtension } from './names.ts';
import { placeFinder } from './lines.ts';
import type { Scenario } from './scenario.ts';
import { type SourceTree, spanOf } from './source-tree.ts';
import { decode } from './text.ts';
import { type Beside, validate } from './validate.ts';
import { readYaml } from './yaml-source.ts';

/** What can be known of how a scenario is to be judged, though it may have faults. */
export interface JudgingOf {
  readonly judging: Judging;
  readonly locate: Locate;
}

export interface LoadedScenario extends JudgingOf {
  readonly scenario: Scenario;
  /** What the file says, before any default is filled in. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The same, with preset and hardware as what they stand for. */
  readonly resolved: Readonly<Record<string, unknown>>;
  /** Where a path of the scenario stands in its file. */
  readonly locate: Locate;
  /** What it refers to that is not in the file. */
  readonly beside: Beside;
  /** What is allowed but hardly meant, in the order of the file. */
  readonly warnings: readonly Fault<FilePlace>[];
}

export interface RefusedScenario {
  /** At least one error, and the warnings; in the order of the file. */
  readonly faults: readonly Fault<FilePlace>[];
  /** Absent where the faults are in the way. */
  readonly judged?: JudgingOf | undefined;
  /** A file that the engine's model is in, relative to the scenario: with what is in it, loading may go on. */
  readonly modelFile?: string | undefined;
}

/** The name under which standard input is loaded. */
const STDIN = '-';

/**
 * Loads a scenario. Never throws on account of the input.
 *
 * @param input bytes of a UTF-8 text, or the text
 * @param file name for messages; one that ends in `.json` is read as strict JSON, any other as YAML; `-` is standard input
 * @param beside what it may refer to that is not in the file
 * @throws FaultError for policies that are none
 */
export function loadScenario(input: string | Uint8Array, file: string, beside: Beside = {}): LoadedScenario | RefusedScenario {
  const { text, fault } = decode(input);
  const place = placeFinder(text);
  const inText = ({ start, end, ...what }: Fault<Span>): Fault<FilePlace> => ({ ...what, file, ...place({ start, end }) });
  const refuse = (why: Fault): RefusedScenario => ({ faults: [isInText(why) ? inText(why) : { ...why, file }] });
  if (fault) return refuse(fault);

  const source = /\.json$/i.test(file) ? readJson(text) : readYaml(text);
  if ('fault' in source) return refuse(source.fault);
  const value = withoutExtensions(source.value);
  if (value === undefined) {
    return refuse({ code: 'empty-file', message: 'the file holds no scenario', help: 'sched init writes one to start from' });
  }
  if (!isMapping(value)) {
    const help = 'a scenario begins with keys such as engine: and workload:';
    return refuse({ code: 'wrong-type', message: `the scenario must be a map of keys (found ${valueText(value)})`, help, ...spanOf(source.tree().root, []) });
  }

  let tree: SourceTree | undefined;
  const treeOf = (): SourceTree => (tree ??= source.tree());
  const locate: Locate = (path, at) => ({ file, ...place(spanOf(treeOf().root, path, at)) });

  const { content, faults: found, resolved, judging, modelFile: unread } = validate(value, beside);
  const duplicates = source.duplicates ? firstFaults(duplicateKeys(treeOf(), place), MOST_DUPLICATES) : [];
  const faults = inOrder([...duplicates.map(inText), ...found.map((each) => located(each, locate))]);
  if (!content || !judging || source.duplicates) return { faults, judged: judging && { judging, locate }, modelFile: unread };
  const named = { ...content, name: content.name ?? baseName(file), file: file === STDIN ? null : file };
  return { scenario: named, document: value, resolved, judging, locate, beside, warnings: faults };
}

/** A place for anchors that the scenario shares: what stands under top-level keys that begin with `x-` means nothing by itself. */
function withoutExtensions(value: unknown): unknown {
  if (!isMapping(value) || !Object.keys(value).some(isExtension)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isExtension(key)));
}

/** More keys that are given twice are counted as more. */
const MOST_DUPLICATES = 1000;

function* duplicateKeys({ duplicates }: SourceTree, place: ReturnType<typeof placeFinder>): Generator<Fault<Span>> {
  for (const { path, key, first } of duplicates) {
    yield {
      code: 'duplicate-key',
      message: `${pathText(path)} is given twice`,
      help: `the first is in line ${place(first).line}; keep one of them`,
      start: key.start,
      end: key.end,
    };
  }
}

/** `scenarios/chat.yaml` -> `chat`. */
function baseName(file: string): string {
  if (file === STDIN) return 'standard input';
  const last = file.split(/[/\\]/).at(-1)!;
  return last.replace(/\.(ya?ml|json)$/i, '') || file;
}
