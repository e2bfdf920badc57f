/**
 * What is searched for, as a vector of numbers: the logarithms of the coefficients of a `linear` step time,
 * and of the KV blocks where those are fitted too. Logarithms, because all of them are positive and a step
 * of one per cent means the same for each.
 *
 * A coefficient for decode tokens is not among them: in all but the steps that also prefill, scheduled
 * requests and decode tokens are the same number, so a run cannot tell the two coefficients apart.
 */
import type { EngineOptions } from '../../engine/options.ts';

export const COEFFICIENTS = ['base', 'perSequence', 'perPrefillToken', 'perContextToken'] as const;
export type Coefficient = (typeof COEFFICIENTS)[number];

/** Microseconds. */
export type Coefficients = Readonly<Record<Coefficient, number>>;

/** Significant digits of a coefficient: more than any fit knows, few enough to be read. */
const DIGITS = 5;

/** A point of the search. */
export type Vector = readonly number[];

export function vectorOf(coefficients: Coefficients, kvBlocks?: number): number[] {
  const values = COEFFICIENTS.map((name) => Math.log(coefficients[name]));
  return kvBlocks === undefined ? values : [...values, Math.log(kvBlocks)];
}

/** Rounded as they will be written, so that what is judged is what is reported. */
export function coefficientsOf(vector: Vector): Coefficients {
  return Object.fromEntries(COEFFICIENTS.map((name, i) => [name, rounded(Math.exp(vector[i]!))])) as Record<Coefficient, number>;
}

/** The engine at a point of the search. */
export function engineAt(engine: EngineOptions, vector: Vector): EngineOptions {
  const kvBlocks = vector[COEFFICIENTS.length];
  const stepTime = { model: 'linear', perToken: 0, perDecodeToken: 0, ...coefficientsOf(vector) };
  if (kvBlocks === undefined || !engine.kvCache) return { ...engine, stepTime };
  return { ...engine, stepTime, kvCache: { ...engine.kvCache, blocks: Math.round(Math.exp(kvBlocks)) } };
}

/** Points near this one, the roundest first: some of its coefficients written with fewer digits. */
export function rounder(vector: Vector, coefficients: readonly number[]): Vector[] {
  return Array.from({ length: DIGITS - 1 }, (_, fewer) =>
    coefficients.reduce<Vector>((point, i) => point.with(i, Math.log(rounded(Math.exp(vector[i]!), fewer + 1))), vector));
}

function rounded(value: number, digits = DIGITS): number {
  return Number(value.toPrecision(digits));
}
