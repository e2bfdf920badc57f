/**
 * The engine again, as plainly as it can be written: objects, sorted lists, one step at a time, no skipping.
 *
 * It is written from the rules (docs/model.md, test/oracles/README.md), not from src/engine, and shares no
 * code with it beyond the step-time models. The engine must agree with it to the microsecond.
 */
import type { EngineOptions } from '../../src/engine/options.ts';
import type { StepTime } from '../../src/engine/step-time/step-time.ts';

export interface PlainRequest {
  readonly index: number;
  readonly arrival: number;
  readonly prompt: number;
  readonly output: number;
  readonly priority: number;
  /** Index of its class. */
  readonly class: number;
  /** Output tokens so far, once it is in the engine. */
  readonly generated?: number;
}

/**
 * A policy as plain functions of those who wait and run: the order of requests, whom to evict, and, if it preempts, whether one
 * goes before another. What is left out is as most policies have it.
 */
export interface PlainPolicy {
  /** Below 0 where a comes before b; equals are ordered by arrival, then index. */
  before(a: PlainRequest, b: PlainRequest): number;
  victim(running: readonly PlainRequest[]): PlainRequest;
  /** Who is next of those that wait, in their order; by default the first. */
  next?(waiting: readonly PlainRequest[], running: readonly PlainRequest[], now: number): PlainRequest | undefined;
  /** What becomes of one that arrives: why it is refused, or until when it is held. */
  arrives?(request: PlainRequest): { refused: string } | { heldUntil: number } | undefined;
  /** Why one that waits for its first admission is dropped at a boundary. */
  dropped?(waiting: PlainRequest, now: number): string | undefined;
  /** When to look again where nobody runs and nobody is next. */
  wakeUp?(now: number): number;
  mayPreempt?(waiting: PlainRequest, running: PlainRequest): boolean;
}

export interface PlainStep {
  start: number;
  end: number;
  scheduled: [number, number][];
  preempted: number[];
  sampled: number[];
  finished: number[];
  freeBlocks: number | null;
}

export interface PlainOutcome {
  admitted: number;
  firstToken: number;
  finish: number;
  preemptions: number;
  recomputed: number;
  shed: string | null;
}

export interface PlainRun {
  readonly outcomes: PlainOutcome[];
  readonly steps: PlainStep[];
  /** Every gap between two tokens of one request: [request, gap]. */
  readonly gaps: [number, number][];
  readonly peakBlocks: number;
}

interface Live extends PlainRequest {
  target: number;
  promptLength: number;
  computed: number;
  generated: number;
  high: number;
  lastToken: number;
  blocks: number;
  done: boolean;
}

