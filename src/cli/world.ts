/** The world of jobs in this process: files on disk, and a pool that is given. */
import manifest from '../../package.json' with { type: 'json' };
import { onThisThread, type Pool, type World } from '../jobs/world.ts';
import { FILES } from './io/files.ts';

export function worldOf(pool: Pool = onThisThread): World {
  return { files: FILES, pool, policies: [], version: manifest.version };
}
