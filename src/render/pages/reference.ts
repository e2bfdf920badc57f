/**
 * The reference page in Markdown: what a scenario may hold, what the commands take, what the results are.
 *
 * It is put together from what the program itself runs on, so that it cannot say anything else.
 */
import type { CatalogEntry, CatalogSection, CommandFacts, FieldGroup, OptionFacts } from '../../catalog/facts.ts';
import { gfmLeftTable as table, markdownCode as code, markdownText } from '../text/gfm.ts';
import { resultsChapter } from './reference-results.ts';

export interface Reference {
  readonly fields: readonly FieldGroup[];
  readonly catalog: readonly CatalogSection[];
  readonly commands: readonly CommandFacts[];
  readonly exitCodes: readonly { readonly code: number; readonly meaning: string }[];
}

const INTRODUCTION = `# Reference

Written by \`npm run docs\` from the schema, the lists and the commands that the program runs on; a test keeps it current.

- [Scenario](#scenario): every field, then everything that a field can name
- [Commands](#commands) and [exit codes](#exit-codes)
- [Results](#results): JSON, CSV, rows per request, lines per step`;

const SCENARIO = `## Scenario

YAML or JSON, UTF-8. Unknown keys are errors. A *duration* is a number with a unit, \`ns us ms s m h\`: \`250us\`, \`50ms\`,
\`1.5s\`; it becomes whole microseconds, rounded once. Shares need not sum to 1. Tokens, counts and batch sizes are whole
numbers. \`sched schema\` prints the same as JSON Schema, for editors; \`scenarios/scenario.schema.json\` is that file.`;

const COMMANDS = `## Commands

In a clone, \`sched\` is \`node bin/sched.js\`. \`sched --version\` prints the version, \`sched help COMMAND\` what is below. Results go to
standard output, everything else to standard error; \`-\` as a file is standard input. Files are written whole or not at all.`;

/** The page; ends in a newline. */
export function referencePage({ fields, catalog, commands, exitCodes }: Reference): string {
  return `${[
    INTRODUCTION, SCENARIO, ...fields.map(fieldSection), ...catalog.map(catalogSection),
    COMMANDS, ...commands.map(commandSection),
    '## Exit codes', table(['Code', 'Meaning'], exitCodes.map(({ code, meaning }) => [String(code), markdownText(meaning)])),
    resultsChapter(),
  ].join('\n\n')}\n`;
}

function fieldSection({ path, fields }: FieldGroup): string {
  const heading = path === '' ? '### The scenario' : `### ${code(path)}`;
  return `${heading}\n\n${table(['Field', ...FACTS], fields.map((field) => [code(field.name), ...facts(field)]))}`;
}

const FACTS = ['Type', 'Default', 'Meaning'];

function facts({ type, required, default: fallback, summary }: OptionFacts): string[] {
  return [markdownText(type), required ? '*required*' : fallback === null ? '' : code(String(fallback)), markdownText(summary)];
}

/** `Policies: schedulers: [{ … }]` is a heading and where in a scenario its entries stand. */
function catalogSection({ title, entries }: CatalogSection): string {
  const [, heading, where, rest] = /^([^:]+)(?:: (.*[\]}]))?(.*)$/.exec(title)!;
  const place = where === undefined ? [] : [`In a scenario: ${code(where)}${rest}`];
  return [`### ${heading}`, ...place, entriesTable(entries)].join('\n\n');
}

function entriesTable(entries: readonly CatalogEntry[]): string {
  if (entries.every(({ options }) => options.length === 0)) {
    const notes = entries.some(({ note }) => note !== undefined);
    return table(['Name', 'Meaning', ...(notes ? [''] : [])], entries.map(({ name, summary, note = '' }) =>
      [code(name), markdownText(summary), ...(notes ? [markdownText(note)] : [])]));
  }
  return table(['Name', 'Option', ...FACTS], entries.flatMap(({ name, summary, options }) => [
    [code(name), '', '', '', markdownText(summary)],
    ...options.map((option) => ['', code(option.name), ...facts(option)]),
  ]));
}

function commandSection({ usage, summary, terms }: CommandFacts): string {
  const rows = terms.map(({ term, meaning }) => [code(term), markdownText(meaning)]);
  return [`### ${code(usage)}`, `${markdownText(summary)}.`, ...(rows.length === 0 ? [] : [table(['', 'Meaning'], rows)])].join('\n\n');
}
