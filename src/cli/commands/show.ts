/** sched show: a scenario with every default, its preset and its hardware filled in. */
import { Option, type Command } from 'commander';
import { addColour, addPlugin, addWithin } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  command
    .argument('<file>', 'scenario file (YAML or JSON); - is standard input')
    .addOption(new Option('--format <format>', 'how to print it').choices(['yaml', 'json']).default('yaml'))
    .option('-q, --quiet', 'print no warnings');
  addColour(addPlugin(addWithin(command))).action(async (file: string, options: { format: string; color: boolean; quiet?: boolean }) => {
    const [{ loadSelected }, { worldOf }, { shownScenario, shownYaml }] = await Promise.all([
      import('../load.ts'), import('../world.ts'), import('../../scenario/shown.ts'),
    ]);
    const world = worldOf();
    const [loaded] = await loadSelected([file], options, world);
    if (options.format === 'yaml') return writeOut(shownYaml(loaded!, world.policies));
    const { jsonText } = await import('../../render/text/json-text.ts');
    writeOut(jsonText(shownScenario(loaded!, world.policies)));
  });
}
