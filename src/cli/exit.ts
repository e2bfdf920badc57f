/** Exit codes, and the errors that carry one to the top of the program. */

/** What the process tells the shell (docs/reference.md, "Exit codes"). */
export const ExitCode = { fine: 0, gateFailed: 1, wrongInput: 2, bug: 70, interrupted: 130 } as const;

/** The user's input is wrong: the message says what and, where it can, what to do instead. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

/** Every diagnostic has been printed; only the exit code is left to set. */
export class ReportedError extends Error {
  override readonly name = 'ReportedError';
}

/** `InputError` for a failed system call on something the user named; null when it was not a system call. */
export function systemError(error: unknown, doing: string): InputError | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return new InputError(`${doing}: ${REASONS[String(error.code)] ?? error.message}`);
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
};
