/**
 * Racing: many candidates, a few replications of each, then more and more of those only that may still be the best.
 *
 * A candidate is out when a promise is broken, or when it is worse than the best that keeps all of them: the whole
 * interval of the difference within each replication is on the wrong side, at a confidence that all comparisons of a
 * round share (Bonferroni).
 */
import { pairedEstimate } from '../core/students-t.ts';
import type { Decision } from './capacity.ts';

export interface Candidate {
  /** Of all its promises together. */
  readonly decision: Decision;
  /** The figure to be least, of each replication from the first; null: not defined. */
  readonly values: readonly (number | null)[];
}

/** Replications of those that are left, round by round. */
export const ROUNDS = [5, 10, 20, 40, 80] as const;

export interface Standing {
  /** Position of the best; null: every candidate breaks a promise, or has no such figure. */
  readonly best: number | null;
  /** Positions of those that are not told apart from the best, itself among them. */
  readonly left: readonly number[];
}

/** @param least whether the figure is to be small */
export function standing(candidates: readonly Candidate[], least: boolean): Standing {
  const able = [...candidates.keys()].filter((index) => candidates[index]!.decision !== 'broken' && meanOf(candidates[index]!) !== null);
  if (able.length === 0) return { best: null, left: [] };
  const sure = able.filter((index) => candidates[index]!.decision === 'holds');
  const sign = least ? 1 : -1;
  const best = (sure.length > 0 ? sure : able).reduce((a, b) => (sign * (meanOf(candidates[b]!)! - meanOf(candidates[a]!)!) < 0 ? b : a));
  const confidence = 1 - 0.05 / Math.max(1, able.length - 1);
  // Only what keeps its promises can beat another: to be better and break one is no merit.
  const beaten = (index: number): boolean => sure.length > 0 && index !== best && isWorse(candidates[index]!, candidates[best]!, sign, confidence);
  return { best, left: able.filter((index) => !beaten(index)) };
}

function isWorse({ values }: Candidate, best: Candidate, sign: number, confidence: number): boolean {
  const differences = values.flatMap((value, replication) => {
    const other = best.values[replication];
    return value === null || other === null || other === undefined ? [] : [sign * (value - other)];
  });
  const found = pairedEstimate(differences, confidence);
  return found !== null && found.halfWidth !== null && found.mean - found.halfWidth > 0;
}

export function meanOf({ values }: Pick<Candidate, 'values'>): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length < values.length || defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
