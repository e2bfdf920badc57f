/** The house keeps its shape: arrows between rooms go one way, and only src/cli touches the outside world. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** Who may import whom. A room may always import itself; `run` and `index` are files. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  workload: ['core'],
  schedulers: ['workload', 'core'],
  engine: ['schedulers', 'workload', 'core'],
  scenario: ['workload', 'engine', 'schedulers', 'core'],
  metrics: ['engine', 'workload', 'core'],
  run: ['scenario', 'workload', 'schedulers', 'engine', 'metrics', 'core'],
  gate: ['run', 'metrics', 'core'],
  experiments: ['metrics', 'engine', 'schedulers', 'workload', 'core'],
  jobs: ['experiments', 'gate', 'run', 'scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
  catalog: ['scenario', 'metrics', 'engine', 'schedulers', 'workload', 'core'],
  render: ['catalog', 'jobs', 'schedulers', 'metrics', 'gate', 'experiments', 'run', 'scenario', 'workload', 'engine', 'core'],
  index: ['run', 'scenario', 'workload', 'schedulers', 'engine', 'metrics', 'gate', 'experiments', 'render', 'core'],
};

/** Rooms of which only types may be imported, by importing room. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  schedulers: ['workload'],
  render: ['experiments', 'run', 'gate', 'jobs', 'schedulers'],
  gate: ['run'],
};

/** Packages by room: everything that is not here is for src/cli alone. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: ['seedrandom', 'valibot'],
  workload: ['valibot', 'd3-random'],
  schedulers: ['valibot'],
  engine: ['valibot'],
  scenario: ['valibot', '@valibot/to-json-schema', 'js-yaml', 'fastest-levenshtein'],
  experiments: ['valibot', 'ml-levenberg-marquardt'],
  gate: ['valibot', 'fastest-levenshtein'],
  catalog: ['valibot'],
  render: ['cli-table3'],
};

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(SRC, name), 'utf8') }));

const roomOf = (path: string): string => path.split('/')[0]!.replace(/\.ts$/, '');

const IMPORT = /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm;

function importsOf({ name, text }: { name: string; text: string }): Import[] {
  return [...text.matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4]!;
    const target = specifier.startsWith('.') ? relative(SRC, join(SRC, name, '..', specifier)).replaceAll('\\', '/') : specifier;
    return { file: name, room: roomOf(name), target, typeOnly: match[1] !== undefined };
  });
}

const imports = sources.flatMap(importsOf);
const isLocal = ({ target }: Import): boolean => target.endsWith('.ts');

/** The imports that break the rules, as readable lines. */
function violations(all: readonly Import[]): string[] {
  return all
    .filter(({ room }) => room !== 'cli')
    .filter((entry) => {
      if (!isLocal(entry)) {
        const name = entry.target.startsWith('@') ? entry.target.split('/').slice(0, 2).join('/') : entry.target.split('/')[0]!;
        return !(PACKAGES[entry.room] ?? []).includes(name);
      }
      const target = roomOf(entry.target);
      if (target === entry.room) return false;
      if (!(MAY_IMPORT[entry.room] ?? []).includes(target)) return true;
      return (TYPES_ONLY[entry.room] ?? []).includes(target) && !entry.typeOnly;
    })
    .map(({ file, target, typeOnly }) => `${file} imports ${typeOnly ? 'types of ' : ''}${target}`);
}

describe('imports', () => {
  it('are found', () => {
    expect(imports.filter(isLocal).length).toBeGreaterThan(100);
  });

  it('go one way between rooms', () => {
    expect(violations(imports)).toEqual([]);
  });

  it('are judged: planted violations are seen', () => {
    const planted: Import[] = [
      { file: 'engine/x.ts', room: 'engine', target: 'metrics/summary.ts', typeOnly: true },
      { file: 'core/x.ts', room: 'core', target: 'workload/build.ts', typeOnly: false },
      { file: 'scenario/x.ts', room: 'scenario', target: 'node:fs', typeOnly: false },
      { file: 'schedulers/x.ts', room: 'schedulers', target: 'workload/build.ts', typeOnly: false },
      { file: 'metrics/x.ts', room: 'metrics', target: 'chalk', typeOnly: false },
    ];
    expect(violations(planted)).toHaveLength(planted.length);
  });
});

/** What would make output depend on the clock, the machine, the place or chance. */
const BANNED: readonly [RegExp, string][] = [
  [/\bDate\.now\b|\bnew Date\b|\bDate\(|\bperformance\.now\b/, 'wall clock'],
  [/\bMath\.random\b|\bcrypto\.(getRandomValues|randomUUID)\b/, 'unseeded randomness'],
  [/\btoLocale\w*\b|\bIntl\.|\blocaleCompare\b/, 'locale'],
  [/\bprocess\.|\bglobalThis\.process\b|\brequire\(/, 'the process'],
  [/\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/, 'timers'],
  [/\bconsole\./, 'the console'],
  [/\beval\(|\bnew Function\b/, 'code from text'],
];

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|(^|[^:])\/\/.*$/gm, '$1');

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
