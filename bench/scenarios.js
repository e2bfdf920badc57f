/** The workloads that are timed. */

const CLASSES = 'classes: { high: { priority: 1, sla: { latency: 2s } }, medium: { priority: 2, sla: { latency: 5s } }, low: { priority: 3, sla: { latency: 10s } } }';
const MIX = '{ high: 0.2, medium: 0.5, low: 0.3 }';

/** Milliseconds of a step of the seed model. */
const step = (batch) => 50 * Math.max(0.5, 1 - 0.1 * Math.log(batch));

/** The seed model: `load` is the share of what a full batch can serve. The C++ program draws the same kind of requests. */
export function seedModel({ count, batch = 32, load = 0.9, min = 5, max = 19, seed = 1, schedulers = ['fifo', 'priority'] }) {
  const rate = (load * batch * 1000) / (((min + max) / 2) * step(batch));
  return `
name: Seed model
seed: ${seed}
engine: { maxBatchSize: ${batch}, stepTime: { model: log-efficiency } }
${CLASSES}
workload:
  - generate: { count: ${count}, arrivals: { process: poisson, rate: ${rate} }, class: ${MIX}, outputTokens: { distribution: uniform, min: ${min}, max: ${max} } }
schedulers: [${schedulers.join(', ')}]
`;
}

/**
 * A server with everything that limits it: budget 2048, paged KV cache, chunked prefill, linear step time. 256 prompt and
 * 128 output tokens at a rate that is about `load` of what it sustains.
 */
export function fullEngine({ count, load = 0.9, perContextToken = '0us', schedulers = ['fifo', 'priority', '{ policy: priority, name: preempt, preempt: true }'] }) {
  return `
name: Full engine
seed: 1
engine:
  maxBatchSize: 256
  maxBatchTokens: 2048
  kvCache: { blocks: 6000 }
  stepTime: { model: linear, base: 6ms, perSequence: 20us, perPrefillToken: 20us, perContextToken: ${perContextToken} }
${CLASSES}
workload:
  - generate: { count: ${count}, arrivals: { process: poisson, rate: ${(load * FULL_RATE).toFixed(3)} }, class: ${MIX}, promptTokens: 256, outputTokens: 128 }
schedulers: [${schedulers.join(', ')}]
`;
}

/** Requests per second that the full engine sustains with a full queue. */
const FULL_RATE = 94;

/** A trace in the format of the Azure LLM inference traces. */
export function azureTrace(rows) {
  const lines = ['TIMESTAMP,ContextTokens,GeneratedTokens'];
  let ticks = 0;
  for (let row = 0; row < rows; row++) {
    // Any numbers will do that look like the trace's; drawn by hand, since only their shape matters.
    ticks += 1 + ((row * 7919) % 3_600_000);
    const time = new Date(Date.UTC(2023, 10, 16) + Math.floor(ticks / 10_000)).toISOString();
    lines.push(`${time.slice(0, 10)} ${time.slice(11, 19)}.${String(ticks % 10_000_000).padStart(7, '0')},${1 + ((row * 31) % 4000)},${1 + ((row * 17) % 500)}`);
  }
  return `${lines.join('\n')}\n`;
}
