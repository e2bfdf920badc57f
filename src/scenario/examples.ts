/** An example of each field that is a map, as it is written in a scenario: what messages and the reference show. */

/** By the field's own key. A test reads every one of them as part of a scenario. */
export const EXAMPLES: Readonly<Record<string, string>> = {
  engine: '{ maxBatchSize: 32, stepTime: { model: constant, tokenTime: 20ms } }',
  stepTime: '{ model: constant, tokenTime: 20ms }',
  points: '{ 1: 20ms, 8: 24ms, 64: 50ms }',
  kvCache: '{ blocks: 2587, blockSize: 16 }',
  classes: '{ chat: { priority: 1, sla: { ttft: 500ms } }, batch: { priority: 2 } }',
  sla: '{ latency: 2s, ttft: 500ms }',
  generate: '{ count: 100, arrivals: { process: poisson, rate: 5 }, outputTokens: 50 }',
  arrivals: '{ process: poisson, rate: 5 }',
  promptTokens: '{ distribution: lognormal, mean: 800, cv: 1.2 }',
  outputTokens: '{ distribution: uniform, min: 5, max: 50 }',
  trace: '{ file: trace.csv }',
  window: '{ from: 0s, to: 10m }',
  baseline: '{ tolerance: { latency.p99: 5% } }',
  tolerance: '{ latency.p99: 5% }',
};

/** `arrivals: { process: poisson, rate: 5 }`; undefined for a field that is no map. */
export function exampleOf(key: string | number | undefined): string | undefined {
  return typeof key === 'string' && Object.hasOwn(EXAMPLES, key) ? `${key}: ${EXAMPLES[key]}` : undefined;
}
