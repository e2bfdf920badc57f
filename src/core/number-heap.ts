/**
 * A binary min-heap of bare numbers: half the memory traffic and one comparison where KeyedHeap has two.
 *
 * For entries whose order and identity both fit in one exact integer: position x width + id, below 2^53.
 */
export class NumberHeap {
  #values = new Float64Array(16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The least value. Only meaningful while `size` > 0. */
  get min(): number {
    return this.#values[0]!;
  }

  push(value: number): void {
    if (this.#size === this.#values.length) this.#grow();
    const values = this.#values;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = values[parent]!;
      if (above <= value) break;
      values[hole] = above;
      hole = parent;
    }
    values[hole] = value;
  }

  /** Removes the least value. Only called while `size` > 0. */
  pop(): void {
    const values = this.#values;
    const size = --this.#size;
    const value = values[size]!;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      let least = values[child]!;
      const right = child + 1;
      if (right < size && values[right]! < least) {
        child = right;
        least = values[right]!;
      }
      if (value <= least) break;
      values[hole] = least;
      hole = child;
    }
    values[hole] = value;
  }

  /** Takes the same amount from every value, which leaves their order as it is. */
  subtract(amount: number): void {
    for (let i = 0; i < this.#size; i++) this.#values[i]! -= amount;
  }

  clear(): void {
    this.#size = 0;
  }

  #grow(): void {
    const values = new Float64Array(this.#values.length * 2);
    values.set(this.#values);
    this.#values = values;
  }
}
