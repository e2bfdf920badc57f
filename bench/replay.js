/**
 * Replays a scenario in this process, again and again, and prints the CPU seconds of each replay as JSON: what the
 * simulation alone takes, without start-up, workload, metrics and tables.
 *
 *   node bench/replay.js SCENARIO.yaml TIMES
 */
import { readFileSync } from 'node:fs';
import { loadScenario, makeStepTime, noFiles, policyNamed, simulate, workloadOf } from '../dist/lib/index.js';

const [file, times] = process.argv.slice(2);
const loaded = loadScenario(readFileSync(file), file);
if (!('scenario' in loaded)) throw new Error(loaded.faults[0].message);
const { scenario } = loaded;

const cpu = (work) => {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, result };
};

const { table } = await workloadOf(scenario, noFiles);
const runs = scenario.schedulers.map(({ name, policy, options }) => {
  const replays = Array.from({ length: Number(times) }, () => cpu(() =>
    simulate(table, scenario.engine, makeStepTime(scenario.engine.stepTime), policyNamed(policy).make(table, options))));
  const { steps, peakWaiting, makespan } = replays[0].result;
  return { scheduler: name, seconds: replays.map(({ seconds }) => seconds), steps, peakWaiting, makespan };
});
console.log(JSON.stringify({ requests: table.count, runs }));
