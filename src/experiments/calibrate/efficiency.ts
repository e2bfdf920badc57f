/**
 * The other way to fit: cards and model are known, and only how much of the datasheet the server got is searched
 * for, as the share of the operations per second and the overhead per layer. Two numbers, because requests alone
 * do not tell more of them apart; the share of the bandwidth stays at its default, near what cards are measured to
 * copy. Such an engine holds at other settings, and nearly for other models, where four free coefficients do not:
 * docs/hardware.md.
 */
import type { EngineOptions } from '../../engine/options.ts';
import { DEFAULT_EFFICIENCY } from '../../engine/hardware/options.ts';
import type { Efficiency, Server } from '../../engine/hardware/estimate.ts';
import { estimatedStepTime } from '../../engine/hardware/index.ts';
import type { Fit, Point } from './fit.ts';
import { sumOfSquares } from './objective.ts';
import type { Vector } from './parameters.ts';
import { search } from './search.ts';

/** [compute, perLayer in microseconds]: where the search starts, and where it ends. */
const STARTS = [[0.65, 50], [0.9, 100], [0.5, 20]] as const;
const LOWER = [0.02, 0.5] as const;
const UPPER = [4, 5000] as const;

const ITERATIONS = 12;
/** Half widths of the differences, as shares of a number: wide to find the valley, narrow to find its floor. */
const WIDTHS = [0.05, 0.01];

/** Significant digits of a factor. */
const DIGITS = 4;

/** An overhead per layer whose absence makes the loss so little worse was not seen in the run. */
const IDLE = 1.005;

export interface FittedServer {
  readonly server: Server;
  readonly engine: EngineOptions;
}

/** @param engine all but its step time, which is estimated for `server` */
export async function fitEfficiency(fit: Fit, engine: EngineOptions, server: Server): Promise<FittedServer> {
  let best: Point | undefined;
  const at = (vector: Vector): FittedServer => {
    const fitted = { ...server, efficiency: efficiencyOf(vector) };
    return { server: fitted, engine: { ...engine, stepTime: estimatedStepTime(fitted) } };
  };
  const residuals = (vector: Vector): Float64Array => {
    const found = fit.evaluate(at(vector).engine);
    const loss = sumOfSquares(found);
    if (!best || loss < best.loss) best = { vector: [...vector], loss };
    return found;
  };
  const logs = (values: readonly number[]) => values.map(Math.log);
  for (const width of WIDTHS) {
    const starts = best ? [(best as Point).vector] : STARTS.map(logs);
    await search({ starts, lower: logs(LOWER), upper: logs(UPPER), steps: [width, width], iterations: ITERATIONS }, residuals);
  }
  const { vector, loss } = best!;
  const without = vector.with(1, -Infinity);
  return at(sumOfSquares(fit.evaluate(at(without).engine)) <= IDLE * loss ? without : vector);
}

function efficiencyOf([compute, perLayer]: Vector): Efficiency {
  const rounded = (log: number) => Number(Math.exp(log).toPrecision(DIGITS));
  return { bandwidth: DEFAULT_EFFICIENCY.bandwidth, compute: rounded(compute!), perLayer: rounded(perLayer!) };
}
