/** The house keeps its shape: arrows between rooms go one way, and only src/cli touches the outside world. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** Who imports whom: these arrows and no others. A room may always import itself; `run` and `index` are files. `type`: types only. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  workload: ['core'],
  schedulers: ['type workload', 'core'],
  engine: ['type schedulers', 'type workload', 'core'],
  metrics: ['engine', 'workload', 'core'],
  scenario: ['engine', 'schedulers', 'workload', 'core'],
  run: ['type scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
  gate: ['type run', 'metrics', 'core'],
  experiments: ['scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
  jobs: ['experiments', 'gate', 'run', 'scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
  catalog: ['scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
  render: ['type catalog', 'type jobs', 'type experiments', 'type gate', 'type run', 'metrics', 'type schedulers', 'type workload', 'core'],
  cli: ['render', 'catalog', 'jobs', 'type experiments', 'gate', 'run', 'scenario', 'schedulers', 'index', 'core'],
  index: ['run', 'scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
};

/** The one file of which a room may use values where else it may use types: a policy asks what a request's targets are, the engine holds a policy to its contract. */
const VALUES: Readonly<Record<string, string>> = { schedulers: 'workload/request-table.ts', engine: 'schedulers/policy.ts' };

/** Packages by room; what Node has of its own is for src/cli alone. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: ['seedrandom', 'valibot', 'jstat'],
  workload: ['valibot', 'd3-random'],
  schedulers: ['valibot', 'd3-random'],
  engine: ['valibot', 'd3-random'],
  scenario: ['valibot', '@valibot/to-json-schema', 'js-yaml', 'fastest-levenshtein'],
  experiments: ['valibot', 'ml-levenberg-marquardt'],
  gate: ['valibot', 'fastest-levenshtein'],
  catalog: ['valibot'],
  render: ['cli-table3', 'string-width'],
  cli: ['chalk', 'commander', 'tinyglobby'],
};

interface Import {
  readonly file: string;
  readonly room: string;
  /** From src, of a file of ours; as it is written, of a package; undefined where it is computed. */
  readonly target: string | undefined;
  readonly isRelative: boolean;
  readonly typeOnly: boolean;
}

interface Source {
  readonly name: string;
  readonly text: string;
}

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(SRC, name), 'utf8') }));

const roomOf = (path: string): string => path.split('/')[0]!.replace(/\.ts$/, '');

/** Every import, in whatever form: as the compiler reads it. */
function importsOf({ name, text }: Source): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    const written = specifier !== undefined && ts.isStringLiteral(specifier) ? specifier.text : undefined;
    const isRelative = written?.startsWith('.') ?? false;
    const target = isRelative ? relative(SRC, join(SRC, name, '..', written!)).replaceAll('\\', '/') : written;
    found.push({ file: name, room: roomOf(name), target, isRelative, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node)) add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
  return found;
}

const imports = sources.flatMap(importsOf);
const isLocal = ({ target, isRelative }: Import): boolean => isRelative && !target!.startsWith('..');
const arrowOf = ({ target, typeOnly }: Import): string => `${typeOnly ? 'type ' : ''}${roomOf(target!)}`;

function isAllowed(entry: Import): boolean {
  const { room, target, typeOnly } = entry;
  if (target === undefined) return false;
  if (!isLocal(entry)) {
    if (target === '../package.json' || target.startsWith('node:')) return room === 'cli';
    const name = target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/');
    return (PACKAGES[room] ?? []).includes(name);
  }
  const arrows = ARROWS[room] ?? [];
  if (roomOf(target) === room || arrows.includes(roomOf(target))) return true;
  return arrows.includes(`type ${roomOf(target)}`) && (typeOnly || VALUES[room] === target);
}

/** The imports that break the rules, as readable lines. */
function violations(all: readonly Import[]): string[] {
  return all.filter((entry) => !isAllowed(entry)).map(({ file, target, typeOnly }) => `${file} imports ${typeOnly ? 'types of ' : ''}${target ?? 'what is computed'}`);
}

/** Files that lead back to themselves. */
function circles(all: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const entry of all) if (isLocal(entry)) next.set(entry.file, [...(next.get(entry.file) ?? []), entry.target!]);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'open') found.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (state.has(file)) return;
    state.set(file, 'open');
    for (const other of next.get(file) ?? []) walk(other, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}

