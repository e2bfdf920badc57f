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
}

/** A policy as plain functions: the order of waiting requests, whom to evict, and whether one may evict another. */
export interface PlainPolicy {
  before(a: PlainRequest, b: PlainRequest): number;
  victim(running: readonly PlainRequest[]): PlainRequest;
  mayPreempt(waiting: PlainRequest, running: PlainRequest): boolean;
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
  shed: boolean;
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

export function plainRun(requests: readonly PlainRequest[], options: EngineOptions, stepTime: StepTime, policy: PlainPolicy): PlainRun {
  const kv = options.kvCache;
  const blocksFor = (tokens: number): number => (kv ? Math.ceil(tokens / kv.blockSize) : 0);
  const threshold = options.longPrefillThreshold || Infinity;
  const outcomes: PlainOutcome[] = requests.map(() => ({ admitted: NaN, firstToken: NaN, finish: NaN, preemptions: 0, recomputed: 0, shed: false }));
  const steps: PlainStep[] = [];
  const gaps: [number, number][] = [];
  const waiting: Live[] = [];
  let running: Live[] = [];
  let finishedLast: Live[] = [];
  let free = kv?.blocks ?? 0;
  let peakBlocks = 0;
  let now = 0;
  let next = 0;

  const take = (r: Live, blocks: number): void => {
    r.blocks += blocks;
    free -= blocks;
    if (kv) peakBlocks = Math.max(peakBlocks, kv.blocks - free);
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
  const screen = (r: PlainRequest): Live | undefined => {
    const prompt = Math.max(1, r.prompt);
    const longest = options.maxModelLength ?? Infinity;
    const target = options.overlong === 'truncate' ? Math.min(r.output, longest - prompt) : r.output;
    const computed = prompt + target - 1;
    const piece = Math.min(kv && kv.admission !== 'completion' ? computed : prompt, threshold);
    const fits =
      target >= 1 && prompt + target <= longest && (!kv || blocksFor(computed) <= kv.blocks) &&
      (options.chunkedPrefill || options.maxBatchTokens === undefined || piece <= options.maxBatchTokens);
    return fits
      ? { ...r, target, promptLength: prompt, computed: 0, generated: 0, high: 0, lastToken: NaN, blocks: 0, done: false }
      : undefined;
  };

  for (;;) {
    if (steps.length > 100_000) throw new Error('the plain stepper does not end');
    if (!options.asyncScheduling) leave();
    for (; next < requests.length && requests[next]!.arrival <= now; next++) {
      const live = screen(requests[next]!);
      if (live) wait(live);
      else outcomes[next]!.shed = true;
    }
    if (running.length === 0 && waiting.length === 0) {
      if (next === requests.length) return { outcomes, steps, gaps, peakBlocks };
      now = requests[next]!.arrival;
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

    let passed = 0;
    for (const r of running) {
      if (budget <= 0) break;
      if (!running.includes(r)) continue;
      if (passed > 0) {
        passed--;
        continue;
      }
      if (r.done) continue;
      const tokens = Math.min(r.promptLength + r.generated - r.computed, threshold, budget);
      const need = (): number => (kv && kv.admission !== 'completion' ? blocksFor(r.computed + tokens) - r.blocks : 0);
      while (kv && free < need() && running.includes(r)) {
        const victim = policy.victim(running) as Live;
        // vLLM's place among the running moves back only for a victim that it takes tokens from.
        if (!given.has(victim) && running.indexOf(victim) < running.indexOf(r)) passed++;
        evict(victim);
      }
      if (!running.includes(r)) break;
      take(r, need());
      given.set(r, tokens);
      budget -= tokens;
    }

    if (preempted.length === 0 && (options.batching === 'continuous' || startedEmpty)) {
      while (waiting.length > 0) {
        const r = waiting[0]!;
        if (preempted.includes(r)) break;
        const length = r.promptLength + r.generated;
        const wanted = Math.min(length - r.computed, threshold);
        const room = (slots: number, blocks: number, tokens: number): boolean => {
          if (slots <= 0) return false;
          if (!kv) return true;
          const needed =
            kv.admission === 'full-length' ? length : kv.admission === 'chunk' ? Math.min(wanted, tokens) : r.promptLength + r.target - 1;
          const watermark = slots < options.maxBatchSize ? Math.floor(kv.watermark * (kv.blocks + 1)) : 0;
          return blocksFor(needed) <= blocks - watermark;
        };
        if (!room(options.maxBatchSize - running.length, free, budget)) {
          // Least urgent first; only if it gets the request in; never for the token budget alone; nobody who could not return.
          const returns = (other: Live): boolean =>
            options.chunkedPrefill || !kv || Math.min(other.promptLength + other.generated, threshold) <= (options.maxBatchTokens ?? Infinity);
          const candidates = running.filter((other) => !other.done && returns(other));
          const chosen: Live[] = [];
          const enough = (): boolean => {
            const tokens = chosen.reduce((sum, c) => sum + (given.get(c) ?? 0), budget);
            const blocks = chosen.reduce((sum, c) => sum + c.blocks, free);
            return tokens >= (options.chunkedPrefill ? 1 : wanted) && room(options.maxBatchSize - running.length + chosen.length, blocks, tokens);
          };
          while (!enough()) {
            if (candidates.length === 0) break;
            const worst = policy.victim(candidates) as Live;
            if (!policy.mayPreempt(r, worst)) break;
            candidates.splice(candidates.indexOf(worst), 1);
            chosen.push(worst);
          }
          if (!enough()) break;
          chosen.forEach(evict);
        }
        const tokens = Math.min(wanted, budget);
        if (tokens <= 0 || (!options.chunkedPrefill && tokens < wanted)) break;
        waiting.splice(waiting.indexOf(r), 1);
        running.push(r);
        if (Number.isNaN(outcomes[r.index]!.admitted)) outcomes[r.index]!.admitted = now;
        if (kv) take(r, blocksFor(kv.admission === 'completion' ? r.promptLength + r.target - 1 : r.computed + tokens));
        given.set(r, tokens);
        budget -= tokens;
      }
    }

    const freeAfter = kv ? free : null;
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
