/** What building one source needs, and what it gives. */
import type { ScenarioPath } from '../core/place.ts';
import { randomStream } from '../core/random.ts';
import type { Random } from '../core/random.ts';
import type { Allocate, SourceColumns } from './columns.ts';
import type { Chosen } from './definition.ts';
import type { FileAccess } from './files.ts';
import type { RequestClass, RequestSource } from './request-table.ts';

/** What became of the rows of a source: `rowsRead` = `rowsKept` + everything in `dropped`. */
export interface SourceReport {
  readonly source: string;
  readonly file?: string;
  readonly format?: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  /** Reason -> rows. Only reasons that occurred. */
  readonly dropped: Readonly<Record<string, number>>;
  /** Rows of a trace that came after a later one, and were put in order. */
  readonly outOfOrder?: number;
  /** Column of a trace that is not used -> rows in which it says something. */
  readonly unused?: Readonly<Record<string, number>>;
  /** What else is to be said of it: sentences without a full stop. */
  readonly notes?: readonly string[];
  /** Where the scenario gives a load: what was asked for, what the arrivals are for it, and requests per second. */
  readonly load?: { readonly asked: number; readonly arrivals: Chosen<'process'>; readonly rate: number | null };
}

export interface BuiltSource {
  readonly source: RequestSource;
  readonly columns: SourceColumns;
  readonly report: SourceReport;
  /** Whether it says whose its requests are. */
  readonly namesTenants: boolean;
}

export interface SourceContext {
  readonly name: string;
  /** Of the source in the scenario. */
  readonly path: ScenarioPath;
  /** All that are known so far. */
  readonly classes: readonly RequestClass[];
  /** Undefined: there is no class of this name. */
  readonly classIndex: (name: string) => number | undefined;
  /** New tenants are numbered as they come. */
  readonly tenantIndex: (name: string) => number;
  readonly streams: SourceStreams;
  readonly files: FileAccess;
  readonly allocate: Allocate;
  /** Most requests, and rows of a trace. */
  readonly most: number;
}

/**
 * The random streams of a source: seed / source / whose / what.
 *
 * `whose` is empty for what belongs to the source as a whole (arrivals, lengths), and the name of a class or of a
 * tenant for the draws by which that one competes for requests.
 */
export type SourceStreams = (whose: string, what: 'arrivals' | 'jitter' | 'promptTokens' | 'outputTokens' | 'class' | 'tenant') => Random;

export function sourceStreams(seed: string, source: string): SourceStreams {
  return (whose, what) => randomStream(seed, source, whose, what);
}
