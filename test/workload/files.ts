/** Files that exist only here: text or bytes by path, handed out in chunks of a few bytes. */
import type { FileAccess } from '../../src/workload/files.ts';

export function filesOf(contents: Readonly<Record<string, string | Uint8Array>>, chunk = 7): FileAccess {
  return {
    async *open(path) {
      const content = contents[path];
      if (content === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}
