/**
 * How many of those that decode together need a KV block in which step. Each grows by a token a step, so where it stands
 * within a block, less the steps that all have taken, never changes.
 */
export class BlockPhases {
  /** By tokens less steps, modulo the block size. Empty where nobody grows. */
  readonly #members: Int32Array;

  /** @param blockSize 0: nobody takes blocks as it grows */
  constructor(blockSize: number) {
    this.#members = new Int32Array(blockSize);
  }

  /** @param computed tokens that it had when no step was taken: less one for each step that was */
  enter(computed: number): void {
    if (this.#members.length > 0) this.#members[this.#phase(computed)]!++;
  }

  leave(computed: number): void {
    if (this.#members.length > 0) this.#members[this.#phase(computed)]!--;
  }

  /** Blocks that all of them need for the step after so many. */
  blocksAfter(steps: number): number {
    return this.#members[this.#phase(-steps)]!;
  }

  clear(): void {
    this.#members.fill(0);
  }

  /** Least non-negative remainder, for whole numbers beyond 32 bits (`%` on doubles is an order slower). */
  #phase(value: number): number {
    const size = this.#members.length;
    return value - size * Math.floor(value / size);
  }
}
