/**
 * The paged KV cache as a count of blocks. Without `kvCache` in the scenario nothing is counted and
 * everything fits.
 *
 * Which blocks a request holds never matters to scheduling (prefix caching is off), only how many: enough
 * for its computed tokens, or, with `admission: completion`, for all it will ever compute.
 */
import type { KvCacheOptions } from './options.ts';

export class KvCache {
  readonly limited: boolean;
  readonly blocks: number;
  readonly blockSize: number;
  /** Blocks to be left free when admitting while anything runs. vLLM counts its null block in, so do we. */
  readonly watermark: number;
  readonly admission: KvCacheOptions['admission'];
  free: number;
  #leastFree: number;

  constructor(options: KvCacheOptions | undefined) {
    this.limited = options !== undefined;
    this.blocks = options?.blocks ?? 0;
    this.blockSize = options?.blockSize ?? 1;
    this.admission = options?.admission ?? 'chunk';
    this.watermark = options ? Math.floor(options.watermark * (options.blocks + 1)) : 0;
    this.free = this.blocks;
    this.#leastFree = this.blocks;
  }

  /** Whether requests take blocks as they grow, rather than all at admission. */
  get grows(): boolean {
    return this.limited && this.admission !== 'completion';
  }

  /** Blocks that hold this many tokens: 0 when the cache is not limited. */
  blocksFor(tokens: number): number {
    return this.limited ? Math.ceil(tokens / this.blockSize) : 0;
  }

  allocate(blocks: number): void {
    this.free -= blocks;
  }

  release(blocks: number): void {
    this.free += blocks;
  }

  /** To be called when a step has been planned: what is held then is held while it runs. */
  measure(): void {
    if (this.free < this.#leastFree) this.#leastFree = this.free;
  }

  /** Most blocks held in a step; null when the cache is not limited. */
  get peak(): number | null {
    return this.limited ? this.blocks - this.#leastFree : null;
  }
}
