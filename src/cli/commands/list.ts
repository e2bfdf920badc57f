/** sched list: what a scenario can name, with options, units and defaults. */
import { Argument, Option, type Command } from 'commander';
import { KINDS, type CatalogKind } from '../catalog-kinds.ts';
import { addColour } from '../shared-options.ts';
import { writeOut } from '../io/streams.ts';

export function configure(command: Command): void {
  command
    .addArgument(new Argument('[kind]', 'only these').choices(KINDS))
    .addOption(new Option('--format <format>', 'how to print them').choices(['table', 'json']).default('table'));
  addColour(command).action(async (kind: CatalogKind | undefined, { format, color }: { format: string; color: boolean }) => {
    const { catalog } = await import('../catalog.ts');
    const sections = catalog(kind === undefined ? KINDS : [kind]);
    const { catalogData, catalogText } = await import('../../render/pages/catalog.ts');
    if (format === 'json') {
      const { jsonText, SCHEMA_VERSION } = await import('../../render/runs/json.ts');
      writeOut(jsonText({ schemaVersion: SCHEMA_VERSION, ...catalogData(sections) }));
      return;
    }
    const { standardPage } = await import('../io/terminal.ts');
    writeOut(catalogText(sections, await standardPage(color)));
  });
}
