/** The scenario that `sched init` writes: small enough to read, and its policies already differ. */
export const STARTER = `# A scenario for sched: an engine, classes of requests, a workload, and the policies to compare.
#
#   sched validate FILE      is it right?
#   sched compare FILE       who gains, who pays?
#   sched list               everything that can be named here
#
# Editors complete and check this file once its schema lies beside it: sched schema > scenario.schema.json
# yaml-language-server: $schema=./scenario.schema.json
version: 1
name: Chat beside batch
description: Interactive chat shares one server with background summaries.
seed: 42                          # the same seed gives the same requests, whatever the policy

engine:
  maxBatchSize: 8                 # most requests in a step
  stepTime:
    model: log-efficiency         # or: constant, linear, table (sched list step-times)
    tokenTime: 50ms               # a step with one request; durations always have a unit

classes:                          # in the order of every table; a smaller priority is more urgent
  high:
    priority: 1
    sla: { latency: 5s, ttft: 1s }
  low:
    priority: 2
    sla: { latency: 2m }

workload:                         # sources are merged by arrival time
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
  # - requests:                   # or one by one
  #     - { id: urgent, at: 1s, class: high, promptTokens: 20, outputTokens: 10 }
  # - trace: { file: AzureLLMInferenceTrace_conv.csv, class: { high: 0.2, low: 0.8 } }

schedulers:
  - fifo
  - priority
  - { policy: priority, name: priority-preempt, preempt: true }
`;
