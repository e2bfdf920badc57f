/**
 * Runs of vLLM recorded by LLMServingSim's bench: `requests.jsonl` with a `meta.json` beside it.
 *
 * Source: github.com/casys-kaist/LLMServingSim, bench/core/recorder.py. The `*_ts` are vLLM's own events on
 * the engine's monotonic clock; `arrival_time` is the client's wall clock and is never compared with them. The
 * arrival at the engine is `queued_ts`.
 */
import { at, isObject, parsed, textOf } from './json.ts';
import { columnsOf, isTokens, PREFIX_CACHE_CAVEAT, unusableRun, type MeasuredRow, type RunFile, type RunFormat } from './measured-run.ts';
import { requireOneEngine, settingsOfVllm } from './vllm-config.ts';

const TIMES = ['queued_ts', 'scheduled_ts', 'first_token_ts', 'last_token_ts'] as const;
const TOKENS = ['input_toks', 'output_toks'] as const;
const META = 'meta.json';

/** Recorded with microseconds at best; beyond this the times are not of one clock. */
const CLOCK_TOLERANCE = 1e-5;

export const llmservingsim: RunFormat = {
  name: 'llmservingsim',
  summary: 'requests.jsonl of an LLMServingSim bench of vLLM, with meta.json beside it',
  recognises(text) {
    const first = parsed(text.slice(0, Math.max(0, text.search(/\r?\n|$/))));
    return isObject(first) && 'input_toks' in first && 'output_toks' in first;
  },
  read(file) {
    const rows = rowsOf(file.text);
    const meta = readMeta(file);
    requireOneEngine(meta);
    const settings = settingsOfVllm(meta);
    const version = textOf(at(meta, 'vllm_version'));
    return {
      name: file.name, file: file.path, format: llmservingsim.name,
      server: version === null ? 'vLLM' : `vLLM ${version}`,
      model: textOf(at(meta, 'model')), hardware: textOf(at(meta, 'hardware', 'device_name')),
      requests: columnsOf(rows, 'engine'), settings,
      caveats: [
        ...(meta === null ? [`there is no ${META} beside it: every setting of the server is a default or a flag`] : []),
        ...(settings.prefixCaching === false ? [] : [PREFIX_CACHE_CAVEAT]),
      ],
    };
  },
};

function readMeta(file: RunFile): unknown {
  const text = file.beside(META);
  if (text === null) return null;
  const meta = parsed(text);
  if (!isObject(meta)) throw unusableRun(`${META} beside it is not a JSON object`);
  return meta;
}

function rowsOf(text: string): MeasuredRow[] {
  const rows: MeasuredRow[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') rows.push(rowOf(parsed(line), index + 1));
  }
  return rows;
}

function rowOf(row: unknown, line: number): MeasuredRow {
  if (!isObject(row)) throw unusableRun(`line ${line} is not a JSON object`);
  for (const key of TIMES) {
    if (typeof row[key] === 'number' && !Number.isFinite(row[key])) throw unusableRun(`line ${line}: ${key} is not a finite number`);
    if (typeof row[key] !== 'number') {
      throw unusableRun(`line ${line} has no ${key}`, 'a fit needs arrival, admission, first and last token on the engine\'s clock; arrival_time is another clock');
    }
  }
  const [input, output] = TOKENS.map((key) => row[key]);
  if (!isTokens(input, 0) || !isTokens(output, 1)) throw unusableRun(`line ${line}: input_toks and output_toks are not whole numbers of tokens, at most 10,000,000`);
  const [arrival, admitted, firstToken, finish] = TIMES.map((key) => row[key]) as [number, number, number, number];
  if (admitted < arrival - CLOCK_TOLERANCE || firstToken < admitted || finish < firstToken) {
    throw unusableRun(`line ${line}: ${TIMES.join(', ')} are not in this order, so they are not of one clock`);
  }
  return { arrival, admitted: Math.max(arrival, admitted), firstToken, finish, promptTokens: input, outputTokens: output };
}
