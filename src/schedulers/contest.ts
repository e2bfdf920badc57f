/**
 * Who of many is ahead, while each gains on the others in the course of time: a kinetic tournament (Basch, Guibas and
 * Hershberger 1999).
 *
 * The first of every group plays for it. A match keeps its winner and until when nothing can change below it, so that a
 * question looks again only at what may have changed, and a change at its own path.
 */
import type { Micros } from '../core/time.ts';

export interface Rules {
  /** Whether one is ahead of another at a time. A strict order at any time. */
  ahead(a: number, b: number, now: Micros): boolean;
  /** Before when `other` is certainly not ahead of `leader`, which is ahead now; Infinity: it never will be. */
  until(leader: number, other: number): Micros;
}

export class Contest {
  readonly #rules: Rules;
  readonly #leaves: number;
  /** By node, the root is 1: the one that is ahead, or -1; and until when that is certain. */
  readonly #winner: Int32Array;
  readonly #until: Float64Array;

  constructor(groups: number, rules: Rules) {
    this.#rules = rules;
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(2, groups)));
    this.#winner = new Int32Array(2 * this.#leaves).fill(-1);
    this.#until = new Float64Array(2 * this.#leaves).fill(Infinity);
  }

  /** Says who plays for a group from now on; -1: nobody. */
  set(group: number, player: number, now: Micros): void {
    let node = this.#leaves + group;
    this.#winner[node] = player;
    while (node > 1) this.#play((node >>= 1), now);
  }

  /** Who is ahead, or -1. Times must not decrease. */
  first(now: Micros): number {
    this.#refresh(1, now);
    return this.#winner[1]!;
  }

  /** Until when the last answer holds if nothing is set. */
  get until(): Micros {
    return this.#until[1]!;
  }

  #refresh(node: number, now: Micros): void {
    if (this.#until[node]! > now) return;
    this.#refresh(2 * node, now);
    this.#refresh(2 * node + 1, now);
    this.#play(node, now);
  }

  #play(node: number, now: Micros): void {
    const [left, right] = [2 * node, 2 * node + 1];
    const [a, b] = [this.#winner[left]!, this.#winner[right]!];
    const isLeft = b < 0 || (a >= 0 && this.#rules.ahead(a, b, now));
    const below = Math.min(this.#until[left]!, this.#until[right]!);
    this.#winner[node] = isLeft ? a : b;
    this.#until[node] = a < 0 || b < 0 ? below : Math.min(below, this.#rules.until(isLeft ? a : b, isLeft ? b : a));
  }
}
