/** What `sched list` prints: everything a scenario can name, by kind. */
import { padEnd, visible, width, wrap } from '../text/text.ts';
import type { Page } from '../text/style.ts';

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

/** A summary beside its name needs at least this much room, else it goes beneath. */
const LEAST_PROSE = 24;

/** Sections below each other; ends in a newline. */
export function catalogText(sections: readonly CatalogSection[], page: Page): string {
  return `${sections.map((section) => sectionText(section, page)).join('\n\n')}\n`;
}

function sectionText({ title, entries }: CatalogSection, page: Page): string {
  const names = Math.max(...entries.map(({ name }) => width(name)));
  return [
    page.style.title(title),
    ...entries.flatMap((entry) => [
      besides(2, names, entry.name, entry.summary, page),
      ...(entry.note === undefined ? [] : [page.style.dim(wrap(entry.note, page.columns, { indent: besideStart(2, names, page) }))]),
      ...entry.options.map((option) => optionText(option, widest(entry.options), page)),
    ]),
  ].join('\n');
}

function widest(options: readonly OptionFacts[]): number {
  return Math.max(...options.map(({ name }) => width(name)));
}

/** `preempt  true or false, default false: what it does` */
function optionText({ name, type, required, default: fallback, summary }: OptionFacts, names: number, page: Page): string {
  const need = required ? ', required' : fallback === null ? '' : `, default ${String(fallback)}`;
  return page.style.dim(besides(6, names, name, `${type}${need}${summary === '' ? '' : `: ${summary}`}`, page));
}

/** Column at which prose starts: after the names, or just indented where that leaves too little room. */
function besideStart(indent: number, names: number, { columns }: Page): number {
  const start = indent + names + 2;
  return columns - start < LEAST_PROSE ? indent + 2 : start;
}

function besides(indent: number, names: number, name: string, prose: string, page: Page): string {
  const label = ' '.repeat(indent) + visible(name);
  const start = besideStart(indent, names, page);
  const text = wrap(visible(prose), page.columns, { indent: start });
  return start < indent + names + 2 ? `${label}\n${text}` : padEnd(label, start) + text.trimStart();
}

/** The sections as one JSON value by kind, in their order. */
export function catalogData(sections: readonly CatalogSection[]): Record<string, unknown[]> {
  const byKind: Record<string, unknown[]> = {};
  for (const { kind, entries } of sections) {
    (byKind[kind] ??= []).push(...entries.map(({ name, summary, options, data }) => data ? { name, summary, ...data } : { name, summary, options }));
  }
  return byKind;
}
