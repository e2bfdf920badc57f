/** How large a scenario may be, and how much work its runs, before somebody has to say that it is meant. */
import { grouped } from '../core/grouped.ts';
import type { Fault } from '../core/fault.ts';
import { pathText } from '../core/path-text.ts';
import type { ScenarioPath, ScenarioPlace } from '../core/place.ts';
import { UNLIMITED, WorkLimitError, type WorkLimits } from '../engine/work-limit.ts';
import { LIFTED, MAX_REQUESTS, USUAL_REQUESTS } from '../workload/limits.ts';

export interface Limits extends WorkLimits {
  /** Most requests of a workload, and rows of a trace. */
  readonly requests: number;
}

/** What is done in about ten seconds, and within a gibibyte: the steps for all schedulers of a scenario together. */
export const LIMITS: Limits = { requests: USUAL_REQUESTS, steps: 50e6, gaps: 2 ** 24 };

/** What memory can be addressed for. */
export const NO_LIMITS: Limits = { requests: MAX_REQUESTS, ...UNLIMITED };

/** An equal part for each of so many runs, so that it does not depend on the others, or on who runs first, whether one is stopped. */
export function shared({ steps, gaps }: Limits, runs: number): WorkLimits {
  return { steps: Math.floor(steps / runs), gaps };
}

/**
 * What is told of a run that was stopped; what it would have taken is in proportion to the requests that it had finished.
 *
 * @param run what took too much, as the subject of a sentence
 * @param requests of the workload
 */
export function stopped({ what, limit, finished }: WorkLimitError, run: string, requests: number, path: ScenarioPath = ['engine']): Fault<ScenarioPlace> {
  const [excess, help] = what === 'gaps' ? tooManyGaps(limit) : tooManySteps(limit, requests, finished ?? 0);
  return { code: 'work-limit', path, message: `${pathText(path)}: ${run} ${excess}`, help: `${help}; ${LIFTED}` };
}

function tooManyGaps(limit: number): [excess: string, help: string] {
  const mebibytes = grouped((8 * limit) / 2 ** 20);
  return [`has gaps between tokens of so many lengths that counting them takes more than ${mebibytes} MiB`, 'let steps grow less with the context, or ask for shorter outputs'];
}

function tooManySteps(limit: number, requests: number, finished: number): [excess: string, help: string] {
  const done = `by then ${grouped(finished)} of ${grouped(requests)} requests had finished`;
  const all = finished === 0 ? '' : `, so that all would take about ${grouped(Number(((limit * requests) / finished).toPrecision(2)))}`;
  return [`takes more than ${grouped(limit)} steps that cannot be taken together (a request that is planned by itself counts as one more)`, `${done}${all}`];
}
