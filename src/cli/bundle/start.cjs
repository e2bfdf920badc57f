/**
 * Starts the bundle: loads its parts with what V8 compiled of them last time, which is half of what a small run takes.
 *
 * Node 22 has the like of it (module.enableCompileCache), Node 20 has not; its two environment variables hold here too.
 * What was compiled is kept in one file a command, beside the bundle: whoever can write there can change the bundle
 * as well, so nobody has to be trusted more. Where nothing can be written, parts are compiled at every start.
 */
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');

const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env;
const FOLDER = NODE_COMPILE_CACHE ? path.join(NODE_COMPILE_CACHE, 'sched') : path.join(__dirname, 'compiled');
/** Code that comes from a cache counts no coverage. */
const CACHES = NODE_DISABLE_COMPILE_CACHE !== '1' && !NODE_V8_COVERAGE;
const COMMAND = process.argv[2] ?? '';

const modules = new Map();
const scripts = new Map();
/** By part; V8 itself refuses what another version of it, or other flags, made. A part's name has a hash of its content. */
let compiled = {};
let stale = false;

/** Loads the part that everything begins with. */
exports.start = (entry, { writes }) => {
  if (CACHES) {
    compiled = read();
    if (writes) process.on('exit', write);
  }
  load(entry);
};

function load(name) {
  const known = modules.get(name);
  if (known) return known.exports;
  const filename = path.join(__dirname, name);
  const source = fs.readFileSync(filename, 'utf8');
  const cachedData = compiled[name];
  const script = new vm.Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, { filename, cachedData });
  if (!cachedData || script.cachedDataRejected) stale = true;
  scripts.set(name, script);
  const module = { exports: {} };
  modules.set(name, module);
  script.runInThisContext()(module.exports, requireFrom, module, filename, __dirname);
  return module.exports;
}

function requireFrom(id) {
  return id.startsWith('./') && !id.endsWith('.cjs') ? load(id.slice(2)) : require(id);
}

function file(command) {
  return path.join(FOLDER, `${command}-${process.version}-${process.arch}.bin`);
}

function read() {
  for (const command of /^[a-z]+$/.test(COMMAND) ? [COMMAND, 'sched'] : ['sched']) {
    try {
      return unpacked(fs.readFileSync(file(command)));
    } catch {
      // Not there yet, or not whole.
    }
  }
  return {};
}

function write() {
  if (!stale) return;
  // A command has a part of its own name: only commands have a file.
  const command = [...scripts.keys()].some((name) => name.startsWith(`${COMMAND}-`)) ? COMMAND : 'sched';
  const whole = file(command);
  const begun = `${whole}.${process.pid}-${Date.now()}`;
  try {
    fs.mkdirSync(FOLDER, { recursive: true });
    fs.writeFileSync(begun, packed([...scripts].map(([name, script]) => [name, script.createCachedData()])), { flag: 'wx' });
    fs.renameSync(begun, whole);
  } catch {
    // It is only slower without.
    try {
      fs.rmSync(begun, { force: true });
    } catch {
      // Nor was anything begun.
    }
  }
}

/** A line of JSON that says which parts there are and how long, then the parts. */
function packed(parts) {
  const contents = parts.map(([name, { length }]) => [name, length]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(contents)}\n`), ...parts.map(([, data]) => data)]);
}

function unpacked(data) {
  let at = data.indexOf('\n') + 1;
  const parts = JSON.parse(data.toString('latin1', 0, at)).map(([name, length]) => [name, data.subarray(at, (at += length))]);
  if (at !== data.length) throw new Error('not whole');
  return Object.fromEntries(parts);
}
