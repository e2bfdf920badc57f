/** Files that are no scenario at all: one clear fault each, never an exception, never much time or memory. */
import { describe, expect, it } from 'vitest';
import { diagnose, onlyFault, WORKLOAD } from './marked.ts';

const only = (input: string | Uint8Array, file?: string) => {
  const found = diagnose(input, file);
  expect(found).toHaveLength(1);
  return found[0]!;
};

describe('text', () => {
  it.each([
    ['nothing', ''], ['white space', ' \n\n'], ['comments', '# a scenario\n'], ['a null', '~\n'], ['an empty document', '---\n'],
  ])('%s is an empty file', (_, text) => {
    expect(only(text)).toMatchObject({ code: 'empty-file', help: expect.stringContaining('sched init') });
    expect(only('', 'a.json').code).toBe('empty-file');
  });

  it.each([['hello', 'found "hello"'], ['- a\n', 'found a list'], ['5', 'found 5']])('%j is no map', (text, found) => {
    expect(only(text)).toMatchObject({ code: 'wrong-type', line: 1, column: 1, message: expect.stringContaining(found) });
  });

  it('a byte order mark is let pass', () => {
    expect(diagnose(`\ufeff${WORKLOAD}`)).toEqual([]);
    expect(diagnose(new TextEncoder().encode(`\ufeff${WORKLOAD}`))).toEqual([]);
  });

  it('bytes that are not UTF-8 are told with their place', () => {
    const latin1 = Uint8Array.from('name: a\ndescription: caf\xe9\n', (char) => char.charCodeAt(0));
    expect(only(latin1)).toMatchObject({ code: 'not-text', line: 2, column: 17 });
  });

  it('NUL characters are told with their place', () => {
    expect(only('name: a\nseed: \0\n')).toMatchObject({ code: 'not-text', line: 2, column: 7 });
    expect(only(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0)).code).toBe('not-text');
  });

  it('UTF-16, as some editors save it, is named', () => {
    expect(only(Uint8Array.of(0xff, 0xfe, 0x61, 0))).toMatchObject({ code: 'not-text', message: expect.stringContaining('UTF-16') });
  });

  it('more than 32 MiB is refused unread', () => {
    expect(only(new Uint8Array(32 * 2 ** 20 + 1))).toMatchObject({ code: 'too-large', help: expect.stringContaining('trace') });
  });
});

