/**
 * The contract of a trace format: how a file becomes rows.
 */
import type { Fault } from '../../core/fault.ts';
import type { Position } from '../../core/place.ts';

/** Takes the rows of a file, in its order. */
export interface TraceRows {
  /**
   * @param seconds whole seconds since any fixed instant, and the rest in whole nanoseconds
   * @param promptTokens whole, 0 or more
   * @param outputTokens whole, 0 or more
   */
  add(seconds: number, nanoseconds: number, promptTokens: number, outputTokens: number): void;
  /** A row that cannot be read. Reading goes on, so that all of them are told at once. */
  malformed(fault: Fault<Position>): void;
}

export interface TraceFormat {
  readonly name: string;
  readonly summary: string;
  /** Whether a file that begins with this line is in this format: what `format: auto` goes by. */
  recognises(firstLine: string): boolean;
  /** @throws FaultError where the file is not in this format; whatever the bytes reject with */
  read(bytes: AsyncIterable<Uint8Array>, rows: TraceRows): Promise<void>;
}
