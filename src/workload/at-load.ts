/** A workload with more or fewer arrivals in the same time: what `load` stands for in sweeps and in the search for capacity. */
import { ARRIVALS } from './arrivals/index.ts';
import { definitionOf } from './definition.ts';
import type { GenerateSpec, SourceSpec } from './spec.ts';

/**
 * The sources with `load` times as many arrivals per second: rates of generated requests times, times of listed
 * requests divided, traces replayed so much faster. A load of 1 changes nothing. With a count rather than a
 * duration the same number of requests arrives in less time.
 */
export function atLoad(sources: readonly SourceSpec[], load: number): readonly SourceSpec[] {
  return load === 1 ? sources : sources.map((source) => sourceAtLoad(source, load));
}

function sourceAtLoad(source: SourceSpec, load: number): SourceSpec {
  if ('requests' in source) return { requests: source.requests.map((request) => ({ ...request, at: Math.round(request.at / load) })) };
  if ('trace' in source) {
    const { rate, speed = 1 } = source.trace;
    return { trace: rate === undefined ? { ...source.trace, speed: speed * load } : { ...source.trace, rate: rate * load } };
  }
  return { generate: { ...source.generate, arrivals: arrivalsAtLoad(source.generate.arrivals, load) } };
}

function arrivalsAtLoad({ process, ...options }: GenerateSpec['arrivals'], load: number): GenerateSpec['arrivals'] {
  const { load: asked } = options;
  if (typeof asked === 'number') return { process, ...options, load: asked * load };
  const definition = definitionOf(ARRIVALS, process);
  return { process, ...definition.atPace(options as never, definition.pace(options as never) * load) };
}
