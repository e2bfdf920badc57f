/**
 * What sched writes itself: the rows of `--requests`, and workloads that `sched workload -o` froze, CSV or JSON lines.
 *
 * Seconds with six decimals, in the time of the scenario that wrote them, so that a replay is the same to the
 * microsecond. Rows of several schedulers are the same requests over and over: those of the first are read.
 */
import type { TraceFormat } from '../trace.ts';

export const sched: TraceFormat = {
  name: 'sched',
  summary: 'rows of --requests and workloads of sched workload -o: CSV or JSON lines with arrival (s), promptTokens, outputTokens, class, tenant',
  fields: {
    id: 'id', class: 'class', tenant: 'tenant', arrival: 'arrival', promptTokens: 'promptTokens', outputTokens: 'outputTokens',
    latency: 'latencyTarget', ttft: 'ttftTarget', tpot: 'tpotTarget',
    session: 'session', turn: 'turn', model: 'model', type: 'type', prefix: 'prefix',
  },
  unit: 's',
  marks: [['arrival', 'promptTokens', 'outputTokens']],
  unused: [],
  keepsTime: true,
  leftOut: {
    reads: ['scheduler'],
    make() {
      let first: unknown;
      return (scheduler) => ((first ??= scheduler) === scheduler ? undefined : 'of another scheduler');
    },
  },
};
