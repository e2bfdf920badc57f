/** Faults on standard error: those with a file as code frames, the others as plain lines. */
import { type Fault, isInFile } from '../../core/fault.ts';
import { shownName } from '../../scenario/stdin.ts';
import { visible } from '../../render/text/visible.ts';
import { writeErr } from './streams.ts';
import { errorPage } from './terminal.ts';

/** @param colour false when the user said --no-color */
export async function say(faults: readonly Fault[], colour: boolean): Promise<void> {
  writeErr(faults.filter((fault) => !isInFile(fault)).map(plain).join(''));
  const framed = faults.filter(isInFile).map((fault) => ({ ...fault, file: shownName(fault.file) }));
  if (framed.length === 0) return;
  const { codeFrames } = await import('../../render/text/code-frame.ts');
  writeErr(codeFrames(framed, await errorPage(colour)));
}

function plain({ message, help, severity }: Fault): string {
  return `${severity ?? 'error'}: ${visible(message)}\n${help === undefined ? '' : `  = help: ${visible(help)}\n`}`;
}
