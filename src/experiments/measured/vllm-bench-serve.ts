/**
 * Results of `vllm bench serve --save-result --save-detailed`: one JSON document with a list per measurement.
 *
 * Source: vLLM, vllm/benchmarks/serve.py. The times are the client's: `start_times` (seconds, one clock),
 * `ttfts`, and `itls`, the gaps between the chunks of a request. What the server was is not recorded.
 */
import { isObject, numbersOf, parsed, textOf, wholeOf, type JsonObject } from './json.ts';
import { columnsOf, isTokens, PREFIX_CACHE_CAVEAT, unusableRun, type MeasuredRow, type RunFormat } from './measured-run.ts';

/** With more of them than this share, what the server had to do, or did, is not known. */
const MOST_FAILURES = 0.01;

export const vllmBenchServe: RunFormat = {
  name: 'vllm-bench-serve',
  summary: 'JSON of vllm bench serve --save-result --save-detailed',
  recognises(text) {
    const document = parsed(text);
    return isObject(document) && 'num_prompts' in document && 'duration' in document;
  },
  read({ path, name, text }) {
    const document = parsed(text) as JsonObject;
    const rows = rowsOf(document);
    const kept = rows.filter((row): row is MeasuredRow => row !== null);
    const failed = rows.length - kept.length;
    requireFew(failed, rows.length);
    requireStreaming(kept);
    requireOpenLoop(document, kept);
    return {
      name, file: path, format: vllmBenchServe.name,
      server: textOf(document['endpoint_type'], document['backend']), model: textOf(document['model_id']), hardware: null,
      requests: columnsOf(kept, 'client'), settings: {},
      caveats: [
        'the file does not record the server: it is taken for one replica, with vLLM\'s defaults where no flag says otherwise',
        PREFIX_CACHE_CAVEAT,
        'the times are the client\'s: network and tokenisation are counted as the engine\'s',
        ...(failed > 0 ? [`${failed} of ${rows.length} requests failed and are left out`] : []),
      ],
    };
  },
};

/** Null for a request that failed. */
function rowsOf(document: JsonObject): (MeasuredRow | null)[] {
  for (const key of ['input_lens', 'output_lens', 'ttfts', 'itls']) {
    if (!(key in document)) throw unusableRun(`has no ${key}: only averages were saved`, 'run vllm bench serve with --save-result --save-detailed');
  }
  if (!('start_times' in document)) {
    throw unusableRun(
      'has no start_times: when each request arrived is not known, and a queue cannot be replayed without',
      'measure again with a vLLM whose bench serve saves start_times',
    );
  }
  const count = Array.isArray(document['ttfts']) ? document['ttfts'].length : 0;
  const [starts, firsts, prompts, outputs] = ['start_times', 'ttfts', 'input_lens', 'output_lens'].map((key) => numbersOf(document, key, count)) as [number[], number[], number[], number[]];
  const gaps = document['itls'];
  if (!Array.isArray(gaps) || gaps.length !== count) throw unusableRun(`itls is not a list of ${count} lists`);
  const errors = document['errors'];
  return starts.map((arrival, i) => {
    const failed = outputs[i]! < 1 || (Array.isArray(errors) && typeof errors[i] === 'string' && errors[i] !== '');
    if (failed) return null;
    const [promptTokens, outputTokens] = [prompts[i]!, outputs[i]!];
    if (!isTokens(promptTokens, 0) || !isTokens(outputTokens, 1)) throw unusableRun(`input_lens and output_lens of request ${i + 1} are not whole numbers of tokens, at most 10,000,000`);
    const firstToken = arrival + firsts[i]!;
    const finish = firstToken + sumOf(gaps[i], i + 1);
    if (firstToken < arrival || finish < firstToken) throw unusableRun(`request ${i + 1} has a time below 0`);
    return { arrival, admitted: null, firstToken, finish, promptTokens, outputTokens };
  });
}


function sumOf(gaps: unknown, request: number): number {
  if (!Array.isArray(gaps) || !gaps.every(Number.isFinite)) throw unusableRun(`itls of request ${request} is not a list of numbers`);
  return (gaps as number[]).reduce((total, gap) => total + gap, 0);
}

/** Without streaming all tokens of an answer have one time, and a step was not measured. */
function requireStreaming(rows: readonly MeasuredRow[]): void {
  const several = rows.filter(({ outputTokens }) => outputTokens > 1);
  const atOnce = several.filter(({ firstToken, finish }) => finish === firstToken).length;
  if (atOnce > MOST_FAILURES * several.length) throw unusableRun(`was not streamed: ${atOnce} of ${several.length} answers have no time between their tokens`);
}

function requireFew(failed: number, count: number): void {
  if (failed > MOST_FAILURES * count) throw unusableRun(`${failed} of ${count} requests failed: what they cost the server is not known`);
}

/** With a bound on the requests in flight, an arrival waits for a finish: its time is a result, not an input. */
function requireOpenLoop(document: JsonObject, rows: readonly MeasuredRow[]): void {
  const bound = wholeOf(1, document['max_concurrency']);
  if (bound === undefined || mostInFlight(rows) < bound) return;
  throw unusableRun(
    `is a closed loop: with max_concurrency ${bound} a request was sent when another had finished, so arrivals depend on the server`,
    'measure with --request-rate and without --max-concurrency',
  );
}

function mostInFlight(rows: readonly MeasuredRow[]): number {
  const events = rows.flatMap(({ arrival, finish }) => [{ time: arrival, change: 1 }, { time: finish, change: -1 }])
    // At the same instant the one that starts counts first: a closed loop sends the next on a finish.
    .sort((a, b) => (a.time === b.time ? b.change - a.change : a.time - b.time));
  let inFlight = 0;
  let most = 0;
  for (const { change } of events) most = Math.max(most, (inFlight += change));
  return most;
}
