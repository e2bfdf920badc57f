/** Measured runs for tests: made by the engine itself, with coefficients that are known, and the real ones where they are at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { COEFFICIENTS, type Coefficients } from '../../src/experiments/calibrate/parameters.ts';
import { columnsOf, type MeasuredRow, type MeasuredRun, type RunFile, type ServerSettings } from '../../src/experiments/measured/measured-run.ts';
import { randomStream } from '../../src/core/random.ts';
import { simulate } from '../../src/engine/simulate.ts';
import { engineOf, policyOf, stepTimeOf, tableOf, type Row } from '../support.ts';

const TRACES = resolve(import.meta.dirname, '../../../shared/traces');

/** Folder of a real run, relative to `../shared/traces` of the checkout. */
export function realRun(path: string): { folder: string; absent: boolean; title: string } {
  const folder = join(TRACES, path);
  const absent = !existsSync(folder);
  return { folder, absent, title: absent ? `${path} (skipped: ../shared/traces is not beside this checkout)` : path };
}

/** `requests.jsonl` of a folder. */
export function runFile(folder: string, overrides: Readonly<Record<string, string>> = {}): RunFile {
  const read = (name: string) => overrides[name] ?? (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);
  return { path: join(folder, 'requests.jsonl'), name: basename(folder), text: read('requests.jsonl')!, beside: read };
}

export interface Made {
  readonly coefficients: Coefficients;
  readonly rows: readonly Row[];
  readonly measured: readonly MeasuredRow[];
  readonly run: MeasuredRun;
}

export interface MakeOptions {
  readonly seed: string;
  readonly count: number;
  /** Requests per second. */
  readonly rate: number;
  readonly coefficients: Coefficients;
  /** Of the engine that measures. */
  readonly engine: Readonly<Record<string, unknown>>;
  /** What the run tells of it. */
  readonly settings: ServerSettings;
}

/** A run of this engine, as if it had been measured. */
export function makeRun({ seed, count, rate, coefficients, engine, settings }: MakeOptions): Made {
  const random = randomStream(seed);
  let time = 0;
  const rows = Array.from({ length: count }, (_, i): Row => {
    if (i > 0) time += (-Math.log(1 - random()) / rate) * 1e6;
    return { arrival: Math.round(time), prompt: Math.round(100 + 1900 * random() ** 2), output: Math.round(20 + 300 * random()) };
  });
  const table = tableOf(rows);
  const stepTime = { model: 'linear', ...Object.fromEntries(COEFFICIENTS.map((name) => [name, `${coefficients[name]}us`])) };
  const options = engineOf({ ...engine, stepTime });
  const { admitted, firstToken, finish } = simulate(table, options, stepTimeOf(options), policyOf('fifo', table), { arrivalsAtPlanning: true });
  const measured = rows.map((row, i): MeasuredRow => ({
    arrival: row.arrival / 1e6, admitted: admitted[i]! / 1e6, firstToken: firstToken[i]! / 1e6, finish: finish[i]! / 1e6,
    promptTokens: row.prompt!, outputTokens: row.output,
  }));
  const run: MeasuredRun = {
    name: seed, file: seed, format: 'made', server: null, model: null, hardware: null, requests: columnsOf(measured, 'engine'), settings, caveats: [],
  };
  return { coefficients, rows, measured, run };
}

/** The rows as LLMServingSim writes them, its clock started long before. */
export function requestsJsonl(measured: readonly MeasuredRow[], clock = 27536.66): string {
  return measured.map((row, i) => JSON.stringify({
    request_id: `bench-${i}`, input_toks: row.promptTokens, output_toks: row.outputTokens, arrival_time: 1787267980 + row.arrival,
    queued_ts: clock + row.arrival, scheduled_ts: clock + row.admitted!, first_token_ts: clock + row.firstToken, last_token_ts: clock + row.finish,
  })).join('\n') + '\n';
}

/** The rows as `vllm bench serve --save-detailed` writes them. */
export function benchServe(measured: readonly MeasuredRow[], more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const even = ({ firstToken, finish, outputTokens }: MeasuredRow) => Array.from({ length: outputTokens - 1 }, () => (finish - firstToken) / (outputTokens - 1));
  return {
    date: '20260101-000000', endpoint_type: 'vllm', model_id: 'some/model', num_prompts: measured.length, request_rate: 8, max_concurrency: null,
    duration: 60, completed: measured.length, failed: 0,
    input_lens: measured.map((row) => row.promptTokens), output_lens: measured.map((row) => row.outputTokens),
    ttfts: measured.map((row) => row.firstToken - row.arrival), itls: measured.map(even), start_times: measured.map((row) => 5000 + row.arrival),
    generated_texts: measured.map(() => ''), errors: measured.map(() => ''), ...more,
  };
}
