/**
 * Builds the command into dist/cli: bundled, so that it starts quickly; in parts, so that a command loads only what it
 * needs; as CommonJS, which Node loads in half the time of modules.
 */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { notices } from './notices.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dir = here('../../../dist/cli');
const stringWidth = here('string-width.cjs');

rmSync(dir, { recursive: true, force: true });
const { output } = await build({
  input: { main: here('../main.ts'), worker: here('../threads/worker.ts') },
  platform: 'node',
  // commander can run subcommands as programs of their own. sched has none, and loading what that takes would be felt.
  resolve: { alias: { 'node:child_process': here('nothing.js') } },
  plugins: [
    { name: 'string-width', resolveId: (id, importer) => (id === 'string-width' && importer !== stringWidth ? stringWidth : null) },
    // Parts are not modules to Node, so what imports files of the user is not one of them.
    { name: 'import-file', resolveId: (id) => (id.endsWith('/import-file.cjs') ? { id: './import-file.cjs', external: true } : null) },
  ],
  // Names with a hash of the content: what was compiled of a part is found by its name. What is not there need not be read at every start.
  output: { dir, format: 'cjs', entryFileNames: '[name]-[hash].js', chunkFileNames: '[name]-[hash].js', dynamicImportInCjs: false, minify: true },
  logLevel: 'warn',
});
writeFileSync(`${dir}/package.json`, '{ "type": "commonjs" }\n');
writeFileSync(`${dir}/THIRD-PARTY-NOTICES.txt`, notices([...output.flatMap(({ moduleIds = [] }) => moduleIds), fileURLToPath(import.meta.resolve('rolldown'))]));
copyFileSync(here('start.cjs'), `${dir}/start.js`);
copyFileSync(here('../io/import-file.cjs'), `${dir}/import-file.cjs`);
for (const { name, fileName, isEntry } of output) {
  if (isEntry) writeFileSync(`${dir}/${name}.js`, `require('./start.js').start('${fileName}', { writes: ${name === 'main'} });\n`);
}
