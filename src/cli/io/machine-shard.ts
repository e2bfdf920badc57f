/** Which part of the work is this machine's, as the system says that started it on many: Slurm, Kubernetes, CI services. */
import type { Shard } from '../../gate/shards.ts';
import { inputError } from '../exit.ts';

interface System {
  readonly name: string;
  readonly index: string;
  /** Of the first machine. */
  readonly first: (env: NodeJS.ProcessEnv) => number;
  readonly of: string;
}

const SYSTEMS: readonly System[] = [
  { name: 'Slurm', index: 'SLURM_ARRAY_TASK_ID', first: (env) => Number(env['SLURM_ARRAY_TASK_MIN'] ?? 1), of: 'SLURM_ARRAY_TASK_COUNT' },
  { name: 'Kubernetes', index: 'JOB_COMPLETION_INDEX', first: () => 0, of: 'SCHED_SHARDS' },
  { name: 'GitLab', index: 'CI_NODE_INDEX', first: () => 1, of: 'CI_NODE_TOTAL' },
  { name: 'CircleCI', index: 'CIRCLE_NODE_INDEX', first: () => 0, of: 'CIRCLE_NODE_TOTAL' },
  { name: 'Buildkite', index: 'BUILDKITE_PARALLEL_JOB', first: () => 0, of: 'BUILDKITE_PARALLEL_JOB_COUNT' },
];

/**
 * @returns the part, and by whose word
 * @throws FaultError where nobody says, or what is said makes no part of a whole
 */
export function machineShard(env: NodeJS.ProcessEnv): { readonly shard: Shard; readonly by: string } {
  const system = SYSTEMS.find(({ index }) => env[index] !== undefined && env[index] !== '');
  if (!system) {
    throw inputError('--shard auto: no variable says which part is this machine\'s', `it reads ${SYSTEMS.map(({ index, of }) => `${index} of ${of}`).join(', ')}; --shard 2/8 says it outright`);
  }
  const { name, first, of } = system;
  if (env[of] === undefined || env[of] === '') throw inputError(`--shard auto: ${name} sets ${system.index} but not how many parts there are`, `set ${of} to that number`);
  const shard = { index: Number(env[system.index]) - first(env) + 1, of: Number(env[of]) };
  const isPart = Number.isSafeInteger(shard.index) && Number.isSafeInteger(shard.of) && shard.index >= 1 && shard.index <= shard.of;
  if (!isPart) throw inputError(`--shard auto: ${system.index}=${env[system.index]} of ${of}=${env[of]} is no part of a whole`, system.name === 'Slurm' ? 'an array without gaps, such as --array=1-64' : undefined);
  return { shard, by: `${name}: ${system.index}=${env[system.index]}, ${of}=${env[of]}` };
}
