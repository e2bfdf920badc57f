/** How requests come: how many in each part of the time, and how uneven that is on which scale. */
import type { Micros } from '../core/time.ts';

/** Windows for which burstiness is told. */
const WINDOWS: readonly Micros[] = [1e6, 10e6, 60e6, 600e6, 3600e6];

/** So many windows at least, so that a variance over them says something. */
const LEAST_WINDOWS = 10;
const MOST_WINDOWS = 1 << 22;

export interface Burstiness {
  readonly window: Micros;
  /** Variance over mean of the number of requests in a window (index of dispersion); 1: as of Poisson. */
  readonly dispersion: number;
}

/** @param arrival in order; whole windows only, from the first arrival on */
export function dispersion(arrival: Float64Array): Burstiness[] {
  const span = arrival.length === 0 ? 0 : arrival[arrival.length - 1]! - arrival[0]!;
  return WINDOWS.flatMap((window) => {
    const windows = Math.floor(span / window);
    if (windows < LEAST_WINDOWS || windows > MOST_WINDOWS) return [];
    const counts = countsIn(arrival, window, windows);
    const mean = counts.reduce((sum, count) => sum + count, 0) / windows;
    const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
    return mean > 0 ? [{ window, dispersion: squares / windows / mean }] : [];
  });
}

/** Requests in each of so many windows from the first arrival on; later ones are left out. */
export function countsIn(arrival: Float64Array, window: Micros, windows: number): Float64Array {
  const counts = new Float64Array(windows);
  for (const time of arrival) {
    const index = Math.floor((time - arrival[0]!) / window);
    if (index < windows) counts[index]!++;
  }
  return counts;
}

/** Parts of the span in which the course of the rate is told. */
const PARTS = 60;

export interface Course {
  /** Length of a part, microseconds. */
  readonly window: number;
  /** Requests that arrive in each part, from the first arrival to the last. */
  readonly requests: readonly number[];
}

/** The course of the rate: requests in each of 60 equal parts of the span; null where they all come at once. */
export function courseOf(arrival: Float64Array): Course | null {
  const span = arrival.length === 0 ? 0 : arrival[arrival.length - 1]! - arrival[0]!;
  if (span === 0) return null;
  const requests = Array.from({ length: PARTS }, () => 0);
  // The last arrival ends the last part.
  for (const time of arrival) requests[Math.min(PARTS - 1, Math.floor(((time - arrival[0]!) * PARTS) / span))]!++;
  return { window: span / PARTS, requests };
}
