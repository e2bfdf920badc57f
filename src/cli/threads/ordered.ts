/** Results as they come, handed out in order. */

/** Given each result, in order; true ends it. */
export type Take<Result> = (result: Result, index: number) => boolean | void | Promise<boolean | void>;

export class Ordered<Result> {
  readonly #count: number;
  readonly #take: Take<Result>;
  readonly #results = new Map<number, { readonly result: Result } | { readonly error: unknown }>();
  readonly #done: Promise<void>;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  /** The first that is not handed out yet. */
  #next = 0;
  #handing = false;
  complete = false;

  constructor(count: number, take: Take<Result>) {
    this.#count = count;
    this.#take = take;
    this.#done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits for it hears of a failure; before anybody does, it must not bring the process down.
    this.#done.catch(() => {});
    void this.#advance();
  }

  add(index: number, result: Result): void {
    this.#results.set(index, { result });
    void this.#advance();
  }

  /** A task threw: that counts when its turn comes. */
  fail(index: number, error: unknown): void {
    this.#results.set(index, { error });
    void this.#advance();
  }

  /** A thread died. */
  abort(error: unknown): void {
    this.complete = true;
    this.#reject(error);
  }

  /** @throws what the first task in order threw, or whoever takes its result */
  all(): Promise<void> {
    return this.#done;
  }

  /** Hands out what is there, one at a time: whoever takes may take a while. */
  async #advance(): Promise<void> {
    if (this.#handing) return;
    this.#handing = true;
    try {
      while (!this.complete) {
        if (this.#next === this.#count) return this.#end();
        const found = this.#results.get(this.#next);
        if (!found) return;
        this.#results.delete(this.#next);
        if ('error' in found) return this.abort(found.error);
        if (await this.#take(found.result, this.#next++) === true) return this.#end();
      }
    } catch (error) {
      this.abort(error);
    } finally {
      this.#handing = false;
    }
  }

  #end(): void {
    this.complete = true;
    this.#resolve();
  }
}
