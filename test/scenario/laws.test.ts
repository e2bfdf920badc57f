/** Laws of loading, over scenarios and over garbage. */
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { jsonTree } from '../../src/scenario/json-tree.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { STARTER } from '../../src/scenario/starter.ts';
import { codeFrames } from '../../src/render/text/code-frame.ts';
import { PLAIN } from '../../src/render/text/style.ts';

const duration = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.constantFrom('ms', 's', 'us')).map(([n, unit]) => `${n}${unit}`);
const length = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.record({ distribution: fc.constant('uniform'), min: fc.integer({ min: 1, max: 9 }), max: fc.integer({ min: 9, max: 99 }) }));
const className = fc.constantFrom('high', 'medium', 'low');

/** Valid scenarios, as plain values. */
const scenarios = fc.record({
  name: fc.string({ minLength: 1, maxLength: 20 }).filter((name) => /\S/.test(name)),
  seed: fc.oneof(fc.maxSafeInteger(), fc.string({ maxLength: 10 })),
  engine: fc.record({
    maxBatchSize: fc.integer({ min: 1, max: 64 }),
    stepTime: fc.record({ model: fc.constant('linear'), base: duration, perToken: duration }),
  }, { requiredKeys: [] }),
  schedulers: fc.subarray(['fifo', { policy: 'priority', preempt: true }], { minLength: 1 }),
  workload: fc.array(fc.oneof(
    fc.record({ requests: fc.array(fc.record({ at: duration, class: className, outputTokens: fc.integer({ min: 1, max: 99 }), prompt: fc.string() }), { maxLength: 4 }) }),
    fc.record({ generate: fc.record({ count: fc.integer({ min: 1, max: 99 }), class: className, arrivals: fc.record({ process: fc.constant('poisson'), rate: fc.constantFrom(0.5, 2) }), promptTokens: length, outputTokens: length }) }),
  ), { minLength: 1, maxLength: 3 }),
}, { requiredKeys: ['workload'] });

const SAME_NAME = 'same.yaml';

function scenarioOf(text: string, file = SAME_NAME) {
  const loaded = loadScenario(text, file);
  if (!('scenario' in loaded)) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  return { ...loaded.scenario, file: SAME_NAME, name: loaded.scenario.name.replace(/\.json$/, '') };
}

/** The same value with the keys of every map the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
}

describe('a valid scenario', () => {
  it('is the same in YAML and in JSON, and in JSON read as YAML', () => {
    fc.assert(fc.property(scenarios, (value) => {
      const fromYaml = scenarioOf(dump(value));
      expect(scenarioOf(JSON.stringify(value), 'same.json')).toEqual(fromYaml);
      expect(scenarioOf(JSON.stringify(value, null, 2))).toEqual(fromYaml);
    }), { numRuns: 60 });
  });

  it('is the same with its keys in another order, and with comments', () => {
    fc.assert(fc.property(scenarios, (value) => {
      const commented = `# a comment\n${dump(reversed(value)).replace(/^(\w+:)$/gm, '$1 # a comment')}# the end\n`;
      expect(scenarioOf(commented)).toEqual(scenarioOf(dump(value)));
    }), { numRuns: 60 });
  });
});

describe('whatever the input', () => {
  const page = { columns: 80, style: PLAIN };

  /** Loads, and has every diagnostic shown: neither may throw. */
  const survives = (input: string | Uint8Array, file: string): void => {
    const loaded = loadScenario(input, file);
    const diagnostics = 'scenario' in loaded ? loaded.warnings : loaded.faults;
    if (!('scenario' in loaded)) expect(diagnostics.length).toBeGreaterThan(0);
    // oxlint-disable-next-line no-control-regex
    expect(codeFrames(diagnostics, page)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
  };

  it('loading tells what is wrong and never throws', () => {
    const files = fc.constantFrom('a.yaml', 'a.json', '-');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), files, survives), { numRuns: 120 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), files, survives), { numRuns: 120 });
    fc.assert(fc.property(fc.json(), files, survives), { numRuns: 100 });
    fc.assert(fc.property(fc.array(fc.constantFrom('workload', 'engine', ': ', '- ', '{', '}', '[', ']', ',', '\n', '  ', '&a ', '*a', '"', "'", '|', '>', '?', '!!str ', '#', '---\n', '\t', '5ms', '\u001b[2J')), files, (parts, file) => survives(parts.join(''), file)), { numRuns: 300 });
  });

  it('a scenario with a piece cut out, doubled or replaced does not either', () => {
    const place = fc.nat({ max: STARTER.length - 1 });
    fc.assert(fc.property(place, fc.nat({ max: 40 }), fc.constantFrom('', '0', '[]', '{}', ': ', '\n', '"', 'null', '-1'), (at, size, instead) => {
      survives(STARTER.slice(0, at) + instead + STARTER.slice(at + size), 'a.yaml');
    }), { numRuns: 80 });
  });

  it('a JSON text is refused by the reader of places exactly where JSON.parse refuses it', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '"\\u00e9"', '"\\x"', '1', '-', '0', '.5', 'e3', 'true', 'null', 'nul', ' ', '\n', '\u00a0', "'"), { maxLength: 9 });
    fc.assert(fc.property(fc.oneof(fc.json(), pieces.map((parts) => parts.join(''))), (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      expect('root' in jsonTree(text)).toBe(valid);
    }), { numRuns: 1000 });
  });
});
