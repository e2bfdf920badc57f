/** sched list: what a scenario can name, with options, units and defaults. */
import { Argument, Option, type Command } from 'commander';
import { KINDS, type CatalogKind } from '../../catalog/kinds.ts';
import { CATALOG } from '../../render/formats.ts';
import { formatNamed } from '../io/destinations.ts';
import { addColour, addPlugin, type ColourOptions } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  command
    .addArgument(new Argument('[kind]', 'only these').choices(KINDS))
    .addOption(new Option('--format <format>', 'how to print them').choices(CATALOG.map(({ name }) => name)).default(CATALOG[0].name));
  addColour(addPlugin(command)).action(async (kind: CatalogKind | undefined, { format, color }: ColourOptions & { format: string }) => {
    const [{ catalog }, { pluginPolicies }, { standardPage }, write] = await Promise.all([
      import('../../catalog/catalog.ts'), import('../plugins.ts'), import('../io/terminal.ts'), formatNamed(format, CATALOG).load(),
    ]);
    writeOut(write(catalog(kind === undefined ? KINDS : [kind], pluginPolicies()), await standardPage(color)));
  });
}
