/**
 * The plan of a policy that preempts: slots, tokens and blocks go to the first in its order, whether it runs or waits.
 *
 * The running are served in the policy's order. Before each of them the policy's head is let in if it may preempt that
 * one; slots and blocks are taken from the last in the order, tokens by serving the head earlier: who gets none in this
 * step pauses, and keeps slot and blocks. The first admission that fails is the last that is tried.
 */
import type { Micros } from '../../core/time.ts';
import { type Policy, PolicyError, type Preemption } from '../../schedulers/policy.ts';
import type { Batch } from '../batch.ts';
import type { KvCache } from '../kv-cache.ts';
import type { Watch } from '../watch.ts';
import type { Candidate, Moves, Parts } from './moves.ts';
import type { Plan } from './plan.ts';
import { victimOf } from './victim.ts';

/** The turn of those that get nothing in the step. */
const NO_TURN = 2 ** 30;

export class ByUrgency implements Plan {
  readonly #moves: Moves;
  readonly #batch: Batch;
  readonly #kv: KvCache;
  readonly #watch: Watch;
  readonly #policy: Policy;
  readonly #preemption: Preemption;
  /** The running in the order in which they are served; their keys and turns by slot. */
  readonly #order: Int32Array;
  readonly #served: Int32Array;
  readonly #key: Float64Array;
  readonly #turn: Int32Array;
  #turns = 0;
  /** The running in order of admission, from whom victims are taken. */
  readonly #requests: Int32Array;
  readonly #slots: Int32Array;
  /** Tokens and blocks that are left once the running have what they want. */
  #spareTokens = 0;
  #spareBlocks = 0;
  /** The head that may preempt nobody of the batch as it was at that version. */
  #refused = -1;
  #refusedAt = -1;

  constructor(moves: Moves, { batch, kv, watch }: Parts, policy: Policy, preemption: Preemption) {
    this.#moves = moves;
    this.#batch = batch;
    this.#kv = kv;
    this.#watch = watch;
    this.#policy = policy;
    this.#preemption = preemption;
    const { capacity } = batch;
    this.#order = new Int32Array(capacity);
    this.#served = new Int32Array(capacity);
    this.#key = new Float64Array(capacity);
    this.#turn = new Int32Array(capacity);
    this.#requests = new Int32Array(capacity);
    this.#slots = new Int32Array(capacity);
  }

