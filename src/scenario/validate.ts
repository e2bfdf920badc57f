/**
 * From the value of a scenario file to a scenario, or to all of its faults: of keys, of values, of references
 * and of combinations.
 */
import { type BaseIssue, safeParse } from 'valibot';
import { isMapping } from '../core/choice.ts';
import { type Fault, firstFaults, isError, MORE } from '../core/fault.ts';
import { sentence } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import type { EntryFault, ModelFile } from '../engine/hardware/server.ts';
import { resolveEngine } from '../engine/resolve.ts';
import { checkSources } from '../workload/check.ts';
import { NO_POLICIES } from '../schedulers/given.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { DEFAULT_CLASS_NAMES, requestClasses } from './classes.ts';
import { engineFaults, policyFaults, schedulerFaults, targetFaults } from './combinations.ts';
import { expectationSpec } from './expectations.ts';
import { type Judging, judgingOf } from './judging.ts';
import { idleTargets, idleWeights } from './idle.ts';
import { faultsOf, predicate } from './messages.ts';
import { classFaults, idFaults, readableSources } from './references.ts';
import type { Scenario } from './scenario.ts';
import { schedulerSpec } from './schedulers.ts';
import { type ScenarioFields, scenarioSchema } from './schema.ts';
import { keyFaults } from './structure.ts';
import { choicesHelp } from './suggest.ts';

/** A scenario but for what it takes from its file. */
export type Content = Omit<Scenario, 'file' | 'name'> & { readonly name?: string | undefined };

export interface Validation {
  /** Absent where a fault is an error. */
  readonly content?: Content;
  /** What was validated: what the file says, with preset and hardware as what they stand for. */
  readonly resolved: Readonly<Record<string, unknown>>;
  readonly faults: readonly Fault<ScenarioPlace>[];
  /** Absent where what it takes has faults. */
  readonly judging?: Judging | undefined;
  /** The file of a model that is to be read first. */
  readonly modelFile?: string | undefined;
}

/** What a scenario may refer to that is not in its text. */
export interface Beside {
  /** What is in the file that `engine.model` names: asked for by a refusal with `modelFile`. */
  readonly modelFile?: ModelFile | undefined;
  /** Policies beside those of this project. */
  readonly policies?: readonly PolicyDefinition<never>[] | undefined;
}

/** Validates what was read of a file, durations and all defaults included. */
export function validate(value: Readonly<Record<string, unknown>>, { modelFile, policies = NO_POLICIES }: Beside = {}): Validation {
  const schema = scenarioSchema(policies);
  const ofKeys = keyFaults(schema, value);
  const { engine, faults: ofEngine } = resolveEngine(value['engine'], modelFile);
  const resolved = Object.hasOwn(value, 'engine') ? { ...value, engine } : value;
  const { fields, ofValues } = parse(value, resolved, schema);
  const faults = [...ofKeys, ...firstOfEach([...ofValues, ...ofEngine.map(engineFault)].filter(notCoveredBy(ofKeys)))];
  if (fields) for (const fault of firstFaults(crossFaults(fields, value['engine'], faults, policies), MOST_FAULTS)) faults.push(fault);
  const judging = fields && judgingOf(fields, faultyAmong(faults));
  if (faults.some(isError)) return { faults, resolved, judging, modelFile: ofEngine.find(({ unread }) => unread !== undefined)?.unread };
  return { content: contentOf(fields!), faults, resolved, judging };
}

/** What keeps hardware and model from standing for an engine. */
function engineFault({ entry, message, help, choices, name }: EntryFault): Fault<ScenarioPlace> {
  const path = ['engine', entry];
  if (!choices) return { code: 'no-estimate', message: sentence(path, message), help, path };
  const known = choicesHelp(name!, choices, entry === 'model' ? 'models' : 'cards');
  return { code: 'unknown-name', message: sentence(path, message), help: [known, help].filter((line) => line !== undefined).join('; '), path };
}

/** More faults of values than this are not collected: a message about each item of a huge list helps nobody. */
const MOST_FAULTS = 2000;

class TooManyFaults extends Error {}

/** The fields as far as they are valid, and what is wrong with the others; no fields where too much is. */
function parse(value: Readonly<Record<string, unknown>>, resolved: Readonly<Record<string, unknown>>, schema: ReturnType<typeof scenarioSchema>): { fields?: ScenarioFields; ofValues: Fault<ScenarioPlace>[] } {
  const subject = { value, schema };
  let count = 0;
  const message = (issue: BaseIssue<unknown>): string => {
    if (++count > MOST_FAULTS) throw new TooManyFaults();
    return predicate(issue);
  };
  const told = (issues: readonly BaseIssue<unknown>[]): Fault<ScenarioPlace>[] => issues.flatMap((issue) => faultsOf(issue, subject));
  try {
    const { output, issues = [] } = safeParse(schema, resolved, { message });
    if (issues.length <= MOST_FAULTS) return { fields: output as ScenarioFields, ofValues: told(issues) };
    return { ofValues: withMore(told(issues.slice(0, MOST_FAULTS))) };
  } catch (error) {
    if (!(error instanceof TooManyFaults)) throw error;
    return { ofValues: withMore(told(safeParse(schema, resolved, { message: predicate, abortEarly: true }).issues ?? [])) };
  }
}

