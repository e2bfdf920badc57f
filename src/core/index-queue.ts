/**
 * A queue that is always in ascending order: appending the greatest and taking the least are constant.
 *
 * Requests arrive in order of index and wait in it. One that comes back belongs near the front, so its place is
 * looked for from there.
 */
export class IndexQueue {
  #ring = new Uint32Array(16);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The least. Only meaningful while `size` > 0. */
  get first(): number {
    return this.#ring[this.#head]!;
  }

  add(index: number): void {
    if (this.#size === this.#ring.length) this.#grow();
    const ring = this.#ring;
    const mask = ring.length - 1;
    let at = (this.#head + this.#size) & mask;
    if (this.#size > 0 && index < ring[(at - 1) & mask]!) {
      at = this.#head = (this.#head - 1) & mask;
      for (let after = (at + 1) & mask; ring[after]! < index; after = (after + 1) & mask) {
        ring[at] = ring[after]!;
        at = after;
      }
    }
    ring[at] = index;
    this.#size++;
  }

  /** Removes and returns the least. Only called while `size` > 0. */
  take(): number {
    const index = this.#ring[this.#head]!;
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#size--;
    return index;
  }

  #grow(): void {
    const mask = this.#ring.length - 1;
    const ring = new Uint32Array(this.#ring.length * 2);
    for (let i = 0; i < this.#size; i++) ring[i] = this.#ring[(this.#head + i) & mask]!;
    this.#ring = ring;
    this.#head = 0;
  }
}
