/** The bytes of a scenario file as text, and what keeps them from being one. */
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';

/** Largest scenario. */
export const MAX_MEBIBYTES = 32;

const TEXT_HELP = 'a scenario is a YAML or JSON file, saved as UTF-8';

export interface Decoded {
  /** Where there is a fault: as far as it could be read, to show the place. */
  readonly text: string;
  readonly fault?: Fault | Fault<Span>;
}

/** Reads UTF-8, with or without a byte order mark. Other bytes, NUL characters and overlong files are faults. */
export function decode(input: string | Uint8Array): Decoded {
  if (input.length > MAX_MEBIBYTES * 2 ** 20) {
    const help = 'keep long lists of requests in a trace file, and name it under workload';
    return { text: '', fault: { code: 'too-large', message: `the file is larger than ${MAX_MEBIBYTES} MiB`, help } };
  }
  if (typeof input !== 'string' && isUtf16(input)) {
    const help = 'save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)';
    return { text: '', fault: { code: 'not-text', message: 'the file is UTF-16, not UTF-8', help } };
  }
  const text = typeof input === 'string' ? input.replace(/^\ufeff/, '') : new TextDecoder().decode(input);
  const nul = text.indexOf('\0');
  if (nul >= 0) return { text, fault: notText('NUL characters', nul) };
  if (typeof input !== 'string' && !isUtf8(input)) return { text, fault: notText('bytes that are not UTF-8', text.indexOf('\ufffd')) };
  return { text };
}

function notText(what: string, at: number): Fault<Span> {
  return { code: 'not-text', message: `the file is not text: it has ${what}`, help: TEXT_HELP, start: at, end: at + 1 };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