function withMore(faults: readonly Fault<ScenarioPlace>[]): Fault<ScenarioPlace>[] {
  return [...faults, { code: MORE, message: `and more than ${MOST_FAULTS} others`, path: faults.at(-1)!.path }];
}

/** Keeps faults that are not merely another view of a fault of keys: none at such a path or below it. */
function notCoveredBy(ofKeys: readonly Fault<ScenarioPlace>[]): (fault: Fault<ScenarioPlace>) => boolean {
  const covered = new Set(ofKeys.map(({ path }) => JSON.stringify(path)));
  const unclear = new Set(ofKeys.filter(({ code }) => code === 'unknown-key').map(({ path }) => JSON.stringify(path.slice(0, -1))));
  return ({ path, code }) => {
    if (code === 'invalid-value' && unclear.has(JSON.stringify(path))) return false;
    for (let length = 0; length <= path.length; length++) if (covered.has(JSON.stringify(path.slice(0, length)))) return false;
    return true;
  };
}

/** One fault of a value is enough: the others often follow from it. */
function firstOfEach(faults: readonly Fault<ScenarioPlace>[]): Fault<ScenarioPlace>[] {
  const seen = new Set<string>();
  return faults.filter(({ code, path, at }) => code === MORE || seen.size < seen.add(JSON.stringify([at, path])).size);
}

/** Whether there is an error at a path or below. */
function faultyAmong(faults: readonly Fault<ScenarioPlace>[]): (path: ScenarioPath) => boolean {
  const faulty = new Set(faults.filter(isError).flatMap(({ path }) => path.map((_, depth) => JSON.stringify(path.slice(0, depth + 1)))));
  return (path) => faulty.has(JSON.stringify(path));
}

/** Faults of values taken together, where these are free of faults by themselves. */
function* crossFaults(fields: ScenarioFields, engineAsWritten: unknown, found: readonly Fault<ScenarioPlace>[], policies: readonly PolicyDefinition<never>[]): Generator<Fault<ScenarioPlace>> {
  const errors = found.filter(isError);
  const isFaulty = faultyAmong(errors);
  if (!isFaulty(['engine'])) yield* engineFaults(fields.engine, engineAsWritten);

  const classNames = namesOf(fields.classes, errors);
  const misnamed = new Set(errors.filter(({ code, path }) => code === 'bad-name' && path[0] === 'classes').map(({ path }) => path[1]));
  const classes = isFaulty(['classes']) ? undefined : requestClasses(fields.classes);
  if (classes) yield* targetFaults(classes);

  const sources = readableSources(fields.workload, isFaulty);
  if (classNames) yield* classFaults(sources, classNames, misnamed);
  yield* idFaults(sources);
  if (classes && !isFaulty(['workload'])) {
    yield* checkSources(fields.workload, classes);
    if (fields.classes !== undefined) yield* idleTargets(classes, fields.workload);
  }

  if (Array.isArray(fields.schedulers)) {
    const sound = fields.schedulers.flatMap((scheduler, index) => (isFaulty(['schedulers', index]) ? [] : [{ index, ...schedulerSpec(scheduler) }]));
    yield* schedulerFaults(sound, (position) => ['schedulers', sound[position]!.index]);
    if (classes && sound.length === fields.schedulers.length && fields.schedulers.length > 0) yield* idleWeights(classes, sound);
    if (classes && !isFaulty(['engine'])) {
      const world = { classes, maxBatchSize: fields.engine.maxBatchSize };
      for (const { index, ...scheduler } of sound) yield* policyFaults(scheduler, world, ['schedulers', index], policies);
    }
  }
}

/** Names of the classes, be they valid or not; undefined where that cannot be said. */
function namesOf(classes: ScenarioFields['classes'], errors: readonly Fault<ScenarioPlace>[]): readonly string[] | undefined {
  if (classes === undefined) return DEFAULT_CLASS_NAMES;
  const unreadable = errors.some(({ path }) => path.length === 1 && path[0] === 'classes');
  return unreadable || !isMapping(classes) ? undefined : Object.keys(classes);
}

function contentOf({ version, name, description, seed, engine, classes, workload, schedulers, expect, baseline }: ScenarioFields): Content {
  return {
    version, name, description, seed, engine,
    classes: requestClasses(classes),
    sources: workload,
    schedulers: schedulers.map(schedulerSpec),
    expect: expect.map(expectationSpec),
    baseline,
  };
}
