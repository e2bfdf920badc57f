/** Whole processes, measured: CPU and wall seconds, peak memory. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = here('build');
export const BIN = here('../bin/sched.js');
mkdirSync(folder, { recursive: true });

/** A file of the benchmarks' own; returns its path. */
export function scratch(name, text) {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

/** Runs Node; CPU seconds of all its threads, wall seconds, peak MiB, and what it printed. */
export function node(...args) {
  const usage = scratch('usage.json');
  const { seconds, out } = run(process.execPath, ['--import', new URL('usage.js', import.meta.url).href, ...args], { BENCH_USAGE: usage });
  return { ...JSON.parse(readFileSync(usage, 'utf8')), wall: seconds, out };
}

/** Wall seconds of a process as it is, without the observer that `node` loads into it. */
export function wall(...args) {
  return run(process.execPath, args).seconds;
}

function run(program, args, env = {}) {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, ...env } });
  const seconds = (performance.now() - begun) / 1000;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, out: stdout };
}

/** What the simulation alone takes, by scheduler: CPU seconds of the first replay and of the median one. */
export function replays(scenario, times) {
  const { requests, runs } = JSON.parse(node(here('replay.js'), scenario, String(times)).out);
  return runs.map(({ seconds, ...rest }) => ({ ...rest, requests, first: seconds[0], median: median(seconds) }));
}

/** The C++ program, built when it is first asked for; null where there is no compiler. */
export function cpp(...args) {
  const program = join(folder, 'seed-model');
  if (!existsSync(program) && spawnSync('c++', ['-O2', '-o', program, here('seed-model.cpp')]).status !== 0) return null;
  const { out } = run(program, args.map(String));
  const figure = (name) => Number(new RegExp(`^${name} ([\\d.]+)$`, 'm').exec(out)[1]);
  return { simulate: figure('simulate'), cpu: figure('cpu'), peak: figure('peak') };
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
