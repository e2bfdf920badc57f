/**
 * Plans one step: who gets how many tokens, who is admitted, who is preempted.
 *
 * The rules are those of vLLM's V1 scheduler (docs/model.md; restated with the oracles under test/oracles):
 * running requests first, in order of admission, then the policy's head while slots, token budget and KV
 * blocks last, strictly head of line. Without limits this is the seed model's "fill the free slots".
 */
import type { Policy } from '../schedulers/policy.ts';
import type { RequestTable } from '../workload/request-table.ts';
import type { Batch } from './batch.ts';
import type { Columns } from './books/columns.ts';
import type { KvCache } from './kv-cache.ts';
import type { Ledger } from './books/ledger.ts';
import { promptLength } from './limits.ts';
import type { EngineOptions } from './options.ts';
import type { Progress } from './progress.ts';
import type { Waiting } from './waiting.ts';

/** Large enough never to bind, small enough for exact sums. */
const UNLIMITED = 2 ** 50;

export class Planner {
  /** Requests preempted in this step, in order. */
  readonly preempted: number[] = [];
  /** Whether admission stopped with a request at the head of the queue. */
  blocked = false;
  /** Whether only tokens were lacking: it may be let in by eviction once blocks are lacking too. */
  lacksTokens = false;
  readonly tokenBudget: number;
  readonly #table: RequestTable;
  readonly #options: EngineOptions;
  readonly #policy: Policy;
  readonly #batch: Batch;
  readonly #kv: KvCache;
  readonly #waiting: Waiting;
  readonly #ledger: Ledger;
  readonly #columns: Columns;
  readonly #threshold: number;
  #budget = 0;
  readonly #runningRequests: Int32Array;
  readonly #runningSlots: Int32Array;
  /** The request that may evict nobody of the batch as it was at that version. */
  #refused = -1;
  #refusedAt = -1;

  constructor(
    table: RequestTable,
    options: EngineOptions,
    policy: Policy,
    parts: { batch: Batch; kv: KvCache; waiting: Waiting; ledger: Ledger; columns: Columns },
  ) {
    this.#table = table;
    this.#options = options;
    this.#policy = policy;
    this.#batch = parts.batch;
    this.#kv = parts.kv;
    this.#waiting = parts.waiting;
    this.#ledger = parts.ledger;
    this.#columns = parts.columns;
    this.tokenBudget = options.maxBatchTokens ?? UNLIMITED;
    this.#threshold = options.longPrefillThreshold > 0 ? options.longPrefillThreshold : UNLIMITED;
    this.#runningRequests = new Int32Array(parts.batch.capacity);
    this.#runningSlots = new Int32Array(parts.batch.capacity);
  }

