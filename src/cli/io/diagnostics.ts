/** Diagnostics on standard error, as code frames. */
import type { Diagnostic } from '../../core/diagnostic.ts';
import { STDIN } from './files.ts';
import { writeErr } from './streams.ts';
import { errorPage } from './terminal.ts';

/** @param colour false when the user said --no-color */
export async function say(diagnostics: readonly Diagnostic[], colour: boolean): Promise<void> {
  if (diagnostics.length === 0) return;
  const { codeFrames } = await import('../../render/text/code-frame.ts');
  const named = diagnostics.map((diagnostic) => (diagnostic.file === STDIN ? { ...diagnostic, file: '<stdin>' } : diagnostic));
  writeErr(codeFrames(named, await errorPage(colour)));
}
