/** The world of jobs in this process: files on disk, the policies of plugins, and a pool that is given. */
import manifest from '../../package.json' with { type: 'json' };
import { onThisThread, type Pool, type World } from '../jobs/world.ts';
import { FILES } from './io/files.ts';
import { pluginPolicies } from './plugins.ts';

export function worldOf(pool: Pool = onThisThread): World {
  return { files: FILES, pool, policies: pluginPolicies(), version: manifest.version };
}
