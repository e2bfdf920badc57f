/**
 * Synthetic requests: arrivals, lengths, class and tenant, each from random streams of its own.
 *
 * So, for one seed and one name of the source:
 * - arrivals depend on `arrivals` alone, and a longer run (`count`, `duration`) begins with the shorter one;
 * - prompt lengths depend on `promptTokens` alone, output lengths on `outputTokens` alone: the n-th request
 *   has the same ones whatever its class, and whatever the arrivals;
 * - with a class added to the mix every request keeps its arrival, its lengths and its tenant, and either keeps its class
 *   or goes over to the new one; likewise for tenants;
 * - another source changes nothing here. (A source without a name is called by its position, so adding one
 *   before it changes its name, and with that its numbers.)
 */
import { grouped } from '../core/grouped.ts';
import { FaultError } from '../core/fault.ts';
import type { ScenarioPath } from '../core/place.ts';
import { MAX_MICROS } from '../core/time.ts';
import type { Micros } from '../core/time.ts';
import type { NextArrival } from './arrivals/arrival.ts';
import { ARRIVALS } from './arrivals/index.ts';
import { expectedCount } from './check.ts';
import { GrowingColumn, sourceColumns } from './columns.ts';
import { definitionOf } from './definition.ts';
import { workloadFault } from './fault.ts';
import { LENGTHS } from './lengths/index.ts';
import { loadLengths } from './lengths/load.ts';
import { liftedFrom } from './limits.ts';
import { drawMix } from './mix.ts';
import { NO_TENANT } from './references.ts';
import { TooRare } from './rejections.ts';
import type { BuiltSource, SourceContext } from './source.ts';
import type { GenerateSpec, LengthSpec } from './spec.ts';

/** @throws FaultError where the process ends before `count`, or a file of lengths is at fault */
export async function generateRequests(spec: GenerateSpec, context: SourceContext): Promise<BuiltSource> {
  const { name, path, streams } = context;
  if (spec.arrivals['load'] !== undefined) {
    throw new FaultError([workloadFault([...path, 'generate', 'arrivals', 'load'], 'stands for a pace that only an engine can tell: find it first (pacedSources)')]);
  }
  const definition = definitionOf(ARRIVALS, spec.arrivals.process);
  const next = definition.make(spec.arrivals as never, streams('', 'arrivals'));
  const generatePath = [...path, 'generate'];
  const arrival = refusingRare([...generatePath, 'arrivals'], 'requests come so rarely at first that next to none ever would', () => spec.duration === undefined
    ? countedArrivals(next, spec.count!, spec.start, generatePath, context)
    : arrivalsWithin(next, spec.duration, spec, generatePath, context));
  const columns = sourceColumns(arrival.length, context.allocate, arrival);
  await drawLengths(columns.promptTokens, spec.promptTokens, 'promptTokens', context);
  await drawLengths(columns.outputTokens, spec.outputTokens, 'outputTokens', context);
  const onlyClass = context.classes[0]!.name;
  drawMix(columns.class, [spec.class ?? onlyClass], undefined, (of) => context.classIndex(of)!, (whose) => streams(whose, 'class'));
  drawMix(columns.tenant, [spec.tenant ?? NO_TENANT], undefined, context.tenantIndex, (whose) => streams(whose, 'tenant'));
  for (let i = 0; i < arrival.length; i++) columns.ordinal[i] = i;
  return {
    source: { name },
    columns,
    namesTenants: spec.tenant !== undefined,
    report: { source: name, rowsRead: arrival.length, rowsKept: arrival.length, dropped: {} },
  };
}

function countedArrivals(next: NextArrival, count: number, start: Micros, path: ScenarioPath, { allocate }: SourceContext): Float64Array {
  const arrival = new Float64Array(allocate(8 * count));
  for (let i = 0; i < count; i++) {
    const time = start + Math.round(next());
    if (!(time <= MAX_MICROS)) {
      const help = 'virtual time ends after 285 years: give a duration, or a higher rate';
      throw new FaultError([workloadFault([...path, 'count'], `only ${grouped(i)} of ${grouped(count)} requests would ever arrive`, help)]);
    }
    arrival[i] = time;
  }
  return arrival;
}

function arrivalsWithin(
  next: NextArrival, duration: Micros, spec: GenerateSpec, path: ScenarioPath, { allocate, most }: SourceContext,
): Float64Array {
  const { start, count = Infinity } = spec;
  const last = Math.min(duration - 1, MAX_MICROS - start);
  // A little room above what is expected, so that the column seldom has to grow.
  const expected = expectedCount(spec);
  const arrival = new GrowingColumn(Math.ceil(expected + 4 * Math.sqrt(expected)));
  while (arrival.count < count) {
    const time = Math.round(next());
    if (!(time <= last)) break;
    if (arrival.count === most) throw new FaultError([workloadFault([...path, 'duration'], `gives more than ${grouped(most)} requests`, liftedFrom(most))]);
    arrival.push(start + time);
  }
  return arrival.copy(allocate);
}

async function drawLengths(
  out: Uint32Array, spec: LengthSpec, what: 'promptTokens' | 'outputTokens', { files, path, streams }: SourceContext,
): Promise<void> {
  if (typeof spec === 'number') {
    // Columns start as zeros that take no memory until they are touched.
    if (spec !== 0) out.fill(spec);
    return;
  }
  const options = await loadLengths(spec, files, [...path, 'generate', what]);
  const draw = definitionOf(LENGTHS, spec.distribution).make(options as never, streams('', what));
  refusingRare([...path, 'generate', what], 'min and max leave next to nothing of the distribution: nearly every draw misses them', () => {
    for (let i = 0; i < out.length; i++) out[i] = draw();
  });
}

/** @throws FaultError where nearly every draw is thrown away */
function refusingRare<Result>(path: ScenarioPath, message: string, draw: () => Result): Result {
  try {
    return draw();
  } catch (error) {
    throw error instanceof TooRare ? new FaultError([workloadFault(path, message)]) : error;
  }
}
