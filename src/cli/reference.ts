/** The reference page, gathered from the schema, the catalog and the commands. */
import { catalog } from '../catalog/catalog.ts';
import { KINDS } from '../catalog/kinds.ts';
import { scenarioFields } from '../catalog/scenario-fields.ts';
import { referencePage } from '../render/pages/reference.ts';
import { commandFacts } from './command-facts.ts';
import { ExitCode } from './exit.ts';
import { pluginPolicies } from './plugins.ts';

const EXIT_MEANINGS: Readonly<Record<keyof typeof ExitCode, string>> = {
  fine: 'fine',
  gateFailed: 'a gate failed: an expectation or a baseline of sched check',
  wrongInput: 'wrong input: usage, scenario, trace, baseline, an expectation that no sample can decide',
  bug: 'a bug in sched',
  interrupted: 'interrupted',
};

/** docs/reference.md. */
export async function reference(): Promise<string> {
  return referencePage({
    fields: scenarioFields(),
    catalog: catalog(KINDS, pluginPolicies()),
    commands: await commandFacts(),
    exitCodes: (Object.keys(ExitCode) as (keyof typeof ExitCode)[]).map((name) => ({ code: ExitCode[name], meaning: EXIT_MEANINGS[name] })),
  });
}
