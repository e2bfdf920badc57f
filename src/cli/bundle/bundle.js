/**
 * Builds the command into dist/cli: bundled, so that it starts quickly; in parts, so that a command loads only what it
 * needs; as CommonJS, which Node loads in half the time of modules.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dir = here('../../../dist/cli');
const stringWidth = here('string-width.cjs');

rmSync(dir, { recursive: true, force: true });
await build({
  input: { main: here('../main.ts'), worker: here('../threads/worker.ts') },
  platform: 'node',
  // commander can run subcommands as programs of their own. sched has none, and loading what that takes would be felt.
  resolve: { alias: { 'node:child_process': here('nothing.js') } },
  plugins: [{ name: 'string-width', resolveId: (id, importer) => (id === 'string-width' && importer !== stringWidth ? stringWidth : null) }],
  // What is not there need not be read at every start.
  output: { dir, format: 'cjs', chunkFileNames: '[name]-[hash].js', minify: true },
  logLevel: 'warn',
});
writeFileSync(`${dir}/package.json`, '{ "type": "commonjs" }\n');
