/** Files that take the place of others when they are whole, and that are gone when the process is told to stop. */
import { closeSync, fchmodSync, fchownSync, fsyncSync, openSync, renameSync, rmSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Signals that end the process, and their numbers. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** Those that are on disk now. */
const present = new Set<string>();

export interface TemporaryFile {
  readonly descriptor: number;
  /** Closes it: what was written is on the disk. */
  close(): void;
  /** Gives it the name that it was made for. */
  rename(target: string): void;
  remove(): void;
}

/**
 * Makes a file in a folder, under a name that nobody can foretell and that nothing has.
 *
 * @param like of the file whose place it will take: it has the same mode, and owner where that can be had
 */
export function temporaryFile(folder: string, like: Stats | undefined): TemporaryFile {
  const name = `.sched-${Buffer.from(crypto.getRandomValues(new Uint8Array(9))).toString('hex')}.tmp`;
  const path = join(folder, name);
  if (present.size === 0) for (const signal of Object.keys(SIGNALS)) process.on(signal, stop);
  present.add(path);
  let open = true;
  try {
    const descriptor = openSync(path, 'wx', like?.mode);
    if (like) keep(descriptor, like);
    return {
      descriptor,
      close() {
        if (!open) return;
        open = false;
        fsyncSync(descriptor);
        closeSync(descriptor);
      },
      rename(target) {
        renameSync(path, target);
        forget(path);
      },
      remove() {
        if (open) closeSync(descriptor);
        open = false;
        rmSync(path, { force: true });
        forget(path);
      },
    };
  } catch (error) {
    forget(path);
    throw error;
  }
}

function keep(descriptor: number, { mode, uid, gid }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    // Only a superuser may give files away; who may replace a file may own the new one.
  }
  fchmodSync(descriptor, mode);
}

function forget(path: string): void {
  present.delete(path);
  if (present.size === 0) for (const signal of Object.keys(SIGNALS)) process.off(signal, stop);
}

function stop(signal: keyof typeof SIGNALS): never {
  for (const path of present) rmSync(path, { force: true });
  process.exit(128 + SIGNALS[signal]);
}
