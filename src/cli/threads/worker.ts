/** Entry of worker threads, a bundle of its own: claims tasks until there are none left, and posts their results. */
import { parentPort, workerData } from 'node:worker_threads';
import { keepTo } from '../io/file-uses.ts';
import { perform } from './tasks.ts';
import { claim, failureOf, recorder, type Message, type WorkerData } from './threads.ts';

const { tasks, shared, thread, rules } = workerData as WorkerData;

keepTo(rules);
void work();

async function work(): Promise<void> {
  for (let index = claim(shared); index < tasks.length; index = claim(shared)) {
    try {
      const result = await perform(tasks[index]!, { onProgress: recorder(shared, thread) });
      post({ index, result }, buffersIn(result));
    } catch (error) {
      post({ index, ...failureOf(error) });
    }
  }
}

function post(message: Message, moved: ArrayBuffer[] = []): void {
  parentPort!.postMessage(message, moved);
}

/** The memory of all columns in a result: it is handed over rather than copied. Shared memory stays where it is. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersIn(part, found);
  }
  return [...found];
}
