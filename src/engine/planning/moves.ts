/**
 * What a plan can do: give tokens to a running request, let a waiting one in, put a running one back. Each move keeps
 * budget, KV blocks, batch, queue and books in step with each other; in which order they are made is the plan's business.
 */
import type { Micros } from '../../core/time.ts';
import type { RequestTable } from '../../workload/request-table.ts';
import type { Batch } from '../batch.ts';
import type { Columns } from '../books/columns.ts';
import type { Ledger } from '../books/ledger.ts';
import type { KvCache } from '../kv-cache.ts';
import { promptLength } from '../limits.ts';
import type { EngineOptions } from '../options.ts';
import type { Progress } from '../progress.ts';
import type { Queue } from '../queue.ts';
import type { Watch } from '../watch.ts';

/** Large enough never to bind, small enough for exact sums. */
const UNLIMITED = 2 ** 50;

const NOBODY: readonly number[] = [];

/** What the moves move. */
export interface Parts {
  readonly table: RequestTable;
  readonly options: EngineOptions;
  readonly batch: Batch;
  readonly kv: KvCache;
  readonly queue: Queue;
  readonly ledger: Ledger;
  readonly columns: Columns;
  readonly watch: Watch;
}

/** A waiting request, as far as admission looks at it. */
export interface Candidate {
  request: number;
  progress: Progress | undefined;
  /** Prompt and output tokens so far. */
  length: number;
  /** Tokens it would take in a step with budget enough. */
  wanted: number;
}

export class Moves {
  /** Tokens that the step being planned has left. */
  budget = 0;
  /** Tokens that each of the group has been given in this step: 0 or 1. */
  #groupGiven = 0;
  /** Requests preempted in this step, in order. */
  readonly preempted: number[] = [];
  /** One object for all: requests are looked at in every step. */
  readonly #candidate: Candidate = { request: -1, progress: undefined, length: 0, wanted: 0 };
  readonly chunked: boolean;
  readonly slots: number;
  readonly threshold: number;
  readonly #tokens: number;
  readonly #table: RequestTable;
  readonly #batch: Batch;
  readonly #kv: KvCache;
  readonly #queue: Queue;
  readonly #ledger: Ledger;
  readonly #columns: Columns;

  constructor({ table, options, batch, kv, queue, ledger, columns }: Parts) {
    this.chunked = options.chunkedPrefill;
    this.slots = options.maxBatchSize;
    this.threshold = options.longPrefillThreshold > 0 ? options.longPrefillThreshold : UNLIMITED;
    this.#tokens = options.maxBatchTokens ?? UNLIMITED;
    this.#table = table;
    this.#batch = batch;
    this.#kv = kv;
    this.#queue = queue;
    this.#ledger = ledger;
    this.#columns = columns;
  }

  /** A step begins to be planned. */
  begin(): void {
    if (this.preempted.length > 0) this.preempted.length = 0;
    this.budget = this.#tokens;
    this.#groupGiven = 0;
  }

