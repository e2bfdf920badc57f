/** What expectations ask of the runs that has to be known before these are made, because it costs and is not always there. */
import { percentileNamed } from '../metrics/percentiles.ts';
import type { Expectation, PathExpression } from './expectation.ts';
import { parseExpectation } from './parse.ts';

export interface Asked {
  /** Percentiles beside those that are always kept, and maybe some of these. */
  readonly percentiles: readonly number[];
  /** Whether the offered load is named, which takes a run of its own. */
  readonly offeredLoad: boolean;
}

/** What expectations ask for. One that cannot be read asks for nothing; it is told elsewhere. */
export function askedFor(expectations: readonly string[]): Asked {
  const paths = expectations.flatMap((text) => {
    const read = parseExpectation(text);
    return 'value' in read ? pathsOf(read.value) : [];
  });
  const names = paths.flatMap(({ segments }) => segments.map(({ name }) => name));
  return {
    percentiles: [...new Set(names.flatMap((name) => percentileNamed(name) ?? []))],
    offeredLoad: names.includes('offeredLoad'),
  };
}

function pathsOf({ path, value }: Expectation): PathExpression[] {
  return value.kind === 'path' ? [path, value.path] : [path];
}
