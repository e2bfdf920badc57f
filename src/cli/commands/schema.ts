/** sched schema: the JSON Schema of scenario files, for editors. */
import type { Command } from 'commander';
import { addPlugin } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  addPlugin(command).action(async () => {
    const [{ scenarioJsonSchema }, { pluginPolicies }, { jsonText }] = await Promise.all([
      import('../../scenario/json-schema.ts'), import('../plugins.ts'), import('../../render/text/json-text.ts'),
    ]);
    writeOut(jsonText(scenarioJsonSchema(pluginPolicies())));
  });
}
