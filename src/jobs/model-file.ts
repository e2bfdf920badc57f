/** The config.json of a model, as a scenario or a command names it. */
import { FaultError } from '../core/fault.ts';
import type { ModelFile } from '../engine/hardware/server.ts';
import { unreadable } from '../workload/fault.ts';
import type { FileAccess } from '../workload/files.ts';

/** No config.json is nearly as large. */
const MOST_BYTES = 2 ** 20;

/** Reads it whole. Never throws on account of the file: what is wrong with it is for whoever names it to say. */
export async function readModelFile(files: FileAccess, name: string): Promise<NonNullable<ModelFile>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of files.open(name)) {
      size += chunk.length;
      if (size > MOST_BYTES) return { fault: 'is larger than any config.json (1 MiB)' };
      chunks.push(chunk);
    }
  } catch (error) {
    const found = unreadable(error, [], name);
    if (found === undefined && !(error instanceof FaultError)) throw error;
    return { fault: whyOf(error) };
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { text: new TextDecoder().decode(bytes) };
}

/** A predicate of the file. */
function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EISDIR') return 'is a directory';
  return code === 'EACCES' || code === 'EPERM' ? 'may not be read: permission denied' : 'cannot be read';
}