describe('YAML', () => {
  it.each([
    ['spaces', 'engine:\n‹\t›maxBatchSize: 8\n'],
    ['column', 'engine:\n  maxBatchSize: 8\n ‹b›atching: static\n'],
    ['comma', 'engine: { batching: "static" ‹m›axBatchSize: 8 }\n'],
    ['closing bracket', 'schedulers: [\n  fifo\n‹]›\n'],
    ['in quotes', 'workload: [ { trace: { when: ‹>› 4096 } } ]\n'],
    ['in quotes', 'name: ‹@›home\n'],
  ])('broken syntax is told with its place, and help about %s', (help, marked) => {
    expect(onlyFault(marked)).toMatchObject({ code: 'yaml-syntax', help: expect.stringContaining(help) });
  });

  it('an unknown tag or alias is told', () => {
    expect(onlyFault('name: ‹!›secret x\n').code).toBe('yaml-syntax');
    expect(onlyFault('name: ‹*fast›\n')).toMatchObject({ code: 'yaml-syntax', help: expect.stringContaining('&fast') });
  });

  it('more than one document is refused', () => {
    expect(onlyFault(`${WORKLOAD}‹---›\nname: b\n`).code).toBe('several-documents');
    expect(onlyFault(`${WORKLOAD}‹---›\n`).code).toBe('several-documents');
  });

  it('one document may have its marks', () => {
    expect(diagnose(`%YAML 1.2\n---\n${WORKLOAD}...\n`)).toEqual([]);
  });

  it('a billion laughs stay a small file', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    const started = performance.now();
    expect(only(['a0: &a0 [ha, ha, ha]', ...levels].join('\n'))).toMatchObject({ code: 'yaml-alias', line: 6 });
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('a list of aliases of a list of aliases is bounded too', () => {
    const requests = `{ requests: &r [${Array(999).fill('{ class: high, outputTokens: 5 }').join(', ')}] }`;
    expect(only(`workload: [${[requests, ...Array(999).fill('{ requests: *r }')].join(', ')}]`).code).toBe('yaml-alias');
  });

  it('a value within itself is refused', () => {
    expect(onlyFault('engine: &e { kvCache: ‹*e› }\n').code).toBe('yaml-alias');
  });

  it('nesting is bounded', () => {
    expect(only(`engine: ${'['.repeat(50_000)}`).code).toBe('yaml-syntax');
    expect(only(`${'- '.repeat(50_000)}a`).code).toBe('yaml-syntax');
    expect(only(`{"engine": ${'['.repeat(50_000)}`, 'a.json').code).toBe('json-syntax');
  });

  it.each(['0', '{ requests: [0] }', '{ requests: [{ at: 5 }] }'])('tens of thousands of faults are not collected: %s', (source) => {
    const { user } = process.cpuUsage();
    const found = diagnose(`workload: [${`${source}, `.repeat(8_000)}]`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(60);
    expect(process.cpuUsage().user - user).toBeLessThan(6e6);
  });

  it('more faults than the stack holds, of requests that are each fine: the first are told, and that there are more', () => {
    const found = diagnose(`workload: [{ requests: [${'{outputTokens: 1},'.repeat(130_000)}] }]`);
    expect(found).toHaveLength(51);
    expect(found[0]!.message).toContain('needs a class');
    expect(found.at(-1)!.message).toMatch(/^and more than \d+ more$/);
  });

  it.each([
    ['yaml', `a: [${'[],'.repeat(2e6)}]`], ['yaml', 'k: 1\n'.repeat(1e6)], ['yaml', '- - - - - - 1\n'.repeat(3e5)],
    ['json', `{"a": [${'[],'.repeat(2e6)}[]]}`], ['json', `[${'{},'.repeat(2e6)}1]`],
  ])('more keys and values than a scenario has are refused before any is read (%s)', (extension, text) => {
    expect(diagnose(text, `a.${extension}`)).toMatchObject([{ code: 'too-large', message: expect.stringContaining('1,500,000 keys and values') }]);
  });

  it('what only looks like many values is none: blank lines, long texts', () => {
    expect(diagnose(`${'\n'.repeat(2e6)}description: "${'-'.repeat(9000)}"\n${WORKLOAD}`)).toEqual([]);
    expect(diagnose(JSON.stringify({ workload: [{ requests: [{ class: 'high', outputTokens: 5, prompt: ',:[{'.repeat(1e6) }] }] }), 'a.json')).toEqual([]);
  });
});

describe('JSON', () => {
  it('may have millions of escapes in one text', () => {
    expect(diagnose(`{"name": "${'\\n'.repeat(4e6)}", "x": 1}`, 'a.json').map(({ code }) => code)).toContain('unknown-key');
  });

  it.each([
    ['no comma before }', '{ "seed": 1, ‹}› '],
    ['no comma before ]', '{ "schedulers": ["fifo", ‹]› }'],
    ['no comments', '{ ‹/›/ a comment\n "seed": 1 }'],
    ['double quotes', "{ ‹'›seed': 1 }"],
    ['double quotes', '{ ‹s›eed: 1 }'],
    ['bare words', '{ "seed": ‹y›es }'],
    ['no leading zeros', '{ "seed": ‹+›1 }'],
    ['no leading zeros', '{ "seed": ‹N›aN }'],
    ['ends too early', '{ "seed": 1'.concat('‹›')],
    ['backslash', '{ "name": ‹"a\\q"›}'.replace('›}', '}›')],
  ])('is strict; help about %s', (help, marked) => {
    const fault = only(marked.replace(/[‹›]/g, ''), 'a.json');
    expect(fault).toMatchObject({ code: 'json-syntax', line: 1 + (marked.slice(0, marked.indexOf('‹')).match(/\n/g)?.length ?? 0), help: expect.stringContaining(help) });
    expect(fault.column).toBe(marked.slice(0, marked.indexOf('‹')).split('\n').at(-1)!.length + 1);
  });

  it('duplicate keys are told, though JavaScript would let them pass', () => {
    expect(onlyFault('{ "seed": 1,\n  ‹"seed"›: 2, "workload": [{ "requests": [] }] }', 'a.json')).toMatchObject({ code: 'duplicate-key', help: expect.stringContaining('line 1') });
  });

  it('faults of fields have their place', () => {
    expect(onlyFault('{"engine": {"maxBatchSize": ‹0›}, "workload": [{ "requests": [] }]}', 'a.JSON').code).toBe('out-of-range');
  });
});
