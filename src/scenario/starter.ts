/** The scenario that `sched init` writes: commented, complete, and small enough to read in a minute. */
export const STARTER = `# A scenario: an engine, classes of requests, a workload, and the policies to compare.
#
#   sched compare FILE      who gains, and who pays for it?
#   sched validate FILE     is it right?
#   sched list              everything that can be named here, with options and units
#
# For an editor that completes and checks this file: sched schema > scenario.schema.json
# and as the first line:  # yaml-language-server: $schema=./scenario.schema.json
version: 1
name: Chat beside batch
description: Interactive chat shares one server with background summaries.
seed: 42                          # the same seed gives the same requests, whatever the policy

engine:
  maxBatchSize: 8                 # most requests in a step
  # maxBatchTokens: 2048          # most tokens in a step; left out: no limit
  stepTime:
    model: log-efficiency         # or constant, linear, table
    tokenTime: 50ms               # a step with one request; a duration always has its unit

classes:                          # in the order of every table; a smaller priority is more urgent
  high:
    priority: 1
    sla: { latency: 5s, ttft: 1s }
  low:
    priority: 2
    sla: { latency: 2m }

workload:                         # sources of requests, merged by arrival
  - generate:
      name: chat
      duration: 5m
      arrivals: { process: poisson, rate: 4 }         # requests per second
      class: high
      promptTokens: { distribution: lognormal, mean: 200, cv: 1 }
      outputTokens: { distribution: uniform, min: 10, max: 40 }
  - generate:
      name: batch
      count: 300
      arrivals: { process: burst, size: 30, interval: 30s }
      class: low
      promptTokens: 1000
      outputTokens: { distribution: geometric, mean: 100 }
  # - requests:                   # or listed one by one
  #     - { id: urgent, at: 1s, class: high, promptTokens: 20, outputTokens: 10 }
  # - trace:                      # or replayed from a file
  #     file: AzureLLMInferenceTrace_conv.csv
  #     class: { high: 0.2, low: 0.8 }

schedulers:
  - fifo
  - priority
  - { policy: priority, name: priority-preempt, preempt: true }

expect:                           # what must hold; for sched check
  - priority.high.sla.attainment >= fifo.high.sla.attainment
  - priority-preempt.high.ttft.p95 < 1s
`;
