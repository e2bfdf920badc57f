/** Entry of worker threads, a bundle of its own: claims inputs until there are none left, and posts what the task makes of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { taskNamed } from '../../jobs/tasks.ts';
import { keepTo } from '../io/file-uses.ts';
import { usePlugins } from '../plugins.ts';
import { worldOf } from '../world.ts';
import { buffersIn, failureOf, type Message, type WorkerData } from './message.ts';
import { claim, recorder } from './shared.ts';

const { task, inputs, shared, thread, rules, plugins, limits } = workerData as WorkerData;
keepTo(rules);

void work();

async function work(): Promise<void> {
  if (plugins.length > 0) await usePlugins(plugins);
  const { perform } = taskNamed(task)!;
  const world = { ...worldOf(), limits, progress: recorder(shared, thread) };
  for (let index = claim(shared); index < inputs.length; index = claim(shared)) {
    try {
      const result = await perform(inputs[index] as never, world);
      post({ index, result }, buffersIn(result));
    } catch (error) {
      post({ index, ...failureOf(error) });
    }
  }
}

function post(message: Message, moved: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, moved);
}
