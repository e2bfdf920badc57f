/** How the workload reads files without knowing where they live: a file system, a test, a browser. */

export interface FileAccess {
  /**
   * The bytes of a file, in chunks. Reading one that cannot be read rejects with an Error whose `code` says
   * why, as Node's do (`ENOENT`, `EISDIR`, `EACCES`; `ENOTREG` for a pipe or a device, `EOUTSIDE` for what may not be read).
   *
   * @param path as the scenario has it: relative to the scenario's folder, or absolute
   */
  open(path: string): AsyncIterable<Uint8Array>;
}

/** A workload that reads no file. */
export const noFiles: FileAccess = {
  // eslint-disable-next-line require-yield
  async *open(path) {
    throw Object.assign(new Error(`no files here: ${path}`), { code: 'ENOENT' });
  },
};
