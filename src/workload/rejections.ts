/**
 * How often a draw may be thrown away and made again: what bounds a distribution must not cost more than its
 * requests are worth, whatever the bounds.
 */

/** Thrown-away draws that are let pass for each that is kept: a twentieth of a distribution may be left, and all is well. */
const PER_DRAW = 20;
/** Those that are let pass besides: fewer than these are over in a moment. */
const AT_ONCE = 1e7;

/** Nearly every draw was thrown away. */
export class TooRare extends Error {
  override readonly name = 'TooRare';
}

/** Counts the draws of one distribution that are kept and thrown away. */
export class Rejections {
  #left = AT_ONCE;

  kept(): void {
    this.#left += PER_DRAW;
  }

  /** @throws TooRare when too many were thrown away */
  rejected(): void {
    if (--this.#left < 0) throw new TooRare();
  }
}
