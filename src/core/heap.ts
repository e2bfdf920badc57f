/**
 * A binary min-heap of (key, id), ordered by key, then by id: ties are never left to chance.
 *
 * Two flat arrays, no objects, no comparator: a million waiting requests are pushed and popped without
 * garbage.
 */
export class KeyedHeap {
  #keys = new Float64Array(16);
  #ids = new Uint32Array(16);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The least key. Only meaningful while `size` > 0. */
  get minKey(): number {
    return this.#keys[0]!;
  }

  /** The id at the top. Only meaningful while `size` > 0. */
  get minId(): number {
    return this.#ids[0]!;
  }

  push(key: number, id: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const ids = this.#ids;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parentKey = keys[parent]!;
      if (parentKey < key || (parentKey === key && ids[parent]! < id)) break;
      keys[hole] = parentKey;
      ids[hole] = ids[parent]!;
      hole = parent;
    }
    keys[hole] = key;
    ids[hole] = id;
  }

  /** Removes the top and returns its id. Only called while `size` > 0. */
  pop(): number {
    const keys = this.#keys;
    const ids = this.#ids;
    const top = ids[0]!;
    const size = --this.#size;
    const key = keys[size]!;
    const id = ids[size]!;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      const right = child + 1;
      if (right < size && (keys[right]! < keys[child]! || (keys[right] === keys[child] && ids[right]! < ids[child]!))) child = right;
      const childKey = keys[child]!;
      if (key < childKey || (key === childKey && id < ids[child]!)) break;
      keys[hole] = childKey;
      ids[hole] = ids[child]!;
      hole = child;
    }
    keys[hole] = key;
    ids[hole] = id;
    return top;
  }

  clear(): void {
    this.#size = 0;
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    const ids = new Uint32Array(keys.length);
    keys.set(this.#keys);
    ids.set(this.#ids);
    this.#keys = keys;
    this.#ids = ids;
  }
}
