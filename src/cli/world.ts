/** The world of jobs in this process: files on disk, the policies of plugins, and a pool that is given. */
import manifest from '../../package.json' with { type: 'json' };
import { LIMITS, NO_LIMITS } from '../run/limits.ts';
import { onThisThread, type Pool, type World } from '../jobs/world.ts';
import { FILES } from './io/files.ts';
import { pluginPolicies } from './plugins.ts';

/** @param limit false with --no-limit */
export function worldOf({ limit = true }: { readonly limit?: boolean } = {}, pool: Pool = onThisThread): World {
  return { files: FILES, pool, policies: pluginPolicies(), limits: limit ? LIMITS : NO_LIMITS, version: manifest.version };
}
