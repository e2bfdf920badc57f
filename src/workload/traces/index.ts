/** The one list of trace formats. */
import { aiperf } from './formats/aiperf.ts';
import { azure } from './formats/azure.ts';
import { bailian } from './formats/bailian.ts';
import { burstgpt } from './formats/burstgpt.ts';
import { guidellm } from './formats/guidellm.ts';
import { inferencePerf } from './formats/inference-perf.ts';
import { llmservingsim, llmservingsimRun } from './formats/llmservingsim.ts';
import { mooncake } from './formats/mooncake.ts';
import { openrouter } from './formats/openrouter.ts';
import { ragpulse } from './formats/ragpulse.ts';
import { sched } from './formats/sched.ts';
import { splitwiseSim } from './formats/splitwise-sim.ts';
import { vidur } from './formats/vidur.ts';
import { vllmBench } from './formats/vllm-bench.ts';
import type { TraceFormat } from './trace.ts';

export const TRACE_FORMATS: readonly TraceFormat[] = [
  sched, azure, mooncake, bailian, ragpulse, burstgpt, vidur, splitwiseSim, llmservingsim, llmservingsimRun,
  vllmBench, guidellm, aiperf, inferencePerf, openrouter,
];
