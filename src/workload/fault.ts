/** What is wrong with a workload: at a place of the scenario, or in a data file before it is known which value names that file. */
import type { Fault } from '../core/fault.ts';
import { FaultError } from '../core/fault.ts';
import { sentence } from '../core/path-text.ts';
import type { FilePlace, Position, ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { isNumberLike } from './likely.ts';

/** @param words a predicate of what is at the path (`has no rows`), or a sentence of its own */
export function workloadFault(path: ScenarioPath, words: string, help?: string): Fault<ScenarioPlace> {
  return { code: 'workload', message: sentence(path, words), ...(help !== undefined && { help }), path };
}

/** @param at where in the file, as far as that can be said, with the line at fault as it is */
export function dataFault(message: string, at: Position = {}, help?: string): Fault<Position> {
  return { code: 'workload', message, ...(help !== undefined && { help }), ...at };
}

/** Faults are told singly up to here; the rest are counted. */
const SHOWN = 20;

/** Collects the faults of a file: however many there are, only the first are kept. */
export class Faults {
  readonly first: Fault<Position>[] = [];
  count = 0;

  add(fault: Fault<Position>): void {
    if (this.count++ < SHOWN) this.first.push(fault);
  }

  /** @param file its name, as the scenario has it */
  of(file: string): Fault<FilePlace>[] {
    const faults = this.first.map((fault) => inFile(fault, file));
    const more = this.count - this.first.length;
    return more === 0 ? faults : [...faults, { ...dataFault(`and ${more} more malformed ${more === 1 ? 'row' : 'rows'}`), file }];
  }
}

/** What stands at the place is shown where it is a number or a time; of other words it is not known whose they are. */
function inFile({ sourceLine, sourceColumn, ...fault }: Fault<Position>, file: string): Fault<FilePlace> {
  const isShown = sourceLine !== undefined && isNumberLike(sourceLine);
  return { ...fault, file, ...(isShown && { sourceLine, ...(sourceColumn !== undefined && sourceColumn !== 1 && { sourceColumn }) }) };
}

/**
 * What to say of a file that could not be read; undefined when the error is not about the file.
 *
 * @param path of the value that names it
 * @param origin where it can be had, if the scenario says so: then that it is not here is a fault of its own kind
 */
export function unreadable(error: unknown, path: ScenarioPath, file: string, origin?: string): readonly Fault[] | undefined {
  if (error instanceof FaultError) return error.faults.map((fault) => inFile(fault, file));
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return [origin === undefined
        ? workloadFault(path, `${file} does not exist`, 'a path is relative to the folder of the scenario file')
        : { ...workloadFault(path, `${file} does not exist`, `it comes from ${origin}`), code: MISSING_DATA }];
    case 'EISDIR':
      return [workloadFault(path, `${file} is a directory`)];
    case 'EACCES':
    case 'EPERM':
      return [workloadFault(path, `${file} may not be read: permission denied`)];
    case 'ENOTREG':
      return [workloadFault(path, `${file} is not a regular file`, 'a pipe or a device may have no end')];
    case 'EOUTSIDE':
      return [workloadFault(path, `${file} is outside the folder that may be read`)];
    default:
      return [workloadFault(path, `${file} cannot be read: ${error.message}`)];
  }
}

/** The code of a file that is not here, of which the scenario says where it comes from. */
export const MISSING_DATA = 'missing-data';
