/** Paths of a scenario as they are written on a command line: `workload.chat.generate.arrivals.rate`, `schedulers[1].minGap`. */
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';

/** One name, or the position in a list. A name with a dot in it is quoted. */
const STEP = /\.?(?:"((?:[^"\\]|\\.)*)"|\[(\d{1,9})\]|([^."[\]=\s]+))/y;

/** Deeper than any scenario goes. */
const MOST_STEPS = 32;

/** The names of a path, or what is wrong with how it is written. */
export function pathNames(text: string): { readonly names: readonly string[] } | { readonly fault: Fault<Span> } {
  const names: string[] = [];
  STEP.lastIndex = 0;
  let at = 0;
  while (at < text.length) {
    const match = text[at] === '.' && at === 0 ? null : STEP.exec(text);
    if (!match || names.length === MOST_STEPS || (at > 0 && match[3] !== undefined && !match[0].startsWith('.'))) return { fault: unreadable(text, at) };
    names.push(match[1]?.replace(/\\(.)/gs, '$1') ?? match[2] ?? match[3]!);
    at = STEP.lastIndex;
  }
  return names.length > 0 ? { names } : { fault: unreadable(text, 0) };
}

function unreadable(text: string, start: number): Fault<Span> {
  return {
    code: 'setting', message: text === '' ? 'there is no path' : 'this is no path of a scenario',
    help: 'write the names one after the other: engine.maxBatchSize, workload.0.generate.arrivals.rate; a name with a dot in quotes', start, end: Math.max(start + 1, text.length),
  };
}
