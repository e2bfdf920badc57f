/** What `sched list` prints: everything a scenario can name, by kind. */
import type { CatalogSection, OptionFacts } from '../../catalog/facts.ts';
import { padEnd, visible, width, wrap } from '../text/text.ts';
import { jsonText, SCHEMA_VERSION } from '../text/json-text.ts';
import type { Page } from '../text/style.ts';

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

/** The same as a document of its own. */
export function catalogJson(sections: readonly CatalogSection[]): string {
  return jsonText({ schemaVersion: SCHEMA_VERSION, ...catalogData(sections) });
}
