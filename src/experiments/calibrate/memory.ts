/**
 * What the times of a run tell of its KV cache: whether it decided who waits, and about how many blocks it had.
 */
import type { EngineOptions } from '../../engine/options.ts';
import type { Outcomes } from '../../engine/outcomes.ts';
import type { MeasuredRequests } from '../measured/measured-run.ts';
import { told, type Sources } from './settings.ts';

/** Share of all waiting, and of the mean latency, from which waiting beside free slots is no accident. */
const WAITING_SHARE = 0.3;
const LATENCY_SHARE = 0.1;
/** A cache this full has decided who waits. */
const FULL = 0.98;
/** vLLM's, where the run does not tell. */
const BLOCK_SIZE = 16;

/** Where KV blocks are to be searched for. */
export interface BlockRange {
  /** Whether the run tells how many there were. */
  readonly known: boolean;
  readonly around: number;
  readonly starts: readonly number[];
  readonly least: number;
  readonly most: number;
  /** The loss must fall below this share of what it is without: one parameter more always helps a little. */
  readonly gain: number;
  /** What the fitted number stands for. */
  note(blocks: number): string;
}

/**
 * The range in which to search for KV blocks; null when the user gave them, or when they played no part.
 *
 * @param replay of the best fit on the server as it is known
 */
export function fullCache(requests: MeasuredRequests, engine: EngineOptions, sources: Sources, replay: () => Outcomes): BlockRange | null {
  if (sources.flags.kvBlocks !== undefined) return null;
  const known = sources.metadata.kvBlocks;
  if (known !== undefined) {
    if (sources.metadata.prefixCaching === false || (replay().peakKvBlocks ?? 0) < FULL * known) return null;
    return {
      known: true, around: known, starts: [1.005, 1.01, 1.02, 1.04, 1.08].map((share) => share * known), least: known, most: 1.3 * known, gain: 0.9,
      note: (blocks) => `the server had ${known}; ${(100 * (blocks / known - 1)).toFixed(1)} % more stand for blocks that prompts with a common prefix shared`,
    };
  }
  if (!waitedForMemory(requests, engine.maxBatchSize)) return null;
  const most = mostBlocks(requests, told(sources, 'blockSize') ?? BLOCK_SIZE);
  return {
    known: false, around: most, starts: [0.6, 0.7, 0.8, 0.9, 1].map((share) => share * most), least: 0.3 * most, most: 1.2 * most, gain: 0.7,
    note: () => 'the run does not tell; requests waited while the batch had room, which a KV cache of this size explains',
  };
}

/**
 * Whether requests waited long while slots of the batch were free: what held them back was memory. Waiting
 * ends with admission, or with the first token where the run does not tell of admission.
 */
function waitedForMemory(requests: MeasuredRequests, maxBatchSize: number): boolean {
  const admitted = requests.admitted ?? requests.firstToken;
  let waiting = 0;
  let besideFreeSlots = 0;
  sweep(requests, [
    { times: requests.arrival, apply: (state) => void state.waiting++ },
    { times: admitted, apply: (state) => { state.waiting--; state.running++; } },
    { times: requests.finish, apply: (state) => void state.running-- },
  ], { waiting: 0, running: 0 }, (state, time) => {
    waiting += state.waiting * time;
    if (state.running < maxBatchSize) besideFreeSlots += state.waiting * time;
  });
  const latency = requests.finish.reduce((sum, time, i) => sum + time - requests.arrival[i]!, 0);
  return besideFreeSlots > WAITING_SHARE * waiting && waiting > LATENCY_SHARE * latency;
}

/**
 * Most blocks that the requests held at once, if each had grown evenly from its first token to its last: an
 * upper estimate, because a preempted request held nothing for a while.
 */
function mostBlocks(requests: MeasuredRequests, blockSize: number): number {
  const { firstToken, finish, promptTokens, outputTokens } = requests;
  let most = 0;
  // Tokens held at time t by the running: sum of (tokens at the first + growth x (t - first)).
  sweep(requests, [
    { times: firstToken, apply: (state, i) => grow(state, i, 1) },
    { times: finish, apply: (state, i, now) => { most = Math.max(most, state.tokens + state.growth * now + state.running * (blockSize / 2)); grow(state, i, -1); } },
  ], { tokens: 0, growth: 0, running: 0 }, () => {});
  return Math.max(1, Math.ceil(most / blockSize));

  function grow(state: { tokens: number; growth: number; running: number }, i: number, sign: 1 | -1): void {
    const growth = outputTokens[i]! / Math.max(1, finish[i]! - firstToken[i]!);
    state.tokens += sign * (promptTokens[i]! - growth * firstToken[i]!);
    state.growth += sign * growth;
    state.running += sign;
  }
}

interface Events<State> {
  readonly times: Float64Array;
  apply(state: State, request: number, now: number): void;
}

/** Goes through all events in order of time, then of kind, then of request; `during` is told of the time between. */
function sweep<State>({ count }: MeasuredRequests, kinds: readonly Events<State>[], state: State, during: (state: State, time: number) => void): void {
  const events = kinds.flatMap((kind, order) => Array.from({ length: count }, (_, request) => ({ time: kind.times[request]!, order, request, kind })))
    .sort((a, b) => a.time - b.time || a.order - b.order || a.request - b.request);
  let before = events[0]?.time ?? 0;
  for (const { time, request, kind } of events) {
    during(state, time - before);
    before = time;
    kind.apply(state, request, time);
  }
}
