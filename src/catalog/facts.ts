/** What is told of whatever has a name: plain data, for text, JSON and the reference alike. */

export interface OptionFacts {
  readonly name: string;
  /** In words, with the range: `duration`, `number > 0`, `true or false`. */
  readonly type: string;
  readonly required: boolean;
  readonly default: string | number | boolean | null;
  readonly summary: string;
}

export interface CatalogEntry {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionFacts[];
  /** More to say beneath the summary, such as a metric's unit. */
  readonly note?: string;
  /** The same as data, for JSON. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface CatalogSection {
  /** As on the command line. */
  readonly kind: string;
  readonly title: string;
  readonly entries: readonly CatalogEntry[];
}

/** The fields of one mapping of a scenario. */
export interface FieldGroup {
  /** `engine.kvCache`, `workload[].requests[]`, `classes.NAME.sla`; empty: the scenario itself. */
  readonly path: string;
  readonly fields: readonly OptionFacts[];
}

export interface CommandFacts {
  /** `sched compare [options] <file...>` */
  readonly usage: string;
  readonly summary: string;
  /** Arguments, then options, as its help shows them. */
  readonly terms: readonly { readonly term: string; readonly meaning: string }[];
}
