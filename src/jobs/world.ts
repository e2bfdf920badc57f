/**
 * What a job needs of the place it runs in: a process with files and threads, a test, a page in a browser.
 *
 * A job is `(input, world) => result`: plain data in, plain data out, what is wrong with the input as a
 * FaultError. It prints nothing, writes nothing and ends nothing.
 */
import type { Limits } from '../run/limits.ts';
import type { RunHooks } from '../run.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import type { FileAccess } from '../workload/files.ts';

export interface World {
  readonly files: Files;
  readonly pool: Pool;
  /** Policies that the user brings along, beside those of this project. */
  readonly policies: readonly PolicyDefinition<never>[];
  /** Told now and then how far a run is. */
  readonly progress?: RunHooks['onProgress'];
  /** How much a scenario may ask for. */
  readonly limits: Limits;
  /** Of sched. */
  readonly version: string;
}

/** Files by the names that the user gives them; `-` is standard input. */
export interface Files {
  /** All of a file. @throws FaultError when it cannot be read, or holds more than so many mebibytes */
  read(file: string, mebibytes: number): Promise<Uint8Array>;
  /** The same of a file that need not be there: null when it is not. */
  readIfPresent(file: string, mebibytes: number): Promise<Uint8Array | null>;
  /** The files that a scenario names, which are relative to its folder. */
  beside(scenario: string): FileAccess;
  /** What the user calls a file that a scenario names. */
  nameBeside(scenario: string, file: string): string;
}

type MaybePromise<Value> = Value | Promise<Value>;

/** Something to be done many times, on whichever thread: plain data in and out, but where `alone` is said. */
export interface Task<Input, Output> {
  /** By which another thread finds it. */
  readonly name: string;
  perform(input: Input, world: World): Promise<Output>;
}

export interface Assignment<Input, Output> {
  readonly task: Task<Input, Output>;
  readonly inputs: readonly Input[];
  /** For those that are done on this thread. */
  readonly world: World;
  /** Given the output of each, in the order of the inputs; true ends it: no later one counts. */
  take(output: Output, index: number): MaybePromise<boolean | void>;
  /** Requests to replay in all of them; undefined where nobody knows. */
  readonly work?: number | undefined;
  /** Whether all of it is to be done on this thread, because the input holds more than data. */
  readonly alone?: boolean;
}

export interface Pool {
  /** Most tasks that are done at the same time. */
  readonly size: number;
  /** Does a task for each input. @throws what the first of them in order threw */
  each<Input, Output>(assignment: Assignment<Input, Output>): Promise<void>;
}

/** One after the other, on this thread. */
export const onThisThread: Pool = {
  size: 1,
  async each({ task, inputs, world, take }) {
    for (const [index, input] of inputs.entries()) if (await take(await task.perform(input, world), index) === true) return;
  },
};
