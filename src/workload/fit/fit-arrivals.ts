/**
 * An arrival process like that of some requests: by rate and CV of the gaps where the pace is steady; a ramp, or day and night,
 * where there is one; else the number in each of a row of windows.
 */
import { moments } from '../../core/statistics.ts';
import { randomStream } from '../../core/random.ts';
import { ARRIVALS } from '../arrivals/index.ts';
import { definitionOf } from '../definition.ts';
import { ksDistance } from './distance.ts';
import { drifts, excess } from './stationary.ts';

/** As a scenario writes it: durations are text. */
export type WrittenProcess = { readonly process: string } & Readonly<Record<string, unknown>>;

const MOST_WINDOWS = 200;
/** Requests that a window has on average, so that chance does not hide its pace. */
const PER_WINDOW = 100;
const DAY = 86_400e6;

/** @param arrival in order, whole microseconds, at least two that differ */
export function fitArrivals(arrival: Float64Array): WrittenProcess {
  const gaps = gapsOf(arrival);
  const span = arrival[arrival.length - 1]! - arrival[0]!;
  const { mean, squares } = moments(gaps, gaps.length);
  const cv = Math.sqrt(squares / gaps.length) / mean;
  const rate = rounded(1e6 / mean);
  const counts = windowCounts(arrival, span);
  const chance = (expected: number) => Math.max(0.05, cv * cv) * Math.max(expected, 1e-9);
  const average = arrival.length / counts.length;
  if (counts.length < 8 || !drifts(excess(counts, chance(average)), counts.length)) return steadyProcess(gaps, rate, cv);
  return rampProcess(counts, span, chance) ?? diurnalProcess(counts, span, chance) ?? profileProcess(arrival, counts, span);
}

export function gapsOf(arrival: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, arrival.length - 1) }, (_, i) => arrival[i + 1]! - arrival[i]!);
}

function windowCounts(arrival: Float64Array, span: number): Float64Array {
  const counts = new Float64Array(Math.max(1, Math.min(MOST_WINDOWS, Math.floor(arrival.length / PER_WINDOW))));
  const every = windowLength(span, counts.length);
  for (const time of arrival) counts[Math.min(counts.length - 1, Math.floor((time - arrival[0]!) / every))]!++;
  return counts;
}

/** Whole milliseconds, so that all windows together hold the last arrival too. */
function windowLength(span: number, windows: number): number {
  return Math.ceil((span + 1) / windows / 1000) * 1000;
}

/** Of the processes of independent gaps, the one whose gaps are nearest. */
function steadyProcess(gaps: Float64Array, rate: number, cv: number): WrittenProcess {
  if (cv < 0.01) return { process: 'constant', rate };
  const bounded = Math.min(100, rounded(cv));
  const candidates: WrittenProcess[] = [
    ...(Math.abs(cv - 1) < 0.05 ? [{ process: 'poisson', rate }] : []), { process: 'gamma', rate, cv: bounded }, { process: 'weibull', rate, cv: bounded },
  ];
  const sorted = gaps.slice().sort();
  const measured = candidates.map((process) => ({ process, distance: ksDistance(sorted, gapsDrawn(process).sort()) }));
  // The simplest first: another must be better by more than chance.
  return measured.reduce((best, next) => (next.distance < best.distance - 0.01 ? next : best)).process;
}

const DRAWN = 20_000;

function gapsDrawn({ process, ...options }: WrittenProcess): Float64Array {
  const next = definitionOf(ARRIVALS, process).make(options as never, randomStream('fit', process));
  return gapsOf(Float64Array.from({ length: DRAWN }, () => Math.round(next())));
}

type Chance = (expected: number) => number;

/** Whether the counts are those of a rate, give or take chance. */
function explains(counts: Float64Array, expected: (window: number) => number, chance: Chance): boolean {
  const scaled = counts.map((count, window) => (count - expected(window)) / Math.sqrt(chance(expected(window))));
  return !drifts(excess(scaled, 1), counts.length);
}

function rampProcess(counts: Float64Array, span: number, chance: Chance): WrittenProcess | undefined {
  const last = counts.length - 1;
  const { slope, start } = line(counts);
  if (start < 0 || start + slope * last < 0 || !explains(counts, (window) => start + slope * window, chance)) return undefined;
  const perSecond = (count: number) => rounded(Math.max(0, count) / (windowLength(span, counts.length) / 1e6));
  return { process: 'ramp', from: perSecond(start - slope / 2), to: perSecond(start + slope * (last + 0.5)), over: seconds(span) };
}

/** Least squares. */
function line(counts: Float64Array): { start: number; slope: number } {
  const middle = (counts.length - 1) / 2;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  let [xy, xx] = [0, 0];
  counts.forEach((count, window) => {
    xy += (window - middle) * (count - mean);
    xx += (window - middle) ** 2;
  });
  return { slope: xy / xx, start: mean - (xy / xx) * middle };
}

/** A cosine with its trough at the start, as the process has it, and a day from trough to trough. */
function diurnalProcess(counts: Float64Array, span: number, chance: Chance): WrittenProcess | undefined {
  if (span < 0.75 * DAY) return undefined;
  const every = windowLength(span, counts.length);
  const wave = counts.map((_, window) => -Math.cos((2 * Math.PI * (window + 0.5) * every) / DAY));
  const waveMean = wave.reduce((sum, each) => sum + each, 0) / wave.length;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  let [xy, xx] = [0, 0];
  counts.forEach((count, window) => {
    xy += (wave[window]! - waveMean) * (count - mean);
    xx += (wave[window]! - waveMean) ** 2;
  });
  const swing = xy / xx;
  const level = mean - swing * waveMean;
  if (swing <= 0 || swing >= level || !explains(counts, (window) => level + swing * wave[window]!, chance)) return undefined;
  return { process: 'diurnal', rate: rounded(level / (every / 1e6)), peakToTrough: rounded((level + swing) / (level - swing)), period: '24h' };
}

function profileProcess(arrival: Float64Array, counts: Float64Array, span: number): WrittenProcess {
  const every = windowLength(span, counts.length);
  const cv = Math.min(100, Math.max(0.01, rounded(cvWithin(arrival, counts, every))));
  return { process: 'profile', every: seconds(every), counts: [...counts], ...(Math.abs(cv - 1) >= 0.05 && { cv }) };
}

/** CV of the gaps over the mean gap of their window. */
function cvWithin(arrival: Float64Array, counts: Float64Array, every: number): number {
  const relative = gapsOf(arrival).map((gap, i) => {
    const window = Math.min(counts.length - 1, Math.floor((arrival[i + 1]! - arrival[0]!) / every));
    return gap * (counts[window]! / every);
  });
  const { mean, squares, count } = moments(relative, relative.length);
  return Math.sqrt(squares / count) / mean;
}

function seconds(micros: number): string {
  return `${Math.round(micros) / 1e6}s`;
}

/** To five digits: more would be chance. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
