/** The JSON Schema as an editor uses it, through the language server that editors run. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/engine/presets/index.ts';
import { STEP_TIMES } from '../../src/engine/step-time/index.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { STARTER } from '../../src/scenario/starter.ts';
import { POLICIES } from '../../src/schedulers/index.ts';
import { ARRIVALS } from '../../src/workload/arrivals/index.ts';
import { LENGTHS } from '../../src/workload/lengths/index.ts';

/** As much of the language server as is used here; its own types need those of a dozen packages. */
interface Server {
  configure(settings: unknown): void;
  doComplete(document: unknown, position: unknown, isKubernetes: boolean): Promise<{ items: readonly { label: string }[] }>;
  doHover(document: unknown, position: unknown): Promise<{ contents: string | { value: string } } | null>;
  doValidation(document: unknown, isKubernetes: boolean): Promise<readonly { message: string }[]>;
}

const require = createRequire(import.meta.url);
const { getLanguageService } = require('yaml-language-server') as { getLanguageService(params: unknown): Server };
const { SettingsState } = require('yaml-language-server/out/server/src/yamlSettings.js') as { SettingsState: new () => object };
const { TextDocument } = require('vscode-languageserver-textdocument') as {
  TextDocument: { create(uri: string, language: string, version: number, text: string): { positionAt(offset: number): unknown } };
};

const SCHEMA = 'file:///scenario.schema.json';
const server = getLanguageService({
  schemaRequestService: async () => JSON.stringify(scenarioJsonSchema()),
  workspaceContext: { resolveRelativePath: (path: string) => path },
  yamlSettings: new SettingsState(),
});
server.configure({ validate: true, hover: true, completion: true, schemas: [{ uri: SCHEMA, fileMatch: ['*.yaml'] }], yamlVersion: '1.2' });

let version = 0;

/** The text without its mark `|`, and the place of it. */
function marked(text: string) {
  const offset = text.indexOf('|');
  const document = TextDocument.create('file:///x.yaml', 'yaml', ++version, text.replace('|', ''));
  return { document, position: document.positionAt(offset) };
}

async function completions(text: string): Promise<string[]> {
  const { document, position } = marked(text);
  return (await server.doComplete(document, position, false)).items.map(({ label }) => label);
}

async function hover(text: string): Promise<string> {
  const { document, position } = marked(text);
  const contents = (await server.doHover(document, position))?.contents ?? '';
  return typeof contents === 'string' ? contents : contents.value;
}

const names = (definitions: readonly { readonly name: string }[]) => definitions.map(({ name }) => name).toSorted();
const GENERATE = 'workload:\n  - generate:\n      count: 3\n      ';
const CHOICES: readonly (readonly [string, string, readonly string[]])[] = [
  ['process', `${GENERATE}arrivals:\n        process: |`, names(ARRIVALS)],
  ['process, with a rate there', `${GENERATE}arrivals:\n        rate: 5\n        process: |`, names(ARRIVALS)],
  ['process in a flow', `${GENERATE}arrivals: { process: |, rate: 5 }`, names(ARRIVALS)],
  ['process in a flow of its own', `${GENERATE}arrivals: { process: |}`, names(ARRIVALS)],
  ['process in a flow, begun', `${GENERATE}arrivals: { process: p| }`, ['poisson']],
  ['distribution', `${GENERATE}outputTokens:\n        distribution: |`, names(LENGTHS)],
  ['distribution in a flow', `${GENERATE}outputTokens: { distribution: |, mean: 5 }`, names(LENGTHS)],
  ['model', 'engine:\n  stepTime:\n    model: |', names(STEP_TIMES)],
  ['preset', 'engine:\n  preset: |', names(PRESETS)],
  ['policy', 'schedulers:\n  - policy: |', names(POLICIES)],
];

describe('an editor', () => {
  it.each(CHOICES)('offers every name of %s', async (_, text, wanted) => {
    const offered = await completions(text);
    expect(wanted.filter((name) => !offered.includes(name))).toEqual([]);
  });

  it.each([
    ['class', `${GENERATE}cl|ass: chat`], ['promptTokens', `${GENERATE}prompt|Tokens: 5`], ['tenant', `${GENERATE}ten|ant: a`],
    ['arrivals', `${GENERATE}arri|vals: { process: poisson, rate: 1 }`], ['maxBatchSize', 'engine:\n  maxBatch|Size: 5'], ['name', `${GENERATE}na|me: a`],
  ])('says what %s is for', async (_, text) => {
    const told = await hover(text);
    expect(told.replace(/\s/g, '')).not.toBe('');
    expect(told).not.toMatch(/sched scenario|object\(/);
  });

  it('finds nothing wrong with the starter, though its schema does not lie beside it', async () => {
    const { document } = marked(`${STARTER}|`);
    expect((await server.doValidation(document, false)).map(({ message }) => message)).toEqual([]);
  });
});
