/** Every command in the docs runs with the exit code it should, prints what is shown, and has the options that are named. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commandFacts } from '../../src/cli/command-facts.ts';
import { blocksOf, PAGES, ROOT, spansOf } from './pages.ts';
import { reader } from './reader.ts';

const { run, remove } = reader();
afterAll(remove);

interface Command {
  readonly line: string;
  readonly code: number;
  /** Output as shown, where it is; `…` stands for lines left out. */
  readonly shown: readonly string[];
}

/** `sched … # exit 1` is expected to exit so; in a console block `$` begins a command and the rest is its output. */
function commandsOf({ language, lines }: { language: string; lines: readonly string[] }): Command[] {
  const commands: { line: string; code: number; shown: string[] }[] = [];
  for (const text of lines) {
    const line = language === 'sh' ? text : /^\$ (.*)$/.exec(text)?.[1];
    if (line === undefined) commands.at(-1)!.shown.push(text);
    else commands.push({ line: line.replaceAll('node bin/sched.js', 'sched'), code: Number(/# exit (\d+)/.exec(line)?.[1] ?? 0), shown: [] });
  }
  return commands.filter(({ line }) => /\bsched\b|^(curl|sed) /.test(line));
}

/** The runs of lines between the gaps, each of which must stand in the output, one after the other. */
function pieces(shown: readonly string[]): string[] {
  return `\n${shown.join('\n')}\n`.split(/^…$/m).map((piece) => piece.replace(/^\n|\n$/g, '')).filter((piece) => piece !== '');
}

describe.each(PAGES.map((page) => [page.file, page] as const))('%s', (_file, page) => {
  const commands = blocksOf(page).filter(({ language }) => language === 'sh' || language === 'console').flatMap(commandsOf);

  if (commands.length > 0) it('shows commands that do what it says', () => {
    for (const { line, code, shown } of commands) {
      const result = run(line);
      expect(result, line).toMatchObject({ code });
      let from = 0;
      for (const piece of pieces(shown)) {
        const at = result.out.indexOf(piece, from);
        expect(at < 0 ? piece : '', `${line} no longer prints this; it prints\n${result.out}`).toBe('');
        from = at + piece.length;
      }
    }
  });

  it('names only options that there are', async () => {
    const facts = await commandFacts();
    const flagsOf = (command?: string) => facts.filter(({ usage }) => command === undefined || usage.split(' ')[1] === command)
      .flatMap(({ terms }) => terms.flatMap(({ term }) => term.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []));
    const inBlocks = blocksOf(page).flatMap(({ lines }) => lines);
    const unknown = [...inBlocks, ...spansOf(page)].flatMap((text) => [
      ...[...text.matchAll(/(?<![\w/.-])sched ([a-z]+)([^|&]*)/g)].flatMap(([, command, rest]) => missing(rest!, flagsOf(command))),
      ...(/^--?[a-z]/.test(text) ? missing(text, flagsOf()) : []),
    ]);
    expect(unknown).toEqual([]);
  });

  it('links to what there is', () => {
    const targets = [...page.text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(page.file), target)))).toEqual([]);
  });

  it('has the headings it links to', () => {
    const anchors = [...page.text.matchAll(/\]\(([^)#:]*)#([^)]*)\)/g)].map(([, target, anchor]) => ({ target: target!, anchor: anchor! }));
    const broken = anchors.filter(({ target, anchor }) => {
      const file = target === '' ? page.file : join(dirname(page.file), target);
      const there = PAGES.find((other) => other.file === file);
      return !there || ![...there.text.matchAll(/^#+ (.*)$/gm)].some(([, heading]) => anchorOf(heading!) === anchor);
    });
    expect(broken).toEqual([]);
  });
});

it('README.md says what each ready scenario is for', () => {
  const scenarios = readdirSync(join(ROOT, 'scenarios')).filter((name) => name.endsWith('.yaml'));
  const { text } = PAGES.find(({ file }) => file === 'README.md')!;
  expect(scenarios.filter((name) => !text.includes(`| \`${name}\` | `))).toEqual([]);
});

/** Options in a text that are not among those known. */
function missing(text: string, known: readonly string[]): string[] {
  const unquoted = text.replace(/'[^']*'|"[^"]*"/g, '');
  return (unquoted.match(/(?<![\w-])--?[a-z][\w-]*/g) ?? []).filter((option) => ![...known, '--help', '-h'].includes(option));
}

/** As GitHub makes an anchor of a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-');
}
