/** How a replay compares with the run: four metrics, each at the mean and three percentiles, and the error. */
import type { Outcomes } from '../../engine/outcomes.ts';
import { distribution } from '../../metrics/distribution.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';

export const COMPARED_METRICS = ['latency', 'ttft', 'queueTime', 'tpot'] as const;
export const COMPARED_STATISTICS = ['mean', 'p50', 'p90', 'p99'] as const;
export type ComparedMetric = (typeof COMPARED_METRICS)[number];
export type ComparedStatistic = (typeof COMPARED_STATISTICS)[number];

/** Microseconds. Null where the run does not tell it or there are too few samples. */
export interface Compared {
  readonly measured: number | null;
  readonly simulated: number | null;
  /** (simulated - measured) / measured; null where one is missing, or the measured is 0. */
  readonly error: number | null;
}

export type Errors = Readonly<Record<ComparedMetric, Readonly<Record<ComparedStatistic, Compared>>>>;

/** When each request got what: of a run or of its replay. NaN: never. */
export interface Times {
  readonly admitted: Float64Array | null;
  readonly firstToken: Float64Array;
  readonly finish: Float64Array;
}

/** Compares the first `count` requests. */
export function compare(requests: MeasuredRequests, replay: Times | Outcomes, count: number = requests.count): Errors {
  const measured = metricsOf(requests, requests, count);
  const simulated = metricsOf(requests, replay, count);
  return byName(COMPARED_METRICS, (metric) => {
    const [real, model] = [measured, simulated].map((values) => distribution(values[metric], values[metric].length));
    return byName(COMPARED_STATISTICS, (statistic) => compared(real![statistic], model![statistic]));
  });
}

function compared(measured: number | null, simulated: number | null): Compared {
  const known = measured !== null && simulated !== null && measured !== 0;
  return { measured, simulated, error: known ? (simulated - measured) / measured : null };
}

function metricsOf({ arrival, outputTokens }: MeasuredRequests, { admitted, firstToken, finish }: Times, count: number): Record<ComparedMetric, Float64Array> {
  const each = (value: (request: number) => number) => Float64Array.from({ length: count }, (_, request) => value(request)).filter((time) => !Number.isNaN(time));
  return {
    queueTime: admitted === null ? new Float64Array(0) : each((i) => admitted[i]! - arrival[i]!),
    ttft: each((i) => firstToken[i]! - arrival[i]!),
    tpot: each((i) => (outputTokens[i]! > 1 ? (finish[i]! - firstToken[i]!) / (outputTokens[i]! - 1) : NaN)),
    latency: each((i) => finish[i]! - arrival[i]!),
  };
}

function byName<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}
