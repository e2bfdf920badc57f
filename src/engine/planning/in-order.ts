/**
 * The plan of vLLM's V1 scheduler (docs/model.md; restated with the oracles under test/oracles): the running in order of
 * admission, then the policy's head while slots, token budget and KV blocks last, strictly head of line. Nobody is
 * evicted for one that waits. Without limits this is the seed model's "fill the free slots".
 */
import type { Micros } from '../../core/time.ts';
import type { Policy } from '../../schedulers/policy.ts';
import type { Batch } from '../batch.ts';
import type { KvCache } from '../kv-cache.ts';
import type { Watch } from '../watch.ts';
import type { Moves, Parts } from './moves.ts';
import type { Plan } from './plan.ts';
import { victimOf } from './victim.ts';

export class InOrder implements Plan {
  readonly #moves: Moves;
  readonly #batch: Batch;
  readonly #kv: KvCache;
  readonly #watch: Watch;
  readonly #policy: Policy;
  readonly #requests: Int32Array;
  readonly #slots: Int32Array;

  constructor(moves: Moves, { batch, kv, watch }: Parts, policy: Policy) {
    this.#moves = moves;
    this.#batch = batch;
    this.#kv = kv;
    this.#watch = watch;
    this.#policy = policy;
    this.#requests = new Int32Array(batch.capacity);
    this.#slots = new Int32Array(batch.capacity);
  }

  step(now: Micros, open: boolean, single: boolean): void {
    const batch = this.#batch;
    if (batch.decoding > 0) {
      if (single || batch.isWorn || !this.#groupFits()) batch.dissolve();
      else this.#moves.giveGroup();
    }
    this.#planLoose();
    // A step that had to preempt for KV blocks admits nobody.
    if (open && this.#moves.preempted.length === 0) this.#admit(now);
  }

  #planLoose(): void {
    const batch = this.#batch;
    const moves = this.#moves;
    for (let i = 0; i < batch.looseCount && moves.budget > 0; i++) {
      const slot = batch.loose[i]!;
      const tokens = moves.tokensFor(slot);
      const blocks = moves.growth(slot, tokens);
      let passed = 0;
      while (this.#kv.free < blocks) {
        const victim = this.#preemptForBlocks(slot);
        if (victim.slot === slot) return;
        if (victim.looseAt >= 0 && victim.looseAt < i) i--;
        if (victim.passes) passed++;
      }
      moves.give(slot, tokens, blocks);
      if (passed > 0) i += this.#looseAmong(slot, passed);
    }
  }

  /**
   * Whether planning the group as one gives what planning one by one would: its tokens and blocks are there,
   * and nobody who comes before one of the group in order of admission is cut short by the budget.
   */
  #groupFits(): boolean {
    const batch = this.#batch;
    const moves = this.#moves;
    let budget = moves.budget - batch.decoding;
    let free = this.#kv.free - (this.#kv.grows ? batch.blocksForTick() : 0);
    if (budget < 0 || free < 0) return false;
    for (let i = 0; i < batch.looseCount; i++) {
      const slot = batch.loose[i]!;
      const wanted = moves.wantedBy(slot);
      const tokens = Math.min(wanted, budget);
      if (tokens < wanted) {
        for (let later = batch.order.after(slot); later >= 0; later = batch.order.after(later)) if (batch.isGrouped(later)) return false;
      }
      budget -= tokens;
      free -= moves.growth(slot, tokens);
      if (free < 0) return false;
    }
    return true;
  }

  #admit(now: Micros): void {
    const moves = this.#moves;
    for (let next = moves.candidate(); next; next = moves.candidate()) {
      if (!moves.affords(next.wanted)) return;
      if (!moves.hasRoom(next, Math.min(next.wanted, moves.budget), this.#kv.free, this.#batch.count)) return;
      moves.admit(next, now);
    }
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
    const batch = this.#batch;
    const count = batch.inOrder(this.#requests, this.#slots, true);
    this.#watch.looks(count);
    const at = victimOf(this.#policy, this.#requests, count);
    const slot = this.#slots[at]!;
    const looseAt = batch.isDone(slot) ? -1 : batch.loose.indexOf(slot);
    const passes = batch.planned[slot] === 0 && at < this.#slots.indexOf(needy);
    this.#moves.preempt(slot);
    return { slot, looseAt, passes };
  }

  /** Of the `count` running behind this one, how many are loose: they pass over as many of `loose`. All others are done. */
  #looseAmong(slot: number, count: number): number {
    const batch = this.#batch;
    let loose = 0;
    for (let behind = batch.order.after(slot); count > 0 && behind >= 0; behind = batch.order.after(behind), count--) {
      if (!batch.isDone(behind)) loose++;
    }
    return loose;
  }
}
