/** Text whose width needs no asking: each of its characters takes one column. It is what nearly all text here is made of. */

const NARROW = /^[ -~\u00a0-\u02ff–…−≈─▲▼]*$/;

export function isNarrow(text: string): boolean {
  return NARROW.test(text);
}
