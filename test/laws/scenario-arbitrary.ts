/** Random engines and workloads, small enough that everything happens often: shortage, ties, preemption. */
import fc from 'fast-check';
import { type EngineOptions } from '../../src/engine/options.ts';
import { classesOf, engineOf, type Row } from '../support.ts';

const models = fc.oneof(
  fc.record({ model: fc.constant('constant'), tokenTime: fc.integer({ min: 1, max: 40 }).map((us) => `${us}us`) }),
  fc.record({ model: fc.constant('log-efficiency'), tokenTime: fc.constantFrom('50us', '7us', '1ms') }),
  fc.record({
    model: fc.constant('linear'),
    base: fc.constantFrom('0us', '5us', '12.5us'),
    perSequence: fc.constantFrom('0us', '300ns', '2us'),
    perToken: fc.constantFrom('0us', '1us', '70ns'),
    perPrefillToken: fc.constantFrom('0us', '250ns'),
    perContextToken: fc.constantFrom('0us', '90ns', '1.3us'),
  }),
  fc.constant({ model: 'table', points: { 1: '10us', 3: '25us', 8: '31us' } }),
);

/** Now and then no two steps are alike. */
const stepTime = fc.oneof(
  { weight: 4, arbitrary: models },
  { weight: 1, arbitrary: fc.tuple(models, fc.record({ step: fc.constantFrom('0%', '30%'), run: fc.constantFrom('0%', '5%') })).map(([model, noise]) => ({ ...model, noise })) },
);

const kvCache = fc.record({
  blockSize: fc.integer({ min: 1, max: 8 }),
  blocks: fc.integer({ min: 4, max: 40 }),
  admission: fc.constantFrom('full-length', 'chunk', 'completion'),
  watermark: fc.constantFrom(0, 0, 0.1, 0.4),
});

const anyEngines: fc.Arbitrary<EngineOptions> = fc
  .record(
    {
      maxBatchSize: fc.integer({ min: 1, max: 7 }),
      maxBatchTokens: fc.integer({ min: 1, max: 40 }),
      batching: fc.constantFrom('continuous', 'continuous', 'continuous', 'static'),
      chunkedPrefill: fc.constantFrom(true, true, false),
      longPrefillThreshold: fc.constantFrom(0, 0, 3, 10),
      maxModelLength: fc.constantFrom(20, 60),
      overlong: fc.constantFrom('shed', 'truncate'),
      kvCache,
      asyncScheduling: fc.boolean(),
      stepTime,
    },
    { requiredKeys: ['maxBatchSize', 'stepTime'] },
  )
  .map((options) => engineOf(options));

/** Servers whose KV cache holds any request, and hardly two long ones: in a crowd somebody is preempted for blocks. */
const starvedEngines: fc.Arbitrary<EngineOptions> = fc
  .record(
    {
      maxBatchSize: fc.integer({ min: 3, max: 9 }),
      maxBatchTokens: fc.integer({ min: 4, max: 120 }),
      longPrefillThreshold: fc.constantFrom(0, 1, 3, 10),
      maxModelLength: fc.constantFrom(60, 110),
      overlong: fc.constant('truncate'),
      kvCache: fc
        .record({ blockSize: fc.constantFrom(1, 1, 2, 4, 7), tokens: fc.integer({ min: 109, max: 160 }), admission: fc.constantFrom('full-length', 'chunk'), watermark: fc.constantFrom(0, 0, 0.1) })
        .map(({ tokens, ...rest }) => ({ ...rest, blocks: Math.ceil(tokens / rest.blockSize) })),
      asyncScheduling: fc.boolean(),
      stepTime: fc.constantFrom({ model: 'constant', tokenTime: '60us' }, { model: 'linear', base: '40us', perPrefillToken: '1us', perContextToken: '90ns' }),
    },
    { requiredKeys: ['maxBatchSize', 'kvCache', 'stepTime'] },
  )
  .map((options) => engineOf(options));

export const engines: fc.Arbitrary<EngineOptions> = fc.oneof(anyEngines, starvedEngines);

/** The same without noise: equal steps take equal time. */
export const steadyEngines: fc.Arbitrary<EngineOptions> = engines.map((options) => ({ ...options, stepTime: { ...options.stepTime, noise: undefined } }) as EngineOptions);

/** Servers with slots and nothing else, which have a loop of their own. */
export const slotEngines: fc.Arbitrary<EngineOptions> = fc
  .record(
    { maxBatchSize: fc.integer({ min: 1, max: 7 }), batching: fc.constantFrom('continuous', 'static'), chunkedPrefill: fc.boolean(), stepTime },
    { requiredKeys: ['maxBatchSize', 'stepTime'] },
  )
  .map((options) => engineOf(options));

/** Classes with some equal priorities and some far apart. */
export const CLASSES = classesOf([2, 1, 2, 9]);
export const TENANTS = ['x', 'y', 'z'];

const row = fc.record({
  gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 600 })),
  prompt: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 50 })),
  output: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })),
  class: fc.integer({ min: 0, max: CLASSES.length - 1 }),
  tenant: fc.integer({ min: 0, max: TENANTS.length - 1 }),
});

const byArrival = (rows: readonly (Omit<Row, 'arrival'> & { gap: number })[]): Row[] => {
  let arrival = 0;
  return rows.map(({ gap, ...rest }) => ({ ...rest, arrival: (arrival += gap) }));
};

export const workloads: fc.Arbitrary<Row[]> = fc
  .oneof(fc.array(row, { minLength: 0, maxLength: 25 }), fc.array(row, { minLength: 8, maxLength: 25, size: 'max' }))
  .map(byArrival);
