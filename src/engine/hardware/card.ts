/** The contract of a card: what its datasheet says, per card. */

/** Between the cards of one server, for the all-reduces of tensor parallelism. */
export interface Link {
  /** Bytes per second that an all-reduce moves in one direction, as achieved. */
  readonly bandwidth: number;
  /** Microseconds per all-reduce. */
  readonly latency: number;
}

/** Bytes that a weight takes, by how it is stored. */
export const WEIGHT_BYTES = { bf16: 2, fp8: 1 } as const;
export type Dtype = keyof typeof WEIGHT_BYTES;

export interface Card {
  readonly name: string;
  readonly summary: string;
  /** Bytes that a program finds on it; less than on the box, where the driver or ECC keeps some. */
  readonly memory: number;
  /** Bytes per second. */
  readonly bandwidth: number;
  /** Floating-point operations per second of matrix products without sparsity, summed in FP32; absent: not in hardware. */
  readonly flops: Readonly<Partial<Record<Dtype, number>>>;
  readonly link: Link;
  readonly source: string;
}
