/** Lengths of the rows of a trace as they are replayed: scaled, cut to a context, given an output. */
import { grouped } from '../../core/grouped.ts';
import { FaultError } from '../../core/fault.ts';
import type { ScenarioPath } from '../../core/place.ts';
import { workloadFault } from '../fault.ts';
import { MAX_TOKENS } from '../limits.ts';
import type { TraceColumns } from './rows.ts';
import type { TraceSpec } from './spec.ts';

export interface ReplayLengths {
  readonly prompt: Uint32Array;
  readonly output: Uint32Array;
  /** Why a row cannot be replayed. */
  readonly unfit: (row: number) => string | undefined;
  /** Whether the request of a row was cut to the context. */
  readonly isTruncated: (row: number) => boolean;
}

/** @throws FaultError where a length becomes too large */
export function replayLengths(trace: TraceColumns, spec: TraceSpec, path: ScenarioPath): ReplayLengths {
  const { maxContext, zeroOutput = 'drop' } = spec;
  const prompt = scaled(trace.promptTokens, spec.scalePrompt, [...path, 'scalePrompt']);
  let output = scaled(trace.outputTokens, spec.scaleOutput, [...path, 'scaleOutput']);
  if (zeroOutput === 'one') output = output.map((tokens) => Math.max(1, tokens));
  const truncated = maxContext?.over === 'truncate' ? truncate(prompt, output, maxContext.tokens) : undefined;
  const most = maxContext?.over === 'drop' ? maxContext.tokens : Infinity;
  return {
    prompt: truncated?.prompt ?? prompt,
    output: truncated?.output ?? output,
    isTruncated: (row) => truncated?.rows[row] === 1,
    unfit(row) {
      if (zeroOutput === 'drop' && output[row]! === 0) return 'no output tokens';
      return prompt[row]! + output[row]! > most ? `longer than ${grouped(most)} tokens` : undefined;
    },
  };
}

/** To the nearest whole number; what has a token keeps one. */
function scaled(tokens: Uint32Array, factor: number | undefined, path: ScenarioPath): Uint32Array {
  if (factor === undefined) return tokens;
  return tokens.map((each) => {
    const more = each === 0 ? 0 : Math.max(1, Math.round(each * factor));
    if (more > MAX_TOKENS) throw new FaultError([workloadFault(path, `makes ${grouped(more)} tokens of ${grouped(each)}; a request may have ${grouped(MAX_TOKENS)}`)]);
    return more;
  });
}

/** A server stops at its context: the output ends there, and of a prompt that leaves no room the last part is kept. */
function truncate(prompt: Uint32Array, output: Uint32Array, most: number): { prompt: Uint32Array; output: Uint32Array; rows: Uint8Array } {
  const rows = new Uint8Array(prompt.length);
  const cut = { prompt: prompt.slice(), output: output.slice(), rows };
  for (let row = 0; row < rows.length; row++) {
    if (prompt[row]! + output[row]! <= most) continue;
    rows[row] = 1;
    cut.prompt[row] = Math.min(prompt[row]!, most - Math.min(1, output[row]!));
    cut.output[row] = Math.min(output[row]!, most - cut.prompt[row]!);
  }
  return cut;
}
