/**
 * Benchmarks: `npm run bench`, or some of them: `npm run bench -- seed startup`.
 *
 * Times are CPU seconds of all threads unless they are called wall. Machines differ and are busy with other things:
 * compare ratios within one run, and figures of one machine.
 */
import Table from 'cli-table3';
import { BIN, cpp, median, node, replays, scratch, wall } from './measure.js';
import { azureTrace, fullEngine, seedModel } from './scenarios.js';

const million = (count) => `${count / 1e6} M`;
const seconds = (value) => `${value.toFixed(value < 1 ? 3 : 2)} s`;
const mib = (value) => `${Math.round(value)} MiB`;
const times = (value) => `${value.toFixed(2)} x`;
const perSecond = (requests, value) => `${Math.round(requests / value / 1000).toLocaleString('en')} k/s`;

function print(title, head, rows) {
  const table = new Table({ head, style: { head: [], border: [] }, colAligns: head.map((_, i) => (i === 0 ? 'left' : 'right')) });
  table.push(...rows);
  console.log(`\n${title}\n${table}`);
}

/** The seed model against the same algorithm in C++. */
function seed() {
  const simulation = [];
  const command = [];
  for (const count of [1e5, 1e6, 1e7]) {
    const scenario = scratch(`seed-${count}.yaml`, seedModel({ count }));
    const runs = replays(scenario, count > 1e6 ? 3 : 9);
    const native = ['fifo', 'priority'].map((policy) => cpp(count, 32, 0.9, policy));
    for (const [i, { scheduler, first, median: typical }] of runs.entries()) {
      const base = native[i];
      simulation.push([`${million(count)} ${scheduler}`, seconds(typical), perSecond(count, typical), seconds(first),
        ...(base ? [seconds(base.simulate), times(typical / base.simulate)] : ['–', '–'])]);
    }
    const { cpu, wall: elapsed, peak } = node(BIN, 'simulate', scenario);
    const base = native[0];
    command.push([million(count), seconds(cpu), seconds(elapsed), perSecond(2 * count, elapsed), mib(peak),
      ...(base ? [seconds(base.cpu), mib(base.peak), times(cpu / base.cpu), times(elapsed / base.cpu)] : ['–', '–', '–', '–'])]);
  }
  print('Seed model, batch 32, load 0.9: the simulation alone', ['requests', 'median', 'requests', 'first', 'C++', 'ratio'], simulation);
  print('The whole command: generate, two policies, metrics, table (C++: one policy)',
    ['requests', 'CPU', 'wall', 'replayed, wall', 'peak', 'C++', 'peak', 'CPU ratio', 'wall ratio'], command);
}

/** Cost must not grow with the number of tokens. */
function lengths() {
  const rows = [128, 4096].map((mean) => {
    const [run] = replays(scratch('lengths.yaml', seedModel({ count: 3e5, min: mean / 2, max: 1.5 * mean, schedulers: ['fifo'] })), 5);
    return { mean, run };
  });
  print('Seed model, 300 k requests of 128 and of 4096 output tokens', ['output tokens', 'steps', 'median', 'ratio'],
    rows.map(({ mean, run }) => [mean, run.steps.toLocaleString('en'), seconds(run.median), times(run.median / rows[0].run.median)]));
}

/** Token budget, KV blocks, chunked prefill. */
function full() {
  const rows = [];
  for (const [title, scenario] of [
    ['', fullEngine({ count: 1e6 })],
    [', step time by context', fullEngine({ count: 1e6, perContextToken: '50ns', load: 0.8 })],
  ]) {
    for (const { scheduler, requests, first, median: typical, steps } of replays(scratch('full.yaml', scenario), 3)) {
      rows.push([scheduler + title, seconds(typical), perSecond(requests, typical), seconds(first), steps.toLocaleString('en')]);
    }
  }
  print('Full engine, 1 M requests of 256 and 128 tokens, budget 2048, 16-token KV blocks: the simulation alone',
    ['scheduler', 'median', 'requests', 'first', 'steps'], rows);
}

/** Twice the load that can be served: a queue of a million. */
function overload() {
  const rows = [];
  for (const [title, scenario] of [
    ['seed model', seedModel({ count: 2e6, load: 2 })],
    ['full engine', fullEngine({ count: 2e6, load: 2 })],
  ]) {
    for (const { scheduler, requests, median: typical, peakWaiting } of replays(scratch('overload.yaml', scenario), 1)) {
      rows.push([`${title}, ${scheduler}`, peakWaiting.toLocaleString('en'), seconds(typical), perSecond(requests, typical)]);
    }
  }
  print('Overload, 2 M requests at twice the load: the simulation alone', ['', 'longest queue', 'CPU', 'requests'], rows);
}

function trace() {
  const rows = 1e6;
  scratch('trace.csv', azureTrace(rows));
  const scenario = scratch('trace.yaml', 'workload:\n  - trace: { file: trace.csv, class: high }\n');
  const { cpu, wall: elapsed, peak } = node(BIN, 'workload', scenario);
  print('Trace of 1 M rows, loaded and described', ['', 'CPU', 'wall', 'rows', 'peak'], [['Azure CSV', seconds(cpu), seconds(elapsed), perSecond(rows, elapsed), mib(peak)]]);
}

function jobs() {
  const scenarios = Array.from({ length: 64 }, (_, i) => scratch(`jobs-${i}.yaml`, seedModel({ count: 1e5, seed: i })));
  const runs = [1, 2].map((threads) => ({ threads, ...node(BIN, 'simulate', ...scenarios, '--jobs', String(threads), '--format', 'json') }));
  if (runs[0].out !== runs[1].out) throw new Error('two threads give other bytes than one');
  print('64 scenarios of 100 k requests, two policies each', ['threads', 'wall', 'replayed', 'CPU', 'peak', 'throughput'],
    runs.map(({ threads, wall: elapsed, cpu, peak }) =>
      [threads, seconds(elapsed), perSecond(64 * 2e5, elapsed), seconds(cpu), mib(peak), times(runs[0].wall / elapsed)]));
}

/** Against bare Node, in turn, so that a busy machine slows both. */
function startup() {
  const commands = [['--version'], ['--help'], ['validate', 'scenarios/six-requests.yaml'], ['simulate', 'scenarios/six-requests.yaml'], ['compare', 'scenarios/six-requests.yaml']];
  const rows = commands.map((args) => {
    const pairs = Array.from({ length: 15 }, () => [wall(BIN, ...args), wall('-e', '0')]);
    return [`sched ${args.join(' ')}`, seconds(median(pairs.map(([ours]) => ours))), seconds(median(pairs.map(([, bare]) => bare))),
      times(median(pairs.map(([ours, bare]) => ours / bare)))];
  });
  print('Start-up, wall', ['', 'median', 'node -e 0', 'ratio'], rows);
}

const BENCHMARKS = { seed, lengths, full, overload, trace, jobs, startup };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHMARKS).join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHMARKS)) BENCHMARKS[name]();