export function plainRun(requests: readonly PlainRequest[], options: EngineOptions, stepTime: StepTime, policy: PlainPolicy, atPlanning = false): PlainRun {
  const kv = options.kvCache;
  const blocksFor = (tokens: number): number => (kv ? Math.ceil(tokens / kv.blockSize) : 0);
  const threshold = options.longPrefillThreshold || Infinity;
  const outcomes: PlainOutcome[] = requests.map(() => ({ admitted: NaN, firstToken: NaN, finish: NaN, preemptions: 0, recomputed: 0, shed: null }));
  const steps: PlainStep[] = [];
  const gaps: [number, number][] = [];
  const waiting: Live[] = [];
  let running: Live[] = [];
  let finishedLast: Live[] = [];
  let free = kv?.blocks ?? 0;
  let peakBlocks = 0;
  let now = 0;
  /** Arrivals up to then are seen. */
  let seen = 0;
  let next = 0;
  let held: { readonly request: Live; readonly until: number }[] = [];

  const take = (r: Live, blocks: number): void => {
    r.blocks += blocks;
    free -= blocks;
  };
  const wait = (r: Live): void => {
    waiting.push(r);
    waiting.sort((a, b) => policy.before(a, b) || a.arrival - b.arrival || a.index - b.index);
  };
  const leave = (): void => {
    for (const r of finishedLast) {
      if (running.includes(r)) {
        running = running.filter((other) => other !== r);
        free += r.blocks;
      } else {
        waiting.splice(waiting.indexOf(r), 1);
      }
    }
    finishedLast = [];
  };
  /** The request as it is served, or why it never can be. */
  const screen = (r: PlainRequest): Live | string => {
    const prompt = Math.max(1, r.prompt);
    const longest = options.maxModelLength ?? Infinity;
    const target = options.overlong === 'truncate' ? Math.min(r.output, longest - prompt) : r.output;
    const computed = prompt + target - 1;
    const piece = Math.min(kv && kv.admission !== 'completion' ? computed : prompt, threshold);
    if (target < 1 || prompt + target > longest) return 'longer than maxModelLength';
    if (kv && blocksFor(computed) > kv.blocks) return 'longer than the KV cache';
    if (!options.chunkedPrefill && piece > (options.maxBatchTokens ?? Infinity)) return 'longer than maxBatchTokens, and chunkedPrefill is off';
    return { ...r, target, promptLength: prompt, computed: 0, generated: 0, high: 0, lastToken: NaN, blocks: 0, done: false };
  };

  for (;;) {
    if (steps.length > 100_000) throw new Error('the plain stepper does not end');
    if (!options.asyncScheduling) leave();
    for (; next < requests.length && requests[next]!.arrival <= seen; next++) {
      const live = screen(requests[next]!);
      const fate = typeof live === 'string' ? undefined : policy.arrives?.(live);
      if (typeof live === 'string') outcomes[next]!.shed = live;
      else if (fate && 'refused' in fate) outcomes[next]!.shed = fate.refused;
      else if (fate) held.push({ request: live, until: fate.heldUntil });
      else wait(live);
    }
    for (const { request } of held.filter(({ until }) => until <= seen)) wait(request);
    held = held.filter(({ until }) => until > seen);
    for (const r of waiting.filter(({ index }) => outcomes[index]!.preemptions === 0)) {
      const reason = policy.dropped?.(r, seen);
      if (reason === undefined) continue;
      waiting.splice(waiting.indexOf(r), 1);
      outcomes[r.index]!.shed = reason;
    }
    const head = (): Live | undefined => (policy.next ? (policy.next(waiting, running, seen) as Live | undefined) : waiting[0]);
    if (running.length === 0 && !head()) {
      if (waiting.length + held.length === 0 && next === requests.length) return { outcomes, steps, gaps, peakBlocks };
      const arrival = next < requests.length ? requests[next]!.arrival : Infinity;
      const wakeUp = waiting.length + held.length > 0 && policy.wakeUp ? policy.wakeUp(seen) : Infinity;
      now = Math.max(now, Math.min(arrival, wakeUp));
      seen = now;
      continue;
    }

    let budget = options.maxBatchTokens ?? Infinity;
    const given = new Map<Live, number>();
    const preempted: Live[] = [];
    const startedEmpty = running.length === 0;
    const evict = (r: Live): void => {
      running = running.filter((other) => other !== r);
      budget += given.get(r) ?? 0;
      given.delete(r);
      free += r.blocks;
      r.blocks = 0;
      r.high = Math.max(r.high, r.computed);
      if (kv) r.computed = 0;
      outcomes[r.index]!.preemptions++;
      preempted.push(r);
      wait(r);
    };

    const open = options.batching === 'continuous' || startedEmpty;
    const growth = (r: Live, tokens: number): number => (kv && kv.admission !== 'completion' ? blocksFor(r.computed + tokens) - r.blocks : 0);
    const give = (r: Live, tokens: number): void => {
      take(r, growth(r, tokens));
      if (tokens > 0) given.set(r, tokens);
      budget -= tokens;
    };
    const wantedBy = (r: Live): number => Math.min(r.promptLength + r.generated - r.computed, threshold);
    const affords = (r: Live): boolean => budget >= (options.chunkedPrefill ? 1 : wantedBy(r));
    const room = (r: Live, others: number, blocks: number, tokens: number): boolean => {
      if (others >= options.maxBatchSize) return false;
      if (!kv) return true;
      const length = r.promptLength + r.generated;
      const needed = kv.admission === 'full-length' ? length : kv.admission === 'chunk' ? Math.min(wantedBy(r), tokens) : r.promptLength + r.target - 1;
      return blocksFor(needed) <= blocks - (others > 0 ? Math.floor(kv.watermark * (kv.blocks + 1)) : 0);
    };
    const admit = (r: Live): void => {
      const tokens = Math.min(wantedBy(r), budget);
      if (waiting.includes(r)) waiting.splice(waiting.indexOf(r), 1);
      running.push(r);
      if (Number.isNaN(outcomes[r.index]!.admitted)) outcomes[r.index]!.admitted = now;
      if (kv) take(r, blocksFor(kv.admission === 'completion' ? r.promptLength + r.target - 1 : r.computed + tokens));
      given.set(r, tokens);
      budget -= tokens;
    };

    /** vLLM: the running in order of admission, then those that wait. */
    const planInOrder = (): void => {
      let passed = 0;
      for (const r of running) {
        if (budget <= 0) break;
        if (!running.includes(r)) continue;
        if (passed > 0) {
          passed--;
          continue;
        }
        if (r.done) continue;
        const tokens = Math.min(wantedBy(r), budget);
        while (kv && free < growth(r, tokens) && running.includes(r)) {
          const victim = policy.victim(running) as Live;
          // vLLM's place among the running moves back only for a victim that it takes tokens from.
          if (!given.has(victim) && running.indexOf(victim) < running.indexOf(r)) passed++;
          evict(victim);
        }
        if (!running.includes(r)) break;
        give(r, tokens);
      }
      while (open && preempted.length === 0) {
        const r = head();
        if (!r || !affords(r) || !room(r, running.length, free, budget)) break;
        admit(r);
      }
    };

    /** A policy that preempts: whoever is first in its order, running or waiting. */
    const planByUrgency = (mayPreempt: NonNullable<PlainPolicy['mayPreempt']>): void => {
      let admitting = open;
      /** Evicts the last in the order, as many as it takes; nobody if that is not enough. */
      const letIn = (r: Live): boolean => {
        if (preempted.includes(r) || !affords(r)) return false;
        // Without chunks one that has grown beyond a step's tokens could not return.
        const returns = (other: Live): boolean =>
          options.chunkedPrefill || !kv || Math.min(other.promptLength + other.generated, threshold) <= (options.maxBatchTokens ?? Infinity);
        const candidates = running.filter((other) => !other.done && returns(other));
        const chosen: Live[] = [];
        const sum = (of: (r: Live) => number): number => chosen.reduce((total, c) => total + of(c), 0);
        while (!room(r, running.length - chosen.length, free + sum((c) => c.blocks), budget + sum((c) => given.get(c) ?? 0))) {
          if (candidates.length === 0) return false;
          const worst = policy.victim(candidates) as Live;
          if (!mayPreempt(r, worst)) return false;
          candidates.splice(candidates.indexOf(worst), 1);
          chosen.push(worst);
        }
        waiting.splice(waiting.indexOf(r), 1);
        chosen.forEach(evict);
        admit(r);
        return true;
      };
      const turns = running.filter((r) => !r.done).sort((a, b) => policy.before(a, b) || a.index - b.index);
      while (turns.length > 0) {
        const r = turns[0]!;
        if (preempted.includes(r)) {
          turns.shift();
          continue;
        }
        const w = admitting ? head() : undefined;
        if (w && mayPreempt(w, r)) {
          admitting = letIn(w);
          continue;
        }
        turns.shift();
        const tokens = Math.min(wantedBy(r), budget);
        while (kv && free < growth(r, tokens) && running.includes(r)) {
          evict(policy.victim(running) as Live);
          admitting = false;
        }
        if (!running.includes(r)) return;
        give(r, tokens);
      }
      for (let w = head(); admitting && w; w = head()) admitting = letIn(w);
    };

    if (policy.mayPreempt) planByUrgency(policy.mayPreempt);
    else planInOrder();

    const freeAfter = kv ? free : null;
    if (kv) peakBlocks = Math.max(peakBlocks, kv.blocks - free);
    if (options.asyncScheduling) leave();

    const start = now;
    let prefill = 0;
    let decode = 0;
    let context = 0;
    for (const [r, tokens] of given) {
      if (r.generated > 0 && r.promptLength + r.generated - r.computed === 1) decode++;
      else prefill += tokens;
      context += r.computed + tokens;
    }
    now += stepTime.duration(given.size, prefill, decode, context);
    // Asynchronous: the next step is planned when this one starts.
    seen = options.asyncScheduling && !atPlanning ? start : now;
    const sampled: number[] = [];
    const finished: number[] = [];
    for (const [r, tokens] of given) {
      outcomes[r.index]!.recomputed += Math.max(0, Math.min(r.computed + tokens, r.high) - r.computed);
      r.computed += tokens;
      if (r.computed < r.promptLength + r.generated) continue;
      r.generated++;
      sampled.push(r.index);
      if (r.generated === 1) outcomes[r.index]!.firstToken = now;
      else gaps.push([r.index, now - r.lastToken]);
      r.lastToken = now;
      if (r.generated === r.target) {
        outcomes[r.index]!.finish = now;
        r.done = true;
        finished.push(r.index);
        finishedLast.push(r);
      }
    }
    steps.push({
      start, end: now, scheduled: [...given].map(([r, tokens]) => [r.index, tokens]), preempted: preempted.map((r) => r.index),
      sampled, finished, freeBlocks: freeAfter,
    });
  }
}
