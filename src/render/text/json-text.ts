/** JSON that may be printed: DEL and the C1 controls, which JSON allows raw and a terminal obeys, are escaped. */

/** A value as indented JSON with a final newline. */
export function jsonText(value: unknown): string {
  return `${escapeControls(JSON.stringify(value, null, 2))}\n`;
}

/** A value as one line of JSON, its end included. */
export function jsonLine(value: unknown): string {
  return `${escapeControls(JSON.stringify(value))}\n`;
}

function escapeControls(json: string): string {
  // oxlint-disable-next-line no-control-regex
  return json.replace(/[\u007f-\u009f]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

/** The version of the result documents; raised when a field is renamed or dropped. */
export const SCHEMA_VERSION = 1;

/** Results as one document: the only one of them itself, or `{ schemaVersion, results }`. */
export function resultsText(results: readonly object[]): string {
  const [only] = results;
  return jsonText({ schemaVersion: SCHEMA_VERSION, ...(only && results.length === 1 ? only : { results }) });
}
