/** Which schedulers an expectation names: which it is about, and against which it holds them. */
import { resolve } from './evaluate.ts';
import type { NameTree } from './names.ts';

export interface NamedSchedulers {
  /** Null: every one. */
  readonly about: string | null;
  /** Null: the bound is a number, or of the scheduler that is judged. */
  readonly against: string | null;
}

/** @returns null for what is no expectation */
export function schedulersNamed(text: string, tree: NameTree): NamedSchedulers | null {
  const resolved = resolve(text, tree);
  if ('fault' in resolved) return null;
  const { figure, bound } = resolved.value;
  return { about: figure.scheduler, against: bound.figure === null || bound.figure.scheduler === figure.scheduler ? null : bound.figure.scheduler };
}