  /**
   * The policy's first waiting request, as long as it is asked for no other; undefined when there is none, or when it was
   * preempted in this very step.
   */
  candidate(): Candidate | undefined {
    const request = this.#queue.next();
    if (request < 0 || (this.preempted.length > 0 && this.preempted.includes(request))) return undefined;
    const progress = this.#queue.progressOf(request);
    const candidate = this.#candidate;
    candidate.request = request;
    candidate.progress = progress;
    candidate.length = promptLength(this.#table, request) + (progress ? progress.generated : 0);
    candidate.wanted = Math.min(candidate.length - (progress ? progress.computed : 0), this.threshold);
    return candidate;
  }

  /** Whether the budget lets a request in: by a token, or without chunked prefill by all that it wants. */
  affords(wanted: number): boolean {
    return this.budget >= (this.chunked ? 1 : wanted);
  }

  /**
   * Whether a slot and the KV blocks that admission asks for are free.
   *
   * @param tokens those that it would be given
   * @param free KV blocks
   * @param running requests in the batch
   */
  hasRoom({ request, length }: Candidate, tokens: number, free: number, running: number): boolean {
    if (running >= this.slots) return false;
    if (!this.#kv.limited) return true;
    const { admission } = this.#kv;
    const needed = admission === 'full-length' ? length : admission === 'chunk' ? tokens : this.#lifetime(request);
    return this.#kv.blocksFor(needed) <= free - (running > 0 ? this.#kv.watermark : 0);
  }

  /**
   * Lets the candidate in, with what it wants or what is left of the budget. Budget and room are there, or will be once
   * the requests in the slots `victims` are back in the queue: that they are before it starts, but after it has left.
   */
  admit({ request, progress, wanted }: Candidate, now: Micros, victims: readonly number[] = NOBODY): void {
    this.#queue.admit(request);
    for (const slot of victims) this.preempt(slot);
    const tokens = Math.min(wanted, this.budget);
    const slot = this.#batch.admit(request, promptLength(this.#table, request), this.#columns.outputTokens[request]!, progress);
    this.#batch.planned[slot] = tokens;
    if (this.#kv.limited) {
      const blocks = this.#kv.blocksFor(this.#kv.grows ? this.#batch.computed(slot) + tokens : this.#lifetime(request));
      if (!this.#kv.grows) this.#batch.reserved[slot] = blocks;
      this.#kv.allocate(blocks);
    }
    this.budget -= tokens;
    if (progress) return;
    this.#columns.admitted[request] = now;
    this.#ledger.admit(this.#table.class[request]!, this.#table.promptTokens[request]!);
  }

  /** Tokens that a loose running request takes: what it lacks, as far as threshold and budget let it. */
  tokensFor(slot: number): number {
    return Math.min(this.#batch.remaining(slot), this.threshold, this.budget);
  }

  /** Blocks that a running request needs beyond those it has, to compute `tokens` more. */
  growth(slot: number, tokens: number): number {
    if (!this.#kv.grows) return 0;
    const computed = this.#batch.computed(slot);
    return this.#kv.blocksFor(computed + tokens) - this.#kv.blocksFor(computed);
  }

  /** What a running request would take that has been given nothing yet, if the budget were no limit. */
  wantedBy(slot: number): number {
    return this.#batch.isGrouped(slot) ? 1 : Math.min(this.#batch.remaining(slot), this.threshold);
  }

  /** Gives tokens to a loose running request, and the blocks for them, which are free. */
  give(slot: number, tokens: number, blocks: number): void {
    if (blocks > 0) this.#kv.allocate(blocks);
    this.#batch.planned[slot] = tokens;
    this.budget -= tokens;
  }

  /** Gives every request of the group its token, and the blocks for it, which are free. */
  giveGroup(): void {
    this.#groupGiven = 1;
    this.budget -= this.#batch.decoding;
    if (this.#kv.grows) this.#kv.allocate(this.#batch.blocksForTick());
  }

  /** Tokens that a running request has been given in this step. */
  given(slot: number): number {
    return this.#batch.isGrouped(slot) ? this.#groupGiven : this.#batch.planned[slot]!;
  }

  /** Blocks that a running request holds. */
  held(slot: number): number {
    if (!this.#kv.grows) return this.#batch.reserved[slot]!;
    return this.#kv.blocksFor(this.#batch.computed(slot) + this.given(slot));
  }

  /** Whether a running request, once it has lost its KV, could compute prompt and output so far in one step. */
  canReturn(slot: number): boolean {
    return Math.min(this.#batch.prompt[slot]! + this.#batch.generated(slot), this.threshold) <= this.#tokens;
  }

  /** Puts a running request back into the queue. What it was given in this step is there for others. */
  preempt(slot: number): void {
    const batch = this.#batch;
    const request = batch.request[slot]!;
    const computed = batch.computed(slot);
    this.budget += this.given(slot);
    if (this.#kv.limited) this.#kv.release(this.held(slot));
    const progress = {
      // With a limited KV cache its blocks go, and with them what it had computed; else nothing is taken but the slot.
      computed: this.#kv.limited ? 0 : computed,
      generated: batch.generated(slot),
      highWater: Math.max(batch.highWater[slot]!, computed),
      lastToken: batch.lastTokenOf(slot),
    };
    batch.planned[slot] = 0;
    batch.remove(slot);
    this.#queue.putBack(request, progress);
    this.#columns.preempt(request);
    this.preempted.push(request);
  }

  /** Frees slot and blocks of a request that has finished. */
  release(slot: number): void {
    if (this.#kv.limited) this.#kv.release(this.#kv.grows ? this.#kv.blocksFor(this.#batch.computed(slot)) : this.#batch.reserved[slot]!);
    this.#batch.remove(slot);
  }

  /**
   * Allocates the blocks of up to `steps` steps of the group, the first of them `ahead` steps from now. Returns for how
   * many there were blocks enough.
   */
  allocateAhead(ahead: number, steps: number): number {
    const batch = this.#batch;
    const { blockSize } = this.#kv;
    // Over a whole block's worth of steps each of the group takes one block.
    const rounds = Math.floor(steps / blockSize);
    let done = 0;
    if (rounds > 0 && rounds * batch.decoding <= this.#kv.free) {
      this.#kv.allocate(rounds * batch.decoding);
      done = rounds * blockSize;
    }
    for (; done < steps; done++) {
      const blocks = batch.blocksForTick(ahead + done);
      if (blocks === 0) continue;
      if (blocks > this.#kv.free) return done;
      this.#kv.allocate(blocks);
    }
    return steps;
  }

  /** Tokens a request will ever have computed: its last output is never fed back. */
  #lifetime(request: number): number {
    return promptLength(this.#table, request) + this.#columns.outputTokens[request]! - 1;
  }
}
