/**
 * What is wrong, or pointless, about values that are each fine by themselves.
 *
 * An error cannot be simulated, or could not mean what it says. What only never takes effect, or a real
 * server would refuse, is a warning.
 */
import { isMapping } from '../core/choice.ts';
import type { Fault } from '../core/fault.ts';
import { pathText, sentence } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import type { EngineOptions, StepTimeOptions } from '../engine/options.ts';
import { policiesWith } from '../schedulers/given.ts';
import type { PolicyDefinition, World } from '../schedulers/policy.ts';
import type { RequestClass } from '../workload/request-table.ts';
import { pointless } from './idle.ts';
import type { SchedulerSpec } from './scenario.ts';

/**
 * Faults of the engine's options taken together.
 *
 * @param written the `engine:` of the file, where a default is not yet there
 */
export function* engineFaults(engine: EngineOptions, written: unknown): Generator<Fault<ScenarioPlace>> {
  const { maxBatchSize, maxBatchTokens, longPrefillThreshold, maxModelLength, kvCache, chunkedPrefill } = engine;
  if (takesNoTime(engine.stepTime)) {
    yield {
      code: 'no-time',
      message: 'engine.stepTime: every coefficient is 0, so a step takes no time',
      help: 'give at least one of them, such as base: 6ms',
      path: ['engine', 'stepTime'],
    };
  }
  // A card does not say how many requests share a step, and the default is that of a small example.
  if (isMapping(written) && written['hardware'] !== undefined && written['preset'] === undefined && written['maxBatchSize'] === undefined) {
    yield {
      code: 'no-batch', severity: 'warning', path: ['engine', 'hardware'],
      message: `engine.hardware leaves open how many requests share a step: ${maxBatchSize}, where nothing is said`,
      help: 'name a server beside it, such as preset: vllm-large (sched list presets), or say maxBatchSize and maxBatchTokens',
    };
  }
  if (maxBatchTokens !== undefined && maxBatchTokens < maxBatchSize) {
    yield pointless(['engine', 'maxBatchTokens'], `is less than maxBatchSize (${maxBatchSize})`, `no more than ${maxBatchTokens} can decode in a step; vLLM refuses this`);
  }
  if (maxBatchTokens !== undefined && longPrefillThreshold > maxBatchTokens) {
    yield pointless(['engine', 'longPrefillThreshold'], 'never takes effect', `it is more than maxBatchTokens (${maxBatchTokens})`);
  }
  if (!chunkedPrefill && longPrefillThreshold === 0 && maxBatchTokens !== undefined && maxModelLength !== undefined && maxBatchTokens < maxModelLength) {
    yield pointless(['engine', 'maxBatchTokens'], `is less than maxModelLength (${maxModelLength}) while chunkedPrefill is off`, 'longer prompts are shed; vLLM refuses this');
  }
  if (kvCache && maxModelLength !== undefined && kvCache.blocks * kvCache.blockSize < maxModelLength - 1) {
    const room = kvCache.blocks * kvCache.blockSize;
    yield pointless(['engine', 'kvCache', 'blocks'], `hold ${room} tokens, less than maxModelLength (${maxModelLength})`, 'longer requests are shed; vLLM refuses this');
  }
}

function takesNoTime({ model, ...options }: StepTimeOptions): boolean {
  return model === 'linear' && Object.values(options).every((coefficient) => coefficient === 0);
}

/** Targets that another target makes pointless. */
export function* targetFaults(classes: readonly RequestClass[]): Generator<Fault<ScenarioPlace>> {
  for (const { name, sla } of classes) {
    if (sla.ttft !== undefined && sla.latency !== undefined && sla.ttft > sla.latency) {
      yield pointless(['classes', name, 'sla', 'ttft'], 'never decides', 'it is longer than the latency target, which the first token must meet too');
    }
  }
}

/** Schedulers that share a name. */
export function* schedulerFaults(schedulers: readonly SchedulerSpec[], pathOf: (index: number) => readonly (string | number)[]): Generator<Fault<ScenarioPlace>> {
  const first = new Map<string, number>();
  for (const [index, { name, policy }] of schedulers.entries()) {
    const path = pathOf(index);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    else {
      yield {
        code: 'duplicate-name',
        message: `${pathText(path)}: there is a scheduler ${name} already`,
        help: `give it a name of its own: { policy: ${policy}, name: … }`,
        path,
        first: pathOf(earlier),
      };
    }
  }
}

/** What a policy says of its own options. @param path of the scheduler */
export function* policyFaults({ policy, options }: SchedulerSpec, world: World, path: ScenarioPath, given: readonly PolicyDefinition<never>[]): Generator<Fault<ScenarioPlace>> {
  const definition = policiesWith(given).find(({ name }) => name === policy);
  for (const { path: below, message, help } of definition?.faults?.(options as never, world) ?? []) {
    const whole = [...path, ...below];
    yield { code: 'invalid-value', message: sentence(whole, message), help, path: whole };
  }
}
