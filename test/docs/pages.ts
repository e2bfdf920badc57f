/** The pages that people read, and the code blocks in them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Page {
  /** Relative to the project. */
  readonly file: string;
  readonly text: string;
}

export interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

/** README.md, everything under docs/, and the page of the benchmarks. */
export const PAGES: readonly Page[] = ['README.md', ...readdirSync(join(ROOT, 'docs')).sort().map((name) => `docs/${name}`), 'bench/README.md']
  .filter((file) => file.endsWith('.md') && existsSync(join(ROOT, file)))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

/** The fenced blocks of a page, in order. */
export function blocksOf({ text }: Page): Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({ language: language!, lines: body!.trimEnd().split('\n') }));
}

/** What stands in backticks outside the blocks. */
export function spansOf({ text }: Page): string[] {
  return [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, span]) => span!);
}
