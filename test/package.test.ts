/** What package.json says, against what is there: each dependency used, each thing used declared, every licence told. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const { dependencies, devDependencies, exports, scripts, files, ...manifest } = json('package.json') as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly [key: string]: unknown;
};

/** Packages that a file imports, in whatever form. */
function packagesIn(file: string): string[] {
  return ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'), true, true).importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => /^[@a-z]/.test(name) && !isBuiltin(name))
    .map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'));
}

const sourcesIn = (folder: string) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|js|cjs)$/.test(name) && !name.startsWith('build/')).map((name) => join(folder, name));
const inSrc = new Set(sourcesIn('src').filter((file) => file !== 'src/cli/bundle/bundle.js').flatMap(packagesIn));
const imported = new Set([...inSrc, ...['src', 'bin', 'bench', 'test'].flatMap(sourcesIn).flatMap(packagesIn)]);
const declared = { ...dependencies, ...devDependencies };

describe('dependencies', () => {
  it('are what is imported, and nothing else', () => {
    const unused = Object.keys(declared).filter((name) => !imported.has(name) && !usedOtherwise(name));
    const undeclared = [...imported].filter((name) => !(name in declared) && name !== 'sched');
    expect({ unused, undeclared }).toEqual({ unused: [], undeclared: [] });
  });

  /** Types of a package that is imported, and programs that a script runs. */
  function usedOtherwise(name: string): boolean {
    const typed = name.replace('@types/', '');
    return (name !== typed && (typed === 'node' || imported.has(typed))) || Object.values(scripts).some((script) => script.includes(name));
  }

  it('of the product are those that src imports; of them a user may have a later release', () => {
    expect(Object.keys(dependencies).sort()).toEqual([...inSrc].sort());
    expect(Object.values(dependencies).filter((range) => !range.startsWith('^'))).toEqual([]);
  });

  it('are declared once', () => {
    expect(Object.keys(dependencies).filter((name) => name in devDependencies)).toEqual([]);
  });
});

describe('the package', () => {
  it('has everything that package.json points to', () => {
    const named = [...Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? entry : [])), ...Object.values(manifest['bin'] as Record<string, string>)];
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(files.filter((path) => !path.startsWith('!') && !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('builds where it is cloned or packed, and asks for no script where it is installed', () => {
    const ofConsumers = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(Object.keys(scripts).filter((name) => ofConsumers.includes(name))).toEqual([]);
    expect([scripts['dependencies'], scripts['prepack']]).toEqual([scripts['prepack'], expect.stringContaining('npm run build')]);
  });

  it('holds neither the baselines of the ready scenarios nor what was compiled on this machine', () => {
    const packed = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' })) as { files: { path: string }[] }[];
    const paths = packed[0]!.files.map(({ path }) => path);
    expect(paths.filter((path) => /\.baseline\.json$|compiled\//.test(path))).toEqual([]);
    expect(paths).toEqual(expect.arrayContaining(['bin/sched.js', 'dist/cli/main.js', 'dist/cli/THIRD-PARTY-NOTICES.txt', 'LICENSE', 'scenarios/scenario.schema.json']));
  });
});

describe('the notices', () => {
  const text = readFileSync(join(ROOT, 'dist/cli/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const told = [...text.matchAll(/^(\S+) \d\S* \((.+)\)$/gm)].map(([, name, licence]) => ({ name: name!, licence: licence! }));

  it('name every package whose code src uses', () => {
    expect([...inSrc].filter((name) => !told.some((notice) => notice.name === name))).toEqual([]);
  });

  it('name no licence but those that ask for no more than to be told', () => {
    expect(told.filter(({ licence }) => !['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'PSF-2.0'].includes(licence))).toEqual([]);
  });

  it('have the text of each licence, and of a file that comes from elsewhere than its package', () => {
    const sections = text.split(`\n\n${'-'.repeat(80)}\n\n`).slice(1);
    expect(sections).toHaveLength(told.length);
    expect(sections.filter((section) => !/copyright/i.test(section) || !/permission/i.test(section))).toEqual([]);
    // The generator of random numbers in seedrandom.
    expect(text).toContain('Johannes Baagøe');
  });
});
