/** What is wrong in a data file, before it is known which value of the scenario names that file. */
import type { Problem, ScenarioPath } from './problem.ts';

export interface Fault {
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly message: string;
  readonly help?: string;
  readonly excerpt?: string;
}

/** The reading of a file cannot go on. */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.name = 'FaultError';
    this.fault = fault;
  }
}

/** Faults are told singly up to here; the rest are counted. */
const SHOWN = 20;

/** Collects the faults of a file: however many there are, only the first are kept. */
export class Faults {
  readonly first: Fault[] = [];
  count = 0;

  add(fault: Fault): void {
    if (this.count++ < SHOWN) this.first.push(fault);
  }

  problems(path: ScenarioPath, file: string): Problem[] {
    const problems = this.first.map((fault) => faultProblem(fault, path, file));
    const more = this.count - this.first.length;
    return more === 0 ? problems : [...problems, { path, file, message: `and ${more} more malformed ${more === 1 ? 'row' : 'rows'}` }];
  }
}

/** A fault as a problem of the scenario. */
export function faultProblem(fault: Fault, path: ScenarioPath, file: string): Problem {
  const { excerpt, ...rest } = fault;
  return { path, file, ...rest, ...(excerpt === undefined ? {} : excerptAround(excerpt, fault.column ?? 1)) };
}

/** What to say of a file that could not be read; undefined when the error is not about the file. */
export function unreadable(error: unknown, path: ScenarioPath, file: string, origin?: string): Problem | undefined {
  if (error instanceof FaultError) return faultProblem(error.fault, path, file);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        path,
        message: `${file} does not exist`,
        ...(origin === undefined ? { help: 'a path is relative to the folder of the scenario file' } : { help: `it comes from ${origin}`, obtainable: true }),
      };
    case 'EISDIR':
      return { path, message: `${file} is a directory` };
    case 'EACCES':
    case 'EPERM':
      return { path, message: `${file} may not be read: permission denied` };
    default:
      return { path, message: `${file} cannot be read: ${error.message}` };
  }
}

const LONGEST_EXCERPT = 120;

/** So much of a line as a terminal shows well, and none of the control characters of a binary file. */
function excerptAround(line: string, column: number): { excerpt: string; excerptColumn?: number } {
  const from = column > LONGEST_EXCERPT ? column - LONGEST_EXCERPT / 2 : 1;
  // eslint-disable-next-line no-control-regex
  const excerpt = line.slice(from - 1, from - 1 + LONGEST_EXCERPT).replace(/[\u0000-\u001f\u007f-\u009f\ufffd]/g, '·');
  return from === 1 ? { excerpt } : { excerpt, excerptColumn: from };
}
