/** What `sched sweep` does: runs the cells that are this machine's, and writes what they came to. */
import type { Shard } from '../gate/shards.ts';
import { requireValues, sweep } from '../jobs/sweep.ts';
import { REPLICATE_ROWS, SWEEPS } from '../render/formats.ts';
import { inputError } from './exit.ts';
import { destinations, rowDestination } from './io/destinations.ts';
import { journal } from './io/journal.ts';
import { machineShard } from './io/machine-shard.ts';
import { outputFiles } from './io/output-files.ts';
import { writeResults } from './io/results.ts';
import { writeErr } from './io/streams.ts';
import { loadSelected } from './load.ts';
import type { JobsOptions, LimitOptions, OutputOptions, SelectionOptions } from './shared-options.ts';
import { threads } from './threads/pool.ts';
import { worldOf } from './world.ts';

export interface SweepCommandOptions extends OutputOptions, Omit<SelectionOptions, 'set'>, JobsOptions, LimitOptions {
  readonly set: readonly string[];
  readonly zip?: boolean;
  readonly show: readonly string[];
  readonly replications: number;
  readonly replicates?: string;
  readonly shard?: Shard | 'auto';
  readonly resume?: string;
}

/** @throws FaultError */
export async function sweepFile(path: string, { set, zip = false, show, replications, replicates, shard: asked, resume, ...options }: SweepCommandOptions): Promise<void> {
  requireValues(set);
  if (replicates !== undefined && resume !== undefined) throw inputError('--replicates and --resume do not go together', 'what was run before has its figures, not those of each replication');
  const rows = rowDestination('--replicates', replicates, REPLICATE_ROWS);
  const wanted = destinations(options, SWEEPS, rows ? [rows.path] : []);
  const shard = asked === 'auto' ? told(options.quiet) : asked ?? null;
  const world = worldOf(options, threads(options));
  const [base] = await loadSelected([path], options, world);
  const kept = resume === undefined ? null : journal(resume);
  const files = outputFiles();
  try {
    let onReplicate: Parameters<typeof sweep>[1]['onReplicate'];
    if (rows) {
      const { replicatesCsv, REPLICATES_JSONL } = await import('../render/runs/replicates.ts');
      const { header, line } = rows.format.name === 'csv' ? replicatesCsv(set.map((text) => text.slice(0, text.indexOf('=')).trim())) : REPLICATES_JSONL;
      const sink = files.open(rows.path);
      sink.write(header);
      onReplicate = (row) => sink.write(line(row));
    }
    const result = await sweep(base!, { set, zip, replications, show, shard, select: options, ...(kept && { known: kept.known, onCell: kept.add }), onReplicate }, world);
    await writeResults(files, wanted, [result], options.color);
    files.commit();
  } finally {
    files.discard();
  }
}

/** Which part is this machine's, said aloud. */
function told(quiet = false): Shard {
  const { shard, by } = machineShard(process.env);
  if (!quiet) writeErr(`shard ${shard.index}/${shard.of} (${by})\n`);
  return shard;
}
