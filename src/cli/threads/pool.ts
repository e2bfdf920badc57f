/**
 * Tasks on several threads, results in the order of the inputs.
 *
 * This thread takes part. Every thread has all the inputs and claims the next one by a shared counter; nothing
 * but the time it takes tells how many there were.
 */
import type { Worker } from 'node:worker_threads';
import { type Assignment, onThisThread, type Pool } from '../../jobs/world.ts';
import { fileRules } from '../io/file-uses.ts';
import { progress, type Progress } from '../io/progress.ts';
import { pluginFiles } from '../plugins.ts';
import type { JobsOptions } from '../shared-options.ts';
import { errorOf, type Message, type WorkerData } from './message.ts';
import { Ordered } from './ordered.ts';
import { claim, recorder, shareAmong } from './shared.ts';

/** Requests to replay that are worth one more thread: it takes about a tenth of a second to start, and as long to warm up. */
const WORTH_A_THREAD = 1_000_000;
/** Where nobody knows how much there is to do: seconds after which there is enough. */
const LONG = 0.3;

export interface ThreadOptions {
  /** At most; undefined: one for each core. */
  readonly threads: number | undefined;
  readonly line: Progress;
  /** Where the bundle of the workers is. */
  readonly worker?: URL;
  /** Requests that are worth a thread. */
  readonly worth?: number;
}

/** The pool of a command. */
export function threads({ jobs, quiet = false }: JobsOptions & { readonly quiet?: boolean }): Pool {
  return threadPool({ threads: jobs, line: progress(quiet) });
}

export function threadPool(options: ThreadOptions): Pool {
  return { size: options.threads ?? Infinity, each: (assignment) => eachOn(options, assignment) };
}

async function eachOn<Input, Output>(options: ThreadOptions, { task, inputs, world, take, work, alone = false }: Assignment<Input, Output>): Promise<void> {
  const { line, worker = new URL('./worker.js', import.meta.url) } = options;
  const most = alone ? 1 : await threadsFor(inputs.length, work, options);
  const shared = shareAmong(most);
  const results = new Ordered(inputs.length, take);
  const workers: Worker[] = [];
  const start = async (): Promise<void> => {
    if (most === 1 || workers.length > 0) return;
    const { Worker: WorkerThread } = await import('node:worker_threads');
    for (let thread = 1; thread < most; thread++) {
      const workerData: WorkerData = { task: task.name, inputs, shared, thread, rules: fileRules(), plugins: pluginFiles(), limits: world.limits };
      workers.push(listening(new WorkerThread(worker, { workerData }), results));
    }
  };
  const record = recorder(shared, 0);
  const onProgress: typeof record = (...how) => {
    record(...how);
    line.tick();
  };
  const stop = line.watch(() => sum(shared.arrived), () => shared.now[0]!, work);
  const begun = process.uptime();
  // A task that has tasks of its own gives them to the threads only where it has these to itself.
  const inner = inputs.length === 1 ? world.pool : onThisThread;
  try {
    if (work !== undefined) await start();
    for (let index = claim(shared); index < inputs.length && !results.complete; index = claim(shared)) {
      try {
        results.add(index, await task.perform(inputs[index]!, { ...world, pool: inner, progress: onProgress }));
      } catch (error) {
        results.fail(index, error);
      }
      if (process.uptime() - begun > LONG) await start();
      // Lets the messages of the workers in.
      await new Promise(setImmediate);
    }
    await results.all();
  } finally {
    stop();
    await Promise.all(workers.map((each) => each.terminate()));
  }
}

/** How many threads the inputs are worth; never more than there are cores. */
async function threadsFor(inputs: number, work = Infinity, { threads = Infinity, worth = WORTH_A_THREAD }: ThreadOptions): Promise<number> {
  const most = Math.min(inputs, threads, 1 + Math.floor(work / worth));
  return most <= 1 ? 1 : Math.min(most, (await import('node:os')).availableParallelism());
}

function listening<Output>(worker: Worker, results: Ordered<Output>): Worker {
  worker.on('message', (message: Message) => {
    if ('result' in message) results.add(message.index, message.result as Output);
    else results.fail(message.index, errorOf(message));
  });
  worker.on('error', (error) => results.abort(error));
  return worker;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
