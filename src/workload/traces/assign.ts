/**
 * Classes and tenants of the rows of a trace: from a column, by rules, by shares.
 *
 * They are found for every row of the file, kept or not, so that a row has the same ones whatever window, sample, limit and
 * speed leave of the others. Shares are drawn for a session by a hash of its name, so that all of its turns have one
 * class, in whatever part of the file; without sessions, for each row.
 */
import { type Fault, FaultError } from '../../core/fault.ts';
import type { FilePlace, ScenarioPath } from '../../core/place.ts';
import type { Random } from '../../core/random.ts';
import { dataFault, workloadFault } from '../fault.ts';
import { isName } from '../likely.ts';
import type { Mix } from '../mix.ts';
import { drawMix, mixNames } from '../mix.ts';
import { textHash } from './hash.ts';
import { deciding, isRules, type Rule, type Rules } from './mapping.ts';
import type { TraceColumns } from './rows.ts';
import type { Texts } from './text-column.ts';

type MixRule = Rule & { readonly class?: Mix; readonly tenant?: Mix };

/** How rows come by one thing. */
export interface Assignment {
  readonly what: 'class' | 'tenant';
  readonly given: Mix | Rules<MixRule, Mix> | undefined;
  /** Where neither the scenario nor a column says it. */
  readonly otherwise: string;
  /** The number of a name; undefined: there is none of that name. */
  readonly indexOf: (name: string) => number | undefined;
  readonly shareBy: 'session' | 'row' | undefined;
  readonly stream: (whose: string) => Random;
}

/** @throws FaultError where the column has a name that the scenario does not know */
export function assign(trace: TraceColumns, assignment: Assignment, path: ScenarioPath, file: string): Uint16Array {
  const { what, given, otherwise, indexOf, shareBy, stream } = assignment;
  const out = new Uint16Array(trace.count);
  const column = given === undefined ? trace.texts.get(what) : undefined;
  if (column !== undefined) return byColumn(out, column, assignment, file);
  const rules = isRules<MixRule, Mix>(given) ? given : undefined;
  const mixes = rules === undefined ? [(given as Mix | undefined) ?? otherwise] : [...rules.rules.map((rule) => rule[what]!), rules.otherwise];
  const mixOfRow = rules === undefined ? undefined : deciding(rules.rules, trace);
  const index = (name: string): number => {
    const found = indexOf(name);
    if (found === undefined) throw new FaultError([workloadFault([...path, what], `there is no ${what} ${name}`)]);
    return found;
  };
  const sessions = shareBy === 'row' ? undefined : trace.texts.get('session');
  if (sessions === undefined) drawMix(out, mixes, mixOfRow, index, stream);
  else drawBySession(out, mixes, mixOfRow, sessions, index, stream);
  return out;
}

function byColumn(out: Uint16Array, { codes, names, firstLines }: Texts, { what, otherwise, indexOf }: Assignment, file: string): Uint16Array {
  const used = codes.includes(0) ? [...names.keys()] : [...names.keys()].slice(1);
  const indices = new Map(used.map((code) => [code, indexOf(names[code] === '' ? otherwise : names[code]!)]));
  const unknown = used.filter((code) => indices.get(code) === undefined);
  if (unknown.length > 0) {
    const [first] = unknown;
    const line = firstLines[first!]!;
    const others = unknown.length === 1 ? '' : `, nor ${unknown.length - 1} more that it names`;
    const fault: Fault<FilePlace> = {
      ...dataFault(
        first === 0 ? `has rows without a ${what}` : `there is no ${what} ${isName(names[first!]!) ? names[first!]! : 'that a row names'}${others}`, line > 0 ? { line, column: 1 } : {},
        `add it to the scenario, or say which rows are of which ${what}: ${what}: { rules: [ { when: { ${what}: … }, ${what}: … } ], otherwise: … }`,
      ),
      file,
    };
    throw new FaultError([fault]);
  }
  for (let row = 0; row < out.length; row++) out[row] = indices.get(codes[row]!)!;
  return out;
}

/**
 * The race of `drawMix`, with one time for each session and candidate: exponential, from the hash of the session's name. A
 * row that is in no session is one by itself, known by its position.
 */
function drawBySession(
  out: Uint16Array, mixes: readonly Mix[], mixOfRow: Uint16Array | undefined, { codes, names }: Texts,
  indexOf: (name: string) => number, stream: (whose: string) => Random,
): void {
  const candidates = [...new Set(mixes.flatMap(mixNames))];
  if (candidates.length === 1) {
    out.fill(indexOf(candidates[0]!));
    return;
  }
  const best = new Float64Array(out.length).fill(-Infinity);
  for (const name of candidates) {
    const salt = Math.floor(stream(name)() * 2 ** 32);
    const index = indexOf(name);
    const meanTimes = mixes.map((mix) => 1 / (typeof mix === 'string' ? Number(mix === name) : (mix[name] ?? 0)));
    const times = Float64Array.from(names, (session) => Math.log(1 - textHash(session, salt)));
    for (let row = 0; row < out.length; row++) {
      const code = codes[row]!;
      const unit = code === 0 ? Math.log(1 - textHash(`row ${row}`, salt)) : times[code]!;
      const time = unit * meanTimes[mixOfRow?.[row] ?? 0]!;
      if (time > best[row]!) {
        best[row] = time;
        out[row] = index;
      }
    }
  }
}
