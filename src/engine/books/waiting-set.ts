/** Which classes have requests waiting: a set that changes by one class at a time, and a name for each set that occurs. */

/** Bits of a word: one less than an Int32Array holds, so that no name is negative. */
const BITS = 31;

export class WaitingSet {
  /** Classes in it. */
  size = 0;
  readonly #words: Int32Array;

  constructor(classes: number) {
    this.#words = new Int32Array(Math.max(1, Math.ceil(classes / BITS)));
  }

  has(classIndex: number): boolean {
    return ((this.#words[Math.floor(classIndex / BITS)]! >> classIndex % BITS) & 1) === 1;
  }

  /** Puts a class in, or takes it out. Returns whether it is in now. */
  flip(classIndex: number): boolean {
    this.#words[Math.floor(classIndex / BITS)]! ^= 1 << classIndex % BITS;
    const isIn = this.has(classIndex);
    this.size += isIn ? 1 : -1;
    return isIn;
  }

  /** The same for the same set, whatever came before: a number where one word holds it. */
  get key(): number | string {
    return this.#words.length === 1 ? this.#words[0]! : this.#words.join();
  }

  /** Ascending. */
  members(): number[] {
    const members: number[] = [];
    for (let c = 0; c < this.#words.length * BITS; c++) if (this.has(c)) members.push(c);
    return members;
  }
}
