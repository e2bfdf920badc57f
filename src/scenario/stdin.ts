/** The name by which standard input is given, in place of a file's. */
export const STDIN = '-';

/** A file as it is called in results and messages. */
export function shownName(file: string): string {
  return file === STDIN ? '<stdin>' : file;
}