describe('imports', () => {
  it('are found', () => {
    expect(imports.filter(isLocal).length).toBeGreaterThan(500);
  });

  it('go one way between rooms', () => {
    expect(violations(imports)).toEqual([]);
  });

  it('use every arrow that there is: one that nobody uses is closed', () => {
    const used = (room: string, arrow: string) => imports.some((entry) => entry.room === room && isLocal(entry) && roomOf(entry.target!) !== room
      && (arrow.startsWith('type ') ? roomOf(entry.target!) === arrow.slice(5) : arrowOf(entry) === arrow));
    const unused = Object.entries(ARROWS).flatMap(([room, arrows]) => arrows.filter((arrow) => !used(room, arrow)).map((arrow) => `${room} -> ${arrow}`));
    expect(unused).toEqual([]);
  });

  it('lead nowhere back, inside rooms neither', () => {
    expect(circles(imports)).toEqual([]);
  });

  it.each([
    ['engine/x.ts', "import type { RunSummary } from '../metrics/summary.ts';"],
    ['core/x.ts', "import { buildWorkload } from '../workload/build.ts';"],
    ['core/x.ts', 'import { buildWorkload } from "../workload/build.ts";'],
    ['core/x.ts', 'export * from "../workload/build.ts";'],
    ['core/x.ts', "type Workload = import('../workload/build.ts').Workload;"],
    ['core/x.ts', "const { x } = await import(`../workload/build.ts`);"],
    ['render/x.ts', "const { run } = await import('../jobs/run.ts');"],
    ['jobs/x.ts', 'const name = "fs"; const { x } = await import(name);'],
    ['jobs/x.ts', 'await import(`node:${name}`);'],
    ['scenario/x.ts', "import fs = require('node:fs');"],
    ['scenario/x.ts', "import 'node:fs';"],
    ['schedulers/x.ts', "import { buildWorkload } from '../workload/build.ts';"],
    ['metrics/x.ts', "import chalk from 'chalk';"],
    ['gate/x.ts', "import { runScenario } from '../run.ts';"],
  ])('are judged: in %s, %s is seen', (name, text) => {
    expect(violations(importsOf({ name, text }))).toHaveLength(1);
  });

  it('may ask what the targets of a request are, in a policy', () => {
    expect(violations(importsOf({ name: 'schedulers/x.ts', text: "import { slaOf } from '../workload/request-table.ts';" }))).toEqual([]);
  });

  it('that lead back are seen', () => {
    const planted = [['gate/a.ts', "import type { B } from './b.ts';"], ['gate/b.ts', "import './c.ts';"], ['gate/c.ts', "await import('./a.ts');"]];
    expect(circles(planted.flatMap(([name, text]) => importsOf({ name: name!, text: text! })))).toEqual(['gate/a.ts -> gate/b.ts -> gate/c.ts -> gate/a.ts']);
  });
});

/** What would make output depend on the clock, the machine, the place or chance. */
const BANNED: readonly [RegExp, string][] = [
  [/\bDate\.now\b|\bnew Date\b|\bDate\(|\bperformance\.now\b/, 'wall clock'],
  [/\bMath\.random\b|\bcrypto\.(getRandomValues|randomUUID)\b/, 'unseeded randomness'],
  [/\btoLocale\w*\b|\bIntl\.|\blocaleCompare\b/, 'locale'],
  [/\bprocess\b(?=\.|\[)|\bglobalThis\b(?!\.crypto\.subtle\b)|\bglobal\.|\brequire\(|\bimport\.meta\b/, 'the process'],
  [/\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/, 'timers'],
  [/\bconsole\./, 'the console'],
  [/\beval\(|\bnew Function\b/, 'code from text'],
];

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(^|[^:])\/\/.*$/gm, '$1');

describe('what reaches the process', () => {
  const [pattern] = BANNED.find(([, what]) => what === 'the process')!;
  it.each(['process.env', "process['env']", "globalThis['process']", 'globalThis.process', "const { process } = globalThis;", "Reflect.get(globalThis, 'process')", "require('node:fs')"])('%s is seen', (text) => {
    expect(text).toMatch(pattern);
  });
});

describe('outside src/cli nothing touches', () => {
  it.each(BANNED.map(([pattern, what]) => [what, pattern] as const))('%s', (_what, pattern) => {
    const guilty = sources.filter(({ name, text }) => roomOf(name) !== 'cli' && pattern.test(withoutComments(text))).map(({ name }) => name);
    expect(guilty).toEqual([]);
  });
});

describe('files', () => {
  it('begin by saying what they are', () => {
    expect(sources.filter(({ text }) => !/^(#!.*\n)?\/\*\*|^\/\//.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
