/**
 * A baseline: what a scenario's runs came to when somebody last accepted it, as a file for review in a diff,
 * with one figure per line under its full name.
 */
import * as v from 'valibot';
import { isMapping } from '../core/choice.ts';
import type { Fault } from '../core/fault.ts';
import { figuresOf } from './figures.ts';
import { parsePath } from './parse.ts';
import { figureText } from './resolve.ts';
import { type Subject, valueOf } from './subject.ts';

/** The version of the file format that is written, and the only one that is read. */
export const BASELINE_VERSION = 1;

export interface Baseline {
  /** The version of sched that wrote it. */
  readonly sched: string;
  /** Digest of what the scenario says, comments and order of keys aside. */
  readonly scenario: string;
  readonly workload: { readonly requests: number; readonly digest: string };
  /** Digest of the outcome of every request, by scheduler. */
  readonly outcomes: ReadonlyMap<string, string>;
  /** Figures by their path, as the result files write them. */
  readonly metrics: ReadonlyMap<string, number | null>;
}

/** What a baseline records beside the runs. */
export type Circumstances = Pick<Baseline, 'sched' | 'scenario' | 'workload'>;

/** The baseline that the runs of a scenario would be. */
export function baselineOf(subject: Subject, { sched, scenario, workload }: Circumstances): Baseline {
  return {
    sched, scenario, workload,
    outcomes: new Map(subject.runs.map(({ scheduler, outcomeDigest }) => [scheduler, outcomeDigest])),
    metrics: new Map(subject.runs.flatMap((run) => figuresOf(run).map((figure) => [figureText(figure), valueOf(run.summary, figure)] as const))),
  };
}

/** The text of a baseline file. The same runs give the same bytes. */
export function baselineText({ sched, scenario, workload, outcomes, metrics }: Baseline): string {
  const document = {
    schemaVersion: BASELINE_VERSION, kind: 'baseline', sched, scenario,
    workload: { requests: workload.requests, digest: workload.digest },
    outcomes: Object.fromEntries(outcomes),
    metrics: Object.fromEntries(metrics),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const RESTORE = 'restore it from version control, or accept the present outcome with --update';

const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/, 'must be sha256: and 64 hexadecimal digits'));

/** A mapping whose keys are names of the user's: valibot's record would leave `__proto__` out. */
function byName<const Schema extends v.GenericSchema>(schema: Schema, what: string) {
  return v.pipe(
    v.custom<Readonly<Record<string, unknown>>>(isMapping, `must be ${what} by name`),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      const entries = Object.entries(value).map(([name, field]) => [name, v.safeParse(schema, field)] as const);
      for (const [name, { issues }] of entries) {
        if (issues) addIssue({ message: `${JSON.stringify(name)} ${issues[0].message}` });
      }
      if (entries.some(([, { success }]) => !success)) return NEVER;
      return new Map(entries.map(([name, { output }]) => [name, output as v.InferOutput<Schema>]));
    }),
  );
}

const baselineSchema = v.strictObject({
  schemaVersion: v.literal(BASELINE_VERSION),
  kind: v.literal('baseline'),
  sched: v.pipe(v.string(), v.nonEmpty()),
  scenario: digest,
  workload: v.strictObject({ requests: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), digest }),
  outcomes: byName(digest, 'digests'),
  metrics: byName(v.nullable(v.pipe(v.number('must be a number or null'), v.finite(), v.minValue(0, 'must not be negative'))), 'numbers'),
});

/** Reads the text of a baseline file. Nothing in it is trusted. */
export function parseBaseline(text: string): { readonly baseline: Baseline } | { readonly fault: Fault } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { fault: syntaxFault(text, error as SyntaxError) };
  }
  const version = isMapping(document) ? document['schemaVersion'] : undefined;
  if (typeof version === 'number' && version !== BASELINE_VERSION) {
    return { fault: fault(`has schemaVersion ${version}; this version of sched reads ${BASELINE_VERSION}`, 'check with the sched that wrote it, or write it anew with --update') };
  }
  const read = v.safeParse(baselineSchema, document, { abortPipeEarly: true, message: ({ kind, type }) => (kind === 'schema' && type === 'strict_object' ? 'has too many or too few keys' : 'is not what sched writes') });
  if (!read.success) return { fault: fault(`is not a baseline: ${issuesText(read.issues)}`) };
  const { schemaVersion: _, kind: __, ...baseline } = read.output;
  const stray = [...baseline.metrics.keys()].find((path) => !isOfScheduler(path, baseline.outcomes));
  if (stray !== undefined) {
    return { fault: fault(`is not a baseline: ${JSON.stringify(stray)} in metrics is no figure of a scheduler in outcomes`) };
  }
  return { baseline };
}

/** The scheduler that the path of a baseline's figure begins with; null when it is no path. */
export function schedulerOf(path: string): string | null {
  const parsed = parsePath(path);
  return 'value' in parsed ? parsed.value.segments[0]!.name : null;
}

function isOfScheduler(path: string, outcomes: Baseline['outcomes']): boolean {
  const scheduler = schedulerOf(path);
  return scheduler !== null && outcomes.has(scheduler);
}

/** Issues shown before the rest is only counted. */
const SHOWN = 3;

function issuesText(issues: readonly v.BaseIssue<unknown>[]): string {
  const texts = issues.slice(0, SHOWN).map((issue) => {
    // What is no baseline may be anything: of what it says only its own keys are told.
    const path = (issue.path ?? []).map(({ key }) => key).filter((key) => typeof key === 'string' && Object.hasOwn(baselineSchema.entries, key));
    return path.length === 0 ? issue.message : `${path.join('.')}: ${issue.message}`;
  });
  return texts.join('; ') + (issues.length > SHOWN ? ` and ${issues.length - SHOWN} more` : '');
}

function syntaxFault(text: string, error: SyntaxError): Fault {
  if (text.trim() === '') return fault('is empty');
  if (/^(?:<{7}|={7}|>{7})/m.test(text)) return fault('has the marks of an unresolved merge', 'take either side, then accept the present outcome with --update');
  if (!/[}\]]\s*$/.test(text)) return fault('is not valid JSON: it ends too early');
  const at = Number(/position (\d+)/.exec(error.message)?.[1]);
  return fault(`is not valid JSON${Number.isNaN(at) ? '' : `: line ${text.slice(0, at).split('\n').length} cannot be read`}`);
}

function fault(message: string, help = RESTORE): Fault {
  return { code: 'baseline', message, help };
}
