/**
 * The contract of a length distribution: how many tokens a prompt or an output has.
 */
import * as v from 'valibot';
import { number, whole } from '../../core/options.ts';
import type { ScenarioPath } from '../../core/place.ts';
import type { Random } from '../../core/random.ts';
import type { Definition } from '../definition.ts';
import type { FileAccess } from '../files.ts';
import { MAX_TOKENS } from '../limits.ts';

/** Draws a whole number of tokens, 1 to MAX_TOKENS. */
export type DrawTokens = () => number;

export interface LengthDefinition<Options = unknown> extends Definition<Options> {
  /**
   * Reads what the options keep in a file, and gives options for `make` that hold it.
   *
   * @param path of the options in the scenario, for faults
   * @throws FaultError
   */
  load?(options: Options, files: FileAccess, path: ScenarioPath): Promise<unknown>;
  make(options: Options, random: Random): DrawTokens;
}

/** Bounds of a truncated distribution, inclusive; absent: not truncated on that side. */
export interface Bounds {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** The options `min` and `max` of a distribution that they truncate. */
export const boundOptions = {
  min: v.optional(whole('least tokens: what is drawn below is drawn again, which raises the mean; absent: it becomes 1', 1, MAX_TOKENS)),
  max: v.optional(whole('most tokens: what is drawn above is drawn again, which lowers the mean', 1, MAX_TOKENS)),
};

/** What is wrong with a pair of bounds; undefined: nothing. */
export function checkBounds({ min = 1, max = MAX_TOKENS }: Bounds): string | undefined {
  return min > max ? `min (${min}) is greater than max (${max})` : undefined;
}

/** The option `mean`. */
export function meanOption(description = 'mean of the distribution, before lengths are rounded to whole tokens of at least 1, and before min and max') {
  return number(description, 1, MAX_TOKENS);
}

/** The option `cv`. */
export function cvOption() {
  return number('standard deviation as a multiple of the mean, before min and max, too', 0, 100);
}
