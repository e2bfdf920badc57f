/** Scenarios in memory and a world to run them in, for tests of experiments. */
import type { Pool, World } from '../../src/jobs/world.ts';
import { onThisThread } from '../../src/jobs/world.ts';
import type { ScenarioFile } from '../../src/jobs/scenario-file.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { LIMITS } from '../../src/run/limits.ts';
import { noFiles } from '../../src/workload/files.ts';

const NO_BYTES = () => Promise.reject(new Error('there are no files'));

export function worldWith(texts: Readonly<Record<string, string>> = {}, pool: Pool = onThisThread): World {
  const read = (file: string) => (Object.hasOwn(texts, file) ? Promise.resolve(new TextEncoder().encode(texts[file])) : NO_BYTES());
  return {
    files: { read, readIfPresent: (file) => (Object.hasOwn(texts, file) ? read(file) : Promise.resolve(null)), beside: () => noFiles, nameBeside: (_, file) => file },
    pool, policies: [], limits: LIMITS, version: '0.0.0',
  };
}

/** Does tasks in the wrong order, hands over in the right one, each through a copy of its plain data: what threads do. */
export const backwards: Pool = {
  size: 4,
  async each({ task, inputs, world, take }) {
    const outputs = [];
    for (let index = inputs.length - 1; index >= 0; index--) outputs[index] = structuredClone(await task.perform(structuredClone(inputs[index]!), world));
    for (const [index, output] of outputs.entries()) if (await take(output!, index) === true) return;
  },
};

export function scenarioFile(text: string, path = 'test.yaml'): ScenarioFile {
  const loaded = loadScenario(text, path);
  if (!('scenario' in loaded)) throw new Error(loaded.faults.map(({ message }) => message).join('; '));
  return { ...loaded, path };
}

/** One server, one request at a time, service of a second: M/D/1, or M/M/1 in seconds of geometric length. */
export function queue({ rate, count, seed = '1', service = 'deterministic', expect = [], schedulers = '[fifo]' }: {
  readonly rate: number; readonly count: number; readonly seed?: string; readonly service?: 'deterministic' | 'exponential'; readonly expect?: readonly string[]; readonly schedulers?: string;
}): string {
  const tokens = service === 'deterministic' ? '1' : '{ distribution: exponential, mean: 1000 }';
  return `
seed: '${seed}'
engine: { maxBatchSize: 1, stepTime: { model: constant, tokenTime: ${service === 'deterministic' ? '1s' : '1ms'} } }
classes: { only: { priority: 1, sla: { latency: 5s } } }
workload: [{ generate: { count: ${count}, arrivals: { process: poisson, rate: ${rate} }, outputTokens: ${tokens} } }]
schedulers: ${schedulers}
expect: ${JSON.stringify(expect)}
`;
}
