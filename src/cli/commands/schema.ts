/** sched schema: the JSON Schema of scenario files, for editors. */
import type { Command } from 'commander';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  command.action(async () => {
    const [{ scenarioJsonSchema }, { jsonText }] = await Promise.all([import('../../scenario/json-schema.ts'), import('../../render/text/json-text.ts')]);
    writeOut(jsonText(scenarioJsonSchema()));
  });
}