  /**
   * Plans the step that starts at `now`. Afterwards the group takes a step if it is not empty, and the loose
   * slots with `planned` > 0 take theirs.
   *
   * @param groupToken end of the group's last step
   * @param single plan every request by itself, even where the group could be planned as one
   */
  plan(now: number, groupToken: number, single: boolean): void {
    if (this.preempted.length > 0) this.preempted.length = 0;
    this.blocked = false;
    this.lacksTokens = false;
    const wasEmpty = this.#batch.count === 0;
    this.#budget = this.tokenBudget;
    this.#planRunning(groupToken, single);
    // A step that had to preempt for KV blocks admits nobody.
    if (this.preempted.length === 0 && (wasEmpty || this.#options.batching === 'continuous')) this.#admit(now, groupToken);
    else this.blocked = this.#waiting.count > 0;
    this.#waiting.measure();
  }

  #planRunning(groupToken: number, single: boolean): void {
    const batch = this.#batch;
    if (batch.decoding > 0) {
      if (single || batch.isWorn || !this.#groupFits()) {
        batch.dissolve(groupToken);
      } else {
        this.#budget -= batch.decoding;
        if (this.#kv.grows) this.#kv.allocate(batch.blocksForTick());
      }
    }
    for (let i = 0; i < batch.looseCount && this.#budget > 0; i++) {
      const slot = batch.loose[i]!;
      const tokens = Math.min(batch.remaining(slot), this.#threshold, this.#budget);
      const need = this.#growth(slot, tokens);
      let passed = 0;
      while (this.#kv.free < need) {
        const victim = this.#preemptForBlocks(slot);
        if (victim.slot === slot) return;
        if (victim.looseAt >= 0 && victim.looseAt < i) i--;
        if (victim.passes) passed++;
      }
      if (need > 0) this.#kv.allocate(need);
      batch.planned[slot] = tokens;
      this.#budget -= tokens;
      for (let behind = batch.after(slot); passed > 0 && behind >= 0; behind = batch.after(behind), passed--) {
        if (!batch.isDone(behind)) i++;
      }
    }
  }

  /**
   * Whether planning the group as one gives what planning one by one would: its tokens and blocks are there,
   * and nobody who comes before one of the group in order of admission is cut short by the budget.
   */
  #groupFits(): boolean {
    const batch = this.#batch;
    let budget = this.#budget - batch.decoding;
    let free = this.#kv.free - (this.#kv.grows ? batch.blocksForTick() : 0);
    if (budget < 0 || free < 0) return false;
    for (let i = 0; i < batch.looseCount; i++) {
      const slot = batch.loose[i]!;
      const wanted = Math.min(batch.remaining(slot), this.#threshold);
      const tokens = Math.min(wanted, budget);
      if (tokens < wanted) {
        for (let later = batch.after(slot); later >= 0; later = batch.after(later)) if (batch.isGrouped(later)) return false;
      }
      budget -= tokens;
      free -= this.#growth(slot, tokens);
      if (free < 0) return false;
    }
    return true;
  }

  /** Blocks that a loose running request needs beyond those it has, to compute `tokens` more. */
  #growth(slot: number, tokens: number): number {
    if (!this.#kv.grows) return 0;
    const computed = this.#batch.computed(slot);
    return this.#kv.blocksFor(computed + tokens) - this.#kv.blocksFor(computed);
  }

  #admit(now: number, groupToken: number): void {
    const { maxBatchSize, chunkedPrefill } = this.#options;
    for (;;) {
      const request = this.#waiting.head();
      if (request < 0) return;
      this.blocked = true;
      // Evicted for a more urgent request a moment ago: not in the same step.
      if (this.preempted.length > 0 && this.preempted.includes(request)) return;
      const progress = this.#waiting.progressOf(request);
      const length = promptLength(this.#table, request) + (progress?.generated ?? 0);
      const wanted = Math.min(length - (progress?.computed ?? 0), this.#threshold);
      const tokens = Math.min(wanted, this.#budget);
      if (this.#batch.count >= maxBatchSize || !this.#fits(request, length, tokens, this.#kv.free, this.#batch.count)) {
        if (!this.#makeRoom(request, length, wanted, groupToken)) return;
        continue;
      }
      this.lacksTokens = tokens <= 0 || (!chunkedPrefill && tokens < wanted);
      if (this.lacksTokens) return;
      this.#place(request, tokens, progress, now);
      this.blocked = false;
    }
  }

  /** Whether the KV blocks that admission asks for are free. */
  #fits(request: number, length: number, tokens: number, free: number, running: number): boolean {
    if (!this.#kv.limited) return true;
    const { admission } = this.#kv;
    const needed = admission === 'full-length' ? length : admission === 'chunk' ? tokens : this.#lifetime(request);
    return this.#kv.blocksFor(needed) <= free - (running > 0 ? this.#kv.watermark : 0);
  }

  /** Tokens a request will ever have computed: its last output is never fed back. */
  #lifetime(request: number): number {
    return promptLength(this.#table, request) + this.#columns.outputTokens[request]! - 1;
  }

  #place(request: number, tokens: number, progress: Progress | undefined, now: number): void {
    const slot = this.#batch.admit(request, promptLength(this.#table, request), this.#columns.outputTokens[request]!, progress);
    this.#batch.planned[slot] = tokens;
    if (this.#kv.limited) {
      const blocks = this.#kv.blocksFor(this.#kv.grows ? this.#batch.computed(slot) + tokens : this.#lifetime(request));
      if (!this.#kv.grows) this.#batch.reserved[slot] = blocks;
      this.#kv.allocate(blocks);
    }
    this.#budget -= tokens;
    this.#waiting.take();
    if (progress) return;
    this.#columns.admitted[request] = now;
    this.#ledger.admit(this.#table.class[request]!, this.#table.promptTokens[request]!);
  }

  /**
   * The running request in slot `needy` needs a block and none is free: the policy says who gives way.
   *
   * `passes`: a victim that comes before it and got no tokens in this step makes vLLM pass over one of those
   * behind it, for this step: its loop counts its place among the running back only for a victim that it
   * takes tokens from (vllm/v1/core/sched/scheduler.py, `req_index`). With async scheduling that is one
   * whose last token is on its way.
   */
  #preemptForBlocks(needy: number): { slot: number; looseAt: number; passes: boolean } {
    const count = this.#batch.inOrder(this.#runningRequests, this.#runningSlots, true);
    const at = this.#policy.victim(this.#runningRequests, count);
    const slot = this.#runningSlots[at]!;
    const looseAt = this.#batch.isDone(slot) ? -1 : this.#batch.loose.indexOf(slot);
    const passes = this.#batch.planned[slot] === 0 && at < this.#runningSlots.indexOf(needy);
    this.#preempt(slot, NaN);
    return { slot, looseAt, passes };
  }

  /**
   * Evicts less urgent running requests, least urgent first, until the waiting one fits; evicts nobody if
   * that cannot be reached. Returns whether anybody was evicted.
   */
  #makeRoom(request: number, length: number, wanted: number, groupToken: number): boolean {
    if (!this.#policy.mayPreempt) return false;
    if (this.#refused === request && this.#refusedAt === this.#batch.version) return false;
    const { maxBatchSize, chunkedPrefill } = this.#options;
    let candidates = this.#evictable();
    let running = this.#batch.count;
    let free = this.#kv.free;
    let budget = this.#budget;
    const chosen: number[] = [];
    const needed = chunkedPrefill ? 1 : wanted;
    while (running >= maxBatchSize || budget < needed || !this.#fits(request, length, Math.min(wanted, budget), free, running)) {
      if (candidates === 0) return false;
      const at = this.#policy.victim(this.#runningRequests, candidates);
      const slot = this.#runningSlots[at]!;
      if (!this.#policy.mayPreempt(request, this.#runningRequests[at]!)) {
        if (chosen.length === 0) {
          this.#refused = request;
          this.#refusedAt = this.#batch.version;
        }
        return false;
      }
      chosen.push(slot);
      running--;
      free += this.#held(slot);
      budget += this.#plannedTokens(slot);
      this.#runningRequests.copyWithin(at, at + 1, candidates);
      this.#runningSlots.copyWithin(at, at + 1, candidates);
      candidates--;
    }
    for (const slot of chosen) this.#preempt(slot, groupToken);
    return chosen.length > 0;
  }

  /**
   * Those running that could come back, in order of admission, into `runningRequests` and `runningSlots`; returns how many.
   *
   * Without chunked prefill, one that has grown beyond a step's tokens could not: all it has would have to be
   * computed in one piece. Only `admission: completion` lets such a request in: it is never evicted for blocks.
   */
  #evictable(): number {
    const batch = this.#batch;
    const count = batch.inOrder(this.#runningRequests, this.#runningSlots, false);
    if (this.#options.chunkedPrefill || !this.#kv.limited || this.#kv.grows) return count;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const slot = this.#runningSlots[i]!;
      if (Math.min(batch.prompt[slot]! + batch.generated(slot), this.#threshold) > this.tokenBudget) continue;
      this.#runningRequests[kept] = this.#runningRequests[i]!;
      this.#runningSlots[kept++] = slot;
    }
    return kept;
  }

  #plannedTokens(slot: number): number {
    return this.#batch.isGrouped(slot) ? 1 : this.#batch.planned[slot]!;
  }

  #held(slot: number): number {
    const batch = this.#batch;
    if (!this.#kv.grows) return batch.reserved[slot]!;
    return this.#kv.blocksFor(batch.computed(slot) + this.#plannedTokens(slot));
  }

  /**
   * Allocates the blocks of up to `steps` steps of the group, the first of them `ahead` steps from now.
   * Returns for how many there were blocks enough, and no reason to plan anew.
   */
  allocateAhead(ahead: number, steps: number): number {
    const batch = this.#batch;
    const { blockSize } = this.#kv;
    // Over a whole block's worth of steps each of the group takes one block.
    const rounds = Math.floor(steps / blockSize);
    let done = 0;
    if (rounds > 0 && !this.lacksTokens && rounds * batch.decoding <= this.#kv.free) {
      this.#kv.allocate(rounds * batch.decoding);
      done = rounds * blockSize;
    }
    for (; done < steps; done++) {
      const blocks = batch.blocksForTick(ahead + done);
      if (blocks === 0) continue;
      if (blocks > this.#kv.free || this.lacksTokens) return done;
      this.#kv.allocate(blocks);
    }
    return steps;
  }

  /** Frees slot and blocks of a request that has finished. */
  release(slot: number): void {
    if (this.#kv.limited) this.#kv.release(this.#kv.grows ? this.#kv.blocksFor(this.#batch.computed(slot)) : this.#batch.reserved[slot]!);
    this.#batch.remove(slot);
  }

  #preempt(slot: number, groupToken: number): void {
    const batch = this.#batch;
    const request = batch.request[slot]!;
    const computed = batch.computed(slot);
    const generated = batch.generated(slot);
    this.#budget += this.#plannedTokens(slot);
    if (this.#kv.limited) this.#kv.release(this.#held(slot));
    const lastToken = batch.isGrouped(slot) ? groupToken : batch.lastToken[slot]!;
    const highWater = Math.max(batch.highWater[slot]!, computed);
    batch.remove(slot);
    // With a limited KV cache its blocks go, and with them what it had computed; else nothing is taken but the slot.
    this.#waiting.putBack(request, { computed: this.#kv.limited ? 0 : computed, generated, highWater, lastToken });
    this.#columns.preempt(request);
    this.preempted.push(request);
  }
}
