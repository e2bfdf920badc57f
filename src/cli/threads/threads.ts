/**
 * Tasks on several threads, results in the order of the tasks.
 *
 * This thread takes part. Every thread has all the tasks and claims the next one by a shared counter, so that
 * none waits for another; nothing but the time it takes tells how many there were.
 */
import type { Worker } from 'node:worker_threads';
import { type Fault, FaultError } from '../../core/fault.ts';
import type { RunHooks } from '../../run.ts';
import { type FileRules, fileRules } from '../io/file-uses.ts';
import type { Progress } from '../io/progress.ts';
import { perform, type ResultOf, type Task } from './tasks.ts';

/** What the threads share. */
export interface Shared {
  /** The next task that nobody has claimed. */
  readonly next: Int32Array;
  /** By thread: requests that have arrived in its runs so far, and the virtual time of the present one. */
  readonly arrived: Float64Array;
  readonly now: Float64Array;
}

export interface WorkerData {
  readonly tasks: readonly Task[];
  readonly shared: Shared;
  readonly thread: number;
  readonly rules: FileRules;
}

/** What a worker says of a task. */
export type Message = { readonly index: number } & ({ readonly result: ResultOf<Task> } | Failure);

/** An error as it goes from thread to thread: its class is lost on the way. */
interface Failure {
  readonly message: string;
  readonly stack: string | undefined;
  /** Of a FaultError; null for any other. */
  readonly faults: readonly Fault[] | null;
}

/** Requests to replay that are worth one more thread: it takes about a tenth of a second to start and to warm up. */
const WORTH_A_THREAD = 300_000;
/** More than there are cores are of no use, and each has its own memory; a few are let pass. */
const MOST_THREADS = 8;
/** Where nobody knows how much there is to do: seconds after which there is enough. */
const LONG = 0.1;

export interface ThreadOptions<Result> {
  /** At most; undefined: one for each core. */
  readonly threads: number | undefined;
  readonly line: Progress;
  /** Requests to replay in all tasks together; undefined where that is not known. */
  readonly work?: number | undefined;
  /** Whether no task after this one counts. */
  readonly isLast?: ((result: Result) => boolean) | undefined;
  /** Told of every step; only on this thread, so with `threads: 1`. */
  readonly onStep?: RunHooks['onStep'];
}

/**
 * Does the tasks.
 *
 * @returns their results in order, up to the first that `isLast`
 * @throws Error what the first task in order threw
 */
export async function doAll<Each extends Task>(
  tasks: readonly Each[], { threads, line, work, isLast = () => false, onStep }: ThreadOptions<ResultOf<Each>>,
): Promise<ResultOf<Each>[]> {
  const most = await threadsFor(tasks.length, threads, work);
  const shared = shareAmong(most);
  const results = new Ordered<ResultOf<Each>>(tasks.length, isLast);
  const workers: Worker[] = [];
  const start = async (): Promise<void> => {
    if (most === 1 || workers.length > 0) return;
    const threadModule = await import('node:worker_threads');
    for (let thread = 1; thread < most; thread++) workers.push(startWorker(threadModule.Worker, { tasks, shared, thread, rules: fileRules() }, results));
  };
  const record = recorder(shared, 0);
  const onProgress: typeof record = (...progress) => {
    record(...progress);
    line.tick();
  };
  const stop = line.watch(() => sum(shared.arrived), () => shared.now[0]!, work);
  const begun = process.uptime();
  try {
    if (work !== undefined) await start();
    for (let index = claim(shared); index < tasks.length && !results.complete; index = claim(shared)) {
      try {
        results.add(index, await perform(tasks[index]!, { onProgress, onStep }));
      } catch (error) {
        results.fail(index, error);
      }
      if (process.uptime() - begun > LONG) await start();
      // Lets the messages of the workers in.
      await new Promise(setImmediate);
    }
    return await results.all();
  } finally {
    stop();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** How many threads the tasks are worth. */
async function threadsFor(tasks: number, threads: number | undefined, work = Infinity): Promise<number> {
  const worth = Math.min(tasks, 1 + Math.floor(work / WORTH_A_THREAD));
  if (worth <= 1) return 1;
  const cores = (await import('node:os')).availableParallelism();
  return Math.min(worth, threads ?? cores, Math.max(cores, MOST_THREADS));
}

/** Records for all threads how far the runs of this one are: the total of those before, and the present one. */
export function recorder({ arrived, now }: Shared, thread: number): (scheduler: string, requests: number, time: number) => void {
  let before = arrived[thread]!;
  let last = 0;
  return (_scheduler, requests, time) => {
    if (requests < last) before += last;
    last = requests;
    arrived[thread] = before + requests;
    now[thread] = time;
  };
}

/** The number of a task that is from now on this thread's; there may be none of that number. */
export function claim({ next }: Shared): number {
  return Atomics.add(next, 0, 1);
}

function shareAmong(threads: number): Shared {
  return {
    next: new Int32Array(new SharedArrayBuffer(4)),
    arrived: new Float64Array(new SharedArrayBuffer(8 * threads)),
    now: new Float64Array(new SharedArrayBuffer(8 * threads)),
  };
}

function startWorker<Result>(type: typeof Worker, data: WorkerData, results: Ordered<Result>): Worker {
  const worker = new type(new URL('./worker.js', import.meta.url), { workerData: data });
  worker.on('message', (message: Message) => {
    if ('result' in message) results.add(message.index, message.result as Result);
    else results.fail(message.index, errorOf(message));
  });
  worker.on('error', (error) => results.abort(error));
  return worker;
}

export function failureOf(error: unknown): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { message, stack, faults: error instanceof FaultError ? error.faults : null };
}

function errorOf({ message, stack, faults }: Failure): Error {
  if (faults) return new FaultError(faults);
  return Object.assign(new Error(message), stack !== undefined && { stack });
}

/** Results as they come, given out in order. */
class Ordered<Result> {
  readonly #results: (Result | undefined)[];
  readonly #failures = new Map<number, unknown>();
  readonly #isLast: (result: Result) => boolean;
  readonly #done: Promise<Result[]>;
  #resolve!: (results: Result[]) => void;
  #reject!: (error: unknown) => void;
  /** Results in order that are there. */
  #ready = 0;
  complete = false;

  constructor(count: number, isLast: (result: Result) => boolean) {
    this.#results = Array.from({ length: count }, () => undefined);
    this.#isLast = isLast;
    this.#done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits for it hears of a failure; before anybody does, it must not bring the process down.
    this.#done.catch(() => {});
    if (count === 0) this.#end(0);
  }

  add(index: number, result: Result): void {
    this.#results[index] = result;
    this.#advance();
  }

  /** A task threw: that counts when its turn comes. */
  fail(index: number, error: unknown): void {
    this.#failures.set(index, error);
    this.#advance();
  }

  /** A thread died. */
  abort(error: unknown): void {
    this.complete = true;
    this.#reject(error);
  }

  all(): Promise<Result[]> {
    return this.#done;
  }

  #advance(): void {
    while (!this.complete) {
      if (this.#failures.has(this.#ready)) return this.abort(this.#failures.get(this.#ready));
      const result = this.#results[this.#ready];
      if (result === undefined) return;
      this.#ready++;
      if (this.#isLast(result) || this.#ready === this.#results.length) this.#end(this.#ready);
    }
  }

  #end(count: number): void {
    this.complete = true;
    this.#resolve(this.#results.slice(0, count) as Result[]);
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
