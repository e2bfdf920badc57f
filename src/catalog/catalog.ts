/** Everything a scenario can name, gathered from the lists that the program itself runs on. */
import type { GenericSchema } from 'valibot';
import { isMapping } from '../core/choice.ts';
import { amountText } from '../core/quantities.ts';
import type { Card } from '../engine/hardware/card.ts';
import { CARDS } from '../engine/hardware/cards.ts';
import { parameters } from '../engine/hardware/model-shape.ts';
import { type KnownModel, MODELS } from '../engine/hardware/models.ts';
import { PRESETS } from '../engine/presets/index.ts';
import { STEP_TIMES } from '../engine/step-time/index.ts';
import { METRICS } from '../metrics/index.ts';
import { NO_POLICIES, policiesWith } from '../schedulers/given.ts';
import type { PolicyDefinition } from '../schedulers/policy.ts';
import { ARRIVALS } from '../workload/arrivals/index.ts';
import { LENGTHS } from '../workload/lengths/index.ts';
import { TRACE_FORMATS } from '../workload/traces/index.ts';
import type { CatalogEntry, CatalogSection } from './facts.ts';
import type { CatalogKind } from './kinds.ts';
import { optionFacts } from './option-facts.ts';

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly options?: Readonly<Record<string, GenericSchema>>;
}

/** The sections of each kind. */
const SECTIONS: Readonly<Record<CatalogKind, (given: readonly PolicyDefinition<never>[]) => CatalogSection[]>> = {
  policies: (given) => [section('policies', 'Policies: schedulers: [{ policy: NAME, … }]', policiesWith(given))],
  presets: () => [{ kind: 'presets', title: 'Engine presets: engine: { preset: NAME }', entries: PRESETS.map(presetEntry) }],
  hardware: () => [{ kind: 'hardware', title: 'Cards: engine: { hardware: NAME, model: … }, or hardware: { card: NAME, count: 2 }', entries: CARDS.map(cardEntry) }],
  models: () => [{ kind: 'models', title: 'Models: engine: { hardware: …, model: NAME }; any other by its config.json: model: ./config.json', entries: MODELS.map(modelEntry) }],
  'step-times': () => [section('step-times', 'Step-time models: engine: { stepTime: { model: NAME, … } }', STEP_TIMES)],
  arrivals: () => [section('arrivals', 'Arrival processes: generate: { arrivals: { process: NAME, … } }', ARRIVALS)],
  lengths: () => [section('lengths', 'Length distributions: generate: { outputTokens: { distribution: NAME, … } }', LENGTHS)],
  traces: () => [section('traces', 'Trace formats: trace: { format: NAME }; auto, the default, tells them apart', TRACE_FORMATS)],
  metrics: () => [metrics('group', 'Metrics of all requests, of a class, of a tenant'), metrics('run', 'Metrics of a whole run')],
};

/** The sections of these kinds, in order. @param policies beside those of this project */
export function catalog(kinds: readonly CatalogKind[], policies = NO_POLICIES): CatalogSection[] {
  return kinds.flatMap((kind) => SECTIONS[kind](policies));
}

function section(kind: CatalogKind, title: string, definitions: readonly Definition[]): CatalogSection {
  return { kind, title, entries: definitions.map(({ name, summary, options = {} }) => ({ name, summary, options: optionFacts(options) })) };
}

function presetEntry({ name, summary, source, engine }: (typeof PRESETS)[number]): CatalogEntry {
  return { name, summary, options: [], note: `sets ${flow(engine)}; from ${source}`, data: { source, engine } };
}

function cardEntry({ name, summary, memory, bandwidth, flops, link, source }: Card): CatalogEntry {
  const speeds = Object.entries(flops).map(([dtype, speed]) => `${amountText(speed, 'FLOPS')} in ${dtype}`).join(', ');
  const note = `${amountText(bandwidth, 'B/s')}, ${speeds}, ${amountText(memory, 'B')} for a program; link (a guess) ${amountText(link.bandwidth, 'B/s')} and ${link.latency} us; from ${source}`;
  return { name, summary, options: [], note, data: { memory, bandwidth, flops, link: { bandwidth: link.bandwidth, latency: link.latency / 1e6 }, source } };
}

function modelEntry({ name, summary, source, ...shape }: KnownModel): CatalogEntry {
  return { name, summary, options: [], note: `from ${source}`, data: { ...shape, parameters: parameters(shape as KnownModel), source } };
}

/** `a: 1, b: { c: 2 }`, as the user would write it. */
function flow(entries: Readonly<Record<string, unknown>>): string {
  return Object.entries(entries)
    .map(([name, value]) => `${name}: ${isMapping(value) ? `{ ${flow(value)} }` : String(value)}`)
    .join(', ');
}

const UNITS = { time: 'seconds', share: 'share, 0 to 1', rate: 'per second', count: 'number', ratio: 'ratio', cost: 'in the currency of the price' } as const;
const DIRECTIONS = { lower: '; lower is better', higher: '; higher is better', neither: '' } as const;

function metrics(scope: 'group' | 'run', title: string): CatalogSection {
  const entries = METRICS.filter((metric) => metric.scope === scope).map(({ name, summary, unit, better, stats, percentiles, ...metric }): CatalogEntry => {
    const listed = [...stats, ...(percentiles ? ['any other percentile'] : [])].join(', ');
    const parts = listed !== '' ? `; ${listed}` : 'keyedBy' in metric ? `; by ${metric.keyedBy}` : '';
    return {
      name, summary, options: [],
      note: `${UNITS[unit]}${DIRECTIONS[better]}${parts}`,
      data: { scope, unit, better, statistics: stats },
    };
  });
  return { kind: 'metrics', title, entries };
}
