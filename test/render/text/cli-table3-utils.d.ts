/** The text measure of cli-table3, which its own types leave out. */
declare module 'cli-table3/src/utils.js' {
  /** Columns of the widest line, colour codes left out. */
  export function strlen(text: string): number;
}