  step(now: Micros, open: boolean, single: boolean): void {
    if (!single && !this.#batch.isWorn && this.#planAtOnce(now, open)) return;
    this.#batch.dissolve();
    this.#watch.looks(this.#turn.length);
    this.#turn.fill(NO_TURN);
    this.#turns = 0;
    open = this.#serveInTurn(now, open);
    while (open) open = this.#letIn(this.#moves.candidate(), now);
    if (single) this.#batch.sortLoose(this.#turn);
  }

  /**
   * Plans the step without looking at turns, where they cannot matter: all that the running want is there, and remains
   * there whoever is let in, at whatever place in the order. Returns false at a head for whom its turn matters; those before
   * it are in.
   */
  #planAtOnce(now: Micros, open: boolean): boolean {
    for (;;) {
      if (!this.#allFit()) return false;
      const head = open ? this.#moves.candidate() : undefined;
      if (!head) break;
      if (this.#letInAnywhere(head, now)) continue;
      if (this.#headComesFirst(head)) return false;
      this.#serveAll();
      while (open) open = this.#letIn(this.#moves.candidate(), now);
      return true;
    }
    this.#serveAll();
    return true;
  }

  /** Sets `spareTokens` and `spareBlocks` to what is left once the running have what they want. Returns whether that is there. */
  #allFit(): boolean {
    const batch = this.#batch;
    const moves = this.#moves;
    let tokens = moves.budget - batch.decoding;
    let blocks = this.#kv.free - (this.#kv.grows ? batch.blocksForTick() : 0);
    this.#watch.looks(batch.looseCount);
    for (let i = 0; i < batch.looseCount && tokens >= 0 && blocks >= 0; i++) {
      const slot = batch.loose[i]!;
      if (batch.planned[slot]! > 0) continue;
      const wanted = moves.wantedBy(slot);
      tokens -= wanted;
      blocks -= moves.growth(slot, wanted);
    }
    this.#spareTokens = tokens;
    this.#spareBlocks = blocks;
    return tokens >= 0 && blocks >= 0;
  }

  /**
   * Lets the head in if its place in the order makes no difference: it gets all it wants and takes a slot at most, from
   * one that it may preempt. Returns whether it did.
   */
  #letInAnywhere(head: Candidate, now: Micros): boolean {
    const moves = this.#moves;
    const { count } = this.#batch;
    if (head.wanted > this.#spareTokens) return false;
    if (count < moves.slots) {
      if (!moves.hasRoom(head, head.wanted, this.#spareBlocks, count)) return false;
    } else {
      if (this.#isRefused(head)) return false;
      const candidates = this.#evictable();
      if (candidates === 0) return false;
      const at = victimOf(this.#policy, this.#requests, candidates);
      const slot = this.#slots[at]!;
      if (!this.#preemption.mayPreempt(head.request, this.#requests[at]!)) return false;
      // What the victim holds, and what is set aside for it in this step.
      const aside = moves.given(slot) > 0 ? 0 : moves.growth(slot, moves.wantedBy(slot));
      const blocks = this.#spareBlocks + moves.held(slot) + aside;
      if (!moves.hasRoom(head, head.wanted, blocks, count - 1)) return false;
      moves.admit(head, now, [slot]);
      return true;
    }
    moves.admit(head, now);
    return true;
  }

  #serveAll(): void {
    const batch = this.#batch;
    const moves = this.#moves;
    if (batch.decoding > 0) moves.giveGroup();
    for (let i = 0; i < batch.looseCount; i++) {
      const slot = batch.loose[i]!;
      if (batch.planned[slot]! > 0) continue;
      const tokens = moves.tokensFor(slot);
      moves.give(slot, tokens, moves.growth(slot, tokens));
    }
  }

  /** Whether the head may preempt anybody who runs: then its turn is before one of them. */
  #headComesFirst(head: Candidate): boolean {
    const batch = this.#batch;
    if (this.#isRefused(head)) return false;
    const count = batch.inOrder(this.#requests, this.#slots, false);
    this.#watch.looks(count);
    for (let i = 0; i < count; i++) if (this.#preemption.mayPreempt(head.request, this.#requests[i]!)) return true;
    this.#refused = head.request;
    this.#refusedAt = batch.version;
    return false;
  }

  /** What has been refused of this batch is asked again only of a policy whose answers change by themselves. */
  #isRefused({ request }: Candidate): boolean {
    return this.#refused === request && this.#refusedAt === this.#batch.version && this.#policy.horizon === undefined;
  }

  /**
   * Serves the running one by one in the policy's order, and lets the head in where its turn comes. Returns whether more
   * may be admitted: nobody was evicted for blocks, and no admission has failed.
   */
  #serveInTurn(now: Micros, open: boolean): boolean {
    const batch = this.#batch;
    const moves = this.#moves;
    const count = this.#sort();
    for (let i = 0; i < count; i++) {
      const slot = this.#order[i]!;
      const request = this.#served[i]!;
      while (open && batch.holds(slot, request)) {
        const head = moves.candidate();
        if (!head) open = false;
        else if (this.#preemption.mayPreempt(head.request, request)) open = this.#letIn(head, now);
        else break;
      }
      if (!batch.holds(slot, request)) continue;
      const tokens = moves.tokensFor(slot);
      const blocks = moves.growth(slot, tokens);
      while (this.#kv.free < blocks) {
        const victim = this.#victimForBlocks();
        moves.preempt(victim);
        open = false;
        if (victim === slot) return false;
      }
      moves.give(slot, tokens, blocks);
      if (tokens > 0) this.#turn[slot] = this.#turns++;
    }
    return open;
  }

  /** Puts the running that are to be served into the policy's order, equal keys by arrival; returns how many there are. */
  #sort(): number {
    const { looseCount, loose, planned, request } = this.#batch;
    const key = this.#key;
    let count = 0;
    for (let i = 0; i < looseCount; i++) {
      const slot = loose[i]!;
      if (planned[slot]! > 0) continue;
      key[slot] = this.#keyOf(request[slot]!);
      this.#order[count++] = slot;
    }
    // Two keys that are Infinity differ by NaN, which is no difference either.
    this.#order.subarray(0, count).sort((a, b) => key[a]! - key[b]! || request[a]! - request[b]!);
    for (let i = 0; i < count; i++) this.#served[i] = request[this.#order[i]!]!;
    return count;
  }

  #keyOf(request: number): number {
    const key = this.#preemption.key(request);
    if (Number.isNaN(key)) throw new PolicyError(`gives request ${request} a place that is not a number`);
    return key;
  }

  /** Lets the head in, by eviction where a slot or blocks are lacking. Returns whether it got in. */
  #letIn(head: Candidate | undefined, now: Micros): boolean {
    if (!head || !this.#moves.affords(head.wanted)) return false;
    const victims = this.#victimsFor(head);
    if (!victims) return false;
    this.#moves.admit(head, now, victims);
    this.#turn[this.#batch.order.last()] = this.#turns++;
    return true;
  }

  /**
   * The slots to be cleared so that the head fits: the last in the policy's order first, each of which it may preempt.
   * Undefined when all of them are not enough.
   */
  #victimsFor(head: Candidate): number[] | undefined {
    const moves = this.#moves;
    const victims: number[] = [];
    let { free } = this.#kv;
    let running = this.#batch.count;
    let { budget } = moves;
    if (moves.hasRoom(head, Math.min(head.wanted, budget), free, running)) return victims;
    if (this.#isRefused(head)) return undefined;
    let candidates = this.#evictable();
    do {
      if (candidates === 0) return undefined;
      const at = victimOf(this.#policy, this.#requests, candidates);
      this.#watch.looks(candidates);
      if (!this.#preemption.mayPreempt(head.request, this.#requests[at]!)) return undefined;
      const slot = this.#slots[at]!;
      victims.push(slot);
      running--;
      free += moves.held(slot);
      budget += moves.given(slot);
      this.#requests.copyWithin(at, at + 1, candidates);
      this.#slots.copyWithin(at, at + 1, candidates);
      candidates--;
    } while (!moves.hasRoom(head, Math.min(head.wanted, budget), free, running));
    return victims;
  }

  /**
   * The running that could come back, in order of admission, into `requests` and `slots`; returns how many.
   *
   * Without chunked prefill, one that has grown beyond a step's tokens could not: all it has would have to be
   * computed in one piece. Only `admission: completion` lets such a request in: it is never evicted for blocks.
   */
  #evictable(): number {
    const batch = this.#batch;
    const count = batch.inOrder(this.#requests, this.#slots, false);
    this.#watch.looks(count);
    if (this.#moves.chunked || !this.#kv.limited || this.#kv.grows) return count;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const slot = this.#slots[i]!;
      if (!this.#moves.canReturn(slot)) continue;
      this.#requests[kept] = this.#requests[i]!;
      this.#slots[kept++] = slot;
    }
    return kept;
  }

  #victimForBlocks(): number {
    const count = this.#batch.inOrder(this.#requests, this.#slots, true);
    this.#watch.looks(count);
    return this.#slots[victimOf(this.#policy, this.#requests, count)]!;
  }
}
