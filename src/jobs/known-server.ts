/** Cards and a model as a command names them. */
import { FaultError } from '../core/fault.ts';
import type { Dtype } from '../engine/hardware/card.ts';
import type { Server } from '../engine/hardware/estimate.ts';
import { DEFAULT_EFFICIENCY } from '../engine/hardware/options.ts';
import { serverOf } from '../engine/hardware/server.ts';
import { choicesHelp } from '../scenario/suggest.ts';
import type { FileAccess } from '../workload/files.ts';
import { readModelFile } from './model-file.ts';

export interface NamedServer {
  /** A card by name. */
  readonly hardware: string;
  /** A model by name, or its config.json. */
  readonly model: string;
  readonly count: number;
  readonly dtype: Dtype;
}

/** @throws FaultError in the words of the options: `--hardware is no card …` */
export async function knownServer({ hardware: card, model, count, dtype }: NamedServer, files: FileAccess): Promise<Server> {
  const options = { hardware: { card, count }, model, dtype, efficiency: DEFAULT_EFFICIENCY };
  let server = serverOf(options, undefined);
  const unread = 'faults' in server ? server.faults.find((fault) => fault.unread !== undefined)?.unread : undefined;
  if (unread !== undefined) server = serverOf(options, await readModelFile(files, unread));
  if (!('faults' in server)) return server;
  throw new FaultError(server.faults.map(({ entry, message, help, choices, name }) => {
    const known = choices && choicesHelp(name!, choices, entry === 'model' ? 'models' : 'cards');
    return { code: 'no-estimate', message: `--${entry} ${message}`, help: [known, help].filter((line) => line !== undefined).join('; ') || undefined };
  }));
}
