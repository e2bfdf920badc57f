/** The gate over many scenarios: what each promises, and what its baseline says. */
import type { CheckReport } from '../gate/check-result.ts';
import type { GateOutput } from '../gate/gate.ts';
import { orphanResult } from '../gate/orphans.ts';
import { isInShard, type Shard } from '../gate/shards.ts';
import { reportOf } from '../gate/verdict.ts';
import { requireWellFormed } from './check-options.ts';
import { type Checked, type CheckOptions, checkTask } from './check-scenario.ts';
import type { World } from './world.ts';

/** What is left out is as where nobody says: nothing more is expected, nothing is accepted. */
export interface CheckInput extends Partial<CheckOptions> {
  /** Sorted by file. */
  readonly scenarios: readonly Checked[];
  /** Baselines beside them that are of no scenario, and whether that is wrong or only told. */
  readonly orphans?: readonly string[];
  readonly orphansFail?: boolean;
  /** Which part of them; null: all. */
  readonly shard?: Shard | null;
  /** Whether the first that is not well ends it. */
  readonly bail?: boolean;
}

const USUAL: CheckOptions = { set: [], expect: [], tolerance: [], replications: null, update: false, requireBaseline: false, allowEmpty: false, debug: false };

export interface CheckOutput {
  readonly report: CheckReport;
  /** Baselines to be written, where `update` accepts the present outcomes. */
  readonly write: readonly NonNullable<GateOutput['write']>[];
}

/** @throws FaultError for expectations or tolerances from outside that cannot be read */
export async function check(input: CheckInput, world: World): Promise<CheckOutput> {
  const { scenarios, orphans = [], orphansFail = false, shard = null, bail = false, ...given } = input;
  const options = { ...USUAL, ...given };
  requireWellFormed(options.expect, options.tolerance);
  const isMine = (file: string): boolean => shard === null || isInShard(file, shard);
  const checked = scenarios.filter(({ file }) => isMine(file));
  const outputs: GateOutput[] = [];
  await world.pool.each({
    task: checkTask, world,
    inputs: checked.map((each) => ({ ...each, ...options })),
    take(output) {
      outputs.push(output);
      return bail && output.result.exitCode !== 0;
    },
  });
  const notRun = checked.slice(outputs.length).map(({ file }) => file);
  const results = [...outputs.map(({ result }) => result), ...orphans.filter(isMine).map((file) => orphanResult(file, orphansFail))];
  return {
    report: reportOf(results, { sched: world.version, shard, notRun }),
    write: outputs.flatMap(({ write }) => (write === null ? [] : [write])),
  };
}
