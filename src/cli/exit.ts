/** Exit codes, and the errors of the command line itself. */
import { type Fault, FaultError } from '../core/fault.ts';
import { STDIN } from '../scenario/stdin.ts';

/** What the process tells the shell (docs/reference.md, "Exit codes"). */
export const ExitCode = { fine: 0, gateFailed: 1, wrongInput: 2, bug: 70, interrupted: 130 } as const;

/** The user's input is wrong where no file has a place for it: an argument, a file that cannot be used. */
export function inputError(message: string, help?: string): FaultError {
  const fault: Fault = { code: 'input', message, help };
  return new FaultError([fault]);
}

/** @throws FaultError when it is named twice: it can be read only once */
export function requireOneStdin(files: readonly string[]): void {
  if (files.filter((file) => file === STDIN).length > 1) throw inputError('standard input (-) can be read only once');
}

/** `inputError` for a failed system call on something the user named; null when it was not a system call. */
export function systemError(error: unknown, doing: string): FaultError | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return inputError(`${doing}: ${REASONS[String(error.code)] ?? error.message}`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EISDIR: 'it is a directory',
  ENOTDIR: 'part of its path is not a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENOTREG: 'it is not a regular file: a pipe or a device may have no end (standard input is given as -)',
  EOUTSIDE: 'it is not within the folder that --within names',
};
