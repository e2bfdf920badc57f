/** What a program that imports `sched` sees through the package's exports: its types, however it resolves them. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { THOROUGH } from '../support.ts';
import { blocksOf, PAGES, ROOT } from './pages.ts';

const README = PAGES.find(({ file }) => file === 'README.md')!;
const EXAMPLE = blocksOf(README).find(({ language, lines }) => language === 'js' && lines.some((line) => line.includes("from 'sched'")))!.lines.join('\n');

/** The declarations that `npm run build` writes to dist/lib, by path. */
function declarations(): Map<string, string> {
  const config = join(ROOT, 'src/tsconfig.json');
  const { options, fileNames } = ts.parseJsonConfigFileContent(ts.readConfigFile(config, ts.sys.readFile).config, ts.sys, dirname(config));
  const program = ts.createProgram(fileNames.filter((name) => /src\/((jobs|gate|render)\/)?index\.ts$/.test(name) || name.endsWith('.d.ts')), { ...options, noCheck: true, emitDeclarationOnly: true });
  const files = new Map<string, string>();
  program.emit(undefined, (name, text) => files.set(name, text));
  return files;
}

const built = declarations();

/** Every program in the docs. */
const PROGRAMS = PAGES.flatMap((page) => blocksOf(page)).map(({ lines }) => lines.join('\n')).filter((text) => /from 'sched[/']/.test(text) && text !== EXAMPLE);

const CARELESS = EXAMPLE.replace(/const p95 = .*/, "const p95 = summary.classes['chat']!.ttft.p95;");

/** The compiler's view of programs, the example and a careless one among them, where the package is installed. */
function compiled(module: ts.ModuleKind, moduleResolution: ts.ModuleResolutionKind): { example: string[]; careless: string[]; others: string[]; types: () => string[] } {
  const project = '/project';
  const main = { example: join(project, 'example.ts'), careless: join(project, 'careless.ts') };
  const others = PROGRAMS.map((_, index) => join(project, `program-${index}.ts`));
  const own = new Map([...others.map((file, index): [string, string] => [file, PROGRAMS[index]!]), [main.example, EXAMPLE], [main.careless, CARELESS], [join(project, 'package.json'), '{ "type": "module" }']]);
  const options: ts.CompilerOptions = {
    module, moduleResolution, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], noEmit: true, types: ['node'], typeRoots: [join(project, 'node_modules/@types')],
    strict: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true, exactOptionalPropertyTypes: true,
  };
  const at = (path: string): string | undefined => {
    const installed = relative(join(project, 'node_modules'), path);
    if (installed.startsWith('..')) return path.startsWith(project) ? undefined : path;
    return installed === 'sched' || installed.startsWith('sched/') ? join(ROOT, installed.slice('sched'.length)) : join(ROOT, 'node_modules', installed);
  };
  const read = (path: string): string | undefined => {
    const real = at(path);
    return own.get(path) ?? (real === undefined ? undefined : built.get(real) ?? (existsSync(real) ? readFileSync(real, 'utf8') : undefined));
  };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getCurrentDirectory: () => project,
    getSourceFile: (name, target) => {
      const text = read(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, target);
    },
    readFile: read,
    fileExists: (path) => own.has(path) || (at(path) !== undefined && (built.has(at(path)!) || ts.sys.fileExists(at(path)!))),
    directoryExists: (path) => at(path) === undefined || path.includes('/dist/lib') || ts.sys.directoryExists(at(path)!),
    realpath: (path) => path,
  };
  const program = ts.createProgram([...Object.values(main), ...others], options, host);
  const said = (file: ts.SourceFile): string[] => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  return {
    example: said(program.getSourceFile(main.example)!),
    careless: said(program.getSourceFile(main.careless)!),
    others: others.flatMap((file) => said(program.getSourceFile(file)!)),
    // Not those of other libraries: that would take half a minute.
    types: () => {
      const ours = program.getSourceFiles().filter(({ fileName }) => built.has(at(fileName) ?? ''));
      expect(ours.length).toBeGreaterThan(50);
      return ours.flatMap(said);
    },
  };
}

describe('the programs in README and docs, as strict as TypeScript can be', () => {
  it.each([
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext] as const,
    ...(THOROUGH ? [
      ['node16', ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16] as const,
      ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler] as const,
    ] : []),
  ])('compile under %s, that of README only because it knows that a figure may be null', (_name, module, resolution) => {
    const { example, careless, others, types } = compiled(module, resolution);
    expect(PROGRAMS.length).toBeGreaterThan(1);
    expect({ example, careless, others }).toEqual({ example: [], others: [], careless: [expect.stringContaining("'p95' is possibly 'null'")] });
    // They are the same for all.
    if (module === ts.ModuleKind.NodeNext) expect(types()).toEqual([]);
  });
});
