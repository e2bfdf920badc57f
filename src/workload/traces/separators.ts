/** Which character separates the columns of a file: seen from its first line. */

export const SEPARATORS = [',', ';', '\t', '|'] as const;

/** The headings in the first line of a file. */
export function headingsOf(line: string, separator: string): string[] {
  return line.split(separator).map((heading) => heading.trim().replace(/^"(.*)"$/s, '$1').replaceAll('""', '"').trim());
}

/** The ways to split the first line: as told, or with most headings first. */
export function splitsOf(line: string, separator: string | undefined): readonly (readonly [separator: string, headings: readonly string[]])[] {
  const tried = separator === undefined ? [...SEPARATORS].sort((a, b) => line.split(b).length - line.split(a).length) : [separator];
  return tried.map((each) => [each, headingsOf(line, each)] as const);
}
