/** Where in code that the user wrote an error comes from: `mine.js:12:5`. */

/** The first place that the error names, without its folder; undefined where it names none. */
export function codePlace(error: unknown): string | undefined {
  const stack = error instanceof Error ? error.stack : undefined;
  return stack === undefined ? undefined : /[/\\]([^/\\()\s]+\.[cm]?[jt]s:\d+(?::\d+)?)\)?$/m.exec(stack)?.[1];
}
