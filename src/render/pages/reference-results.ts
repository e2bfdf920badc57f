/**
 * The chapter on results: what the JSON documents, the rows of `--requests` and the lines of `--steps` hold.
 *
 * Metrics have their own list; here is the frame around them. A test holds it to what the command writes.
 */
import { gfmLeftTable as table, markdownCode as code, markdownText } from '../text/gfm.ts';
import type { RequestRow, StepRow } from '../../jobs/rows.ts';

/** Fields of `simulate` and `compare --format json`; `[]` is each item of a list, `NAME` the name of a class, tenant or reason. */
export const RESULT_FIELDS: Readonly<Record<string, string>> = {
  schemaVersion: '1; raised when a field is renamed or dropped',
  results: 'with several scenario files: the rest of this, once per file, in the order given',
  'scenario.name': 'its name',
  'scenario.file': 'as given on the command line; null: standard input',
  'scenario.seed': 'the seed that was used',
  'scenario.requests': 'number of requests',
  'scenario.digest': 'sha256 over arrival, tokens, class, tenant and targets of every request',
  'scenario.estimated.hardware': 'only where the engine is estimated: from which cards',
  'scenario.estimated.model': 'and which model',
  'scenario.estimated.cards': 'how many cards',
  'scenario.estimated.figures[]': 'what of the engine: `stepTime`, `blocks`',
  'scenario.estimated.efficiency.bandwidth': 'share of the memory bandwidth that was taken for reached',
  'scenario.estimated.efficiency.compute': 'share of the operations per second',
  'scenario.estimated.efficiency.perLayer': 'overhead per layer and step, a duration as in a scenario',
  'scenario.estimated.efficiency.fittedTo': 'the run that it is fitted to; absent: none',
  'scenario.engine.stepTime.model': 'only where it is estimated: the step time, durations as in a scenario',
  'scenario.engine.stepTime.base': 'its time of any step',
  'scenario.engine.stepTime.perSequence': 'per scheduled request',
  'scenario.engine.stepTime.perToken': 'per scheduled token',
  'scenario.engine.stepTime.perPrefillToken': 'per prefill token beside that',
  'scenario.engine.stepTime.perDecodeToken': 'per decode token beside that',
  'scenario.engine.stepTime.perContextToken': 'per token of context',
  'scenario.engine.kvCache.blockSize': 'only where the blocks are estimated: tokens per block',
  'scenario.engine.kvCache.blocks': 'and how many blocks',
  'scenario.loads[].source': 'only where the scenario gives a load: the source',
  'scenario.loads[].load': 'what was asked for',
  'scenario.loads[].rate': 'requests per second that it comes to',
  'runs[].scheduler': "the scheduler's name",
  'runs[].policy': 'its policy',
  'runs[].options': 'options of the policy, defaults filled in; durations in seconds',
  'runs[].outcomeDigest': 'sha256 over what became of every request: one microsecond changes it',
  'runs[].sameScheduleAs': 'the first run in which every request had the same outcome; absent: none',
  'runs[].all': 'every metric of a group, over all requests',
  'runs[].classes.NAME': 'the same for each class, in the order of the scenario',
  'runs[].tenants.NAME': 'the same for each tenant, in order of first mention',
  'runs[].sla.holds': 'whether every class keeps the share that it promises; absent where no request has a target that it can decide',
  'runs[].sla.classes.NAME.targets': 'targets of the class: latency, ttft, tpot, in seconds',
  'runs[].sla.classes.NAME.promised': 'share of its requests that is promised to meet their targets',
  'runs[].sla.classes.NAME.attainment': 'share that does',
  'runs[].sla.classes.NAME.kept': 'whether that is enough',
  'runs[].sla.classes.NAME.missed[]': 'of a promise that is broken: the targets that too few requests meet, the most missed first',
  'comparisons[].scheduler': 'compare only: the run that is held against another',
  'comparisons[].against': 'the run it is held against: the first',
  'comparisons[].sameSchedule': 'whether every request had the same outcome in both',
  'comparisons[].verdict[]': 'what the comparison says, in sentences',
  'comparisons[].changes[].metric': 'path of a metric, such as high.latency.p95',
  'comparisons[].changes[].before': 'its value in the run that is compared with',
  'comparisons[].changes[].after': 'its value in this run',
  'comparisons[].changes[].absolute': 'after - before',
  'comparisons[].changes[].relative': '(after - before) / |before|; null where before is 0',
  'comparisons[].changes[].effect': 'better, worse, same; different: the metric has no direction, or is not defined on one side',
};

/** Fields of `workload --format json`; likewise. */
export const WORKLOAD_FIELDS: Readonly<Record<string, string>> = {
  schemaVersion: '1',
  'scenario.name': 'its name',
  'scenario.file': 'as given on the command line; null: standard input',
  'scenario.seed': 'the seed that was used',
  'source.file': 'the trace, where there is one source and it is one; else null',
  'source.format': 'its format, likewise',
  'source.rowsRead': 'rows of all sources: read = kept + dropped',
  'source.rowsKept': 'rows that became requests',
  'source.dropped.NAME': 'rows that did not, by reason',
  'source.outOfOrder': 'rows of traces that came after a later one, and were put in order',
  'source.unused.NAME': 'column, or key, of a trace that is not used -> rows in which it says something',
  'source.notes[]': 'what else is to be said of the traces, as the table does',
  requests: 'number of requests',
  span: 'seconds from the first arrival to the last',
  rate: 'requests per second over that span',
  gapCv: 'coefficient of variation of the gaps between arrivals',
  'burstiness[].window': 'seconds; windows of which there are at least ten',
  'burstiness[].dispersion': 'variance over mean of the number of requests in such a window; 1: as of Poisson',
  'course.window': 'seconds of a sixtieth of the span; course is null where the span is 0',
  'course.requests[]': 'requests that arrive in each sixtieth',
  'promptTokens.mean': 'mean tokens of a prompt; p50, p90, p99 and max likewise',
  'promptTokens.histogram[].from': 'fewest tokens of a range, of outputs likewise; ranges double: 0, 1, 2–3, 4–7, …',
  'promptTokens.histogram[].to': 'most tokens of it',
  'promptTokens.histogram[].requests': 'prompts of such a length',
  'outputTokens.mean': 'of an output, the same',
  'classes.NAME': 'share of the requests',
  'tenants.NAME': 'share of the requests',
  'sources[].source': 'name of the source; its file, format and rows as above',
};

/** Parts of `calibrate --format json`. */
export const CALIBRATION_FIELDS: Readonly<Record<string, string>> = {
  schemaVersion: '1',
  run: 'the measured run: name, file, format, server, model, hardware, span in seconds, and caveats, in sentences',
  engine: 'the fitted engine, as it goes into a scenario',
  settings: 'by setting: its value, where that came from, and a note',
  fit: 'requests of the run, how many it was fitted on, and replays (evaluations) that took',
  errors: 'latency, ttft, queueTime and tpot at mean, p50, p90 and p99: measured and simulated in seconds, error = (simulated - measured) / measured',
};

const REQUEST_FIELDS: Readonly<Record<keyof RequestRow, string>> = {
  scheduler: 'name of the scheduler',
  id: 'of the request: as listed, else source-position',
  class: 'name of its class',
  tenant: 'whose it is; empty when the scenario names no tenants',
  arrival: 'seconds',
  promptTokens: 'as asked for',
  outputTokens: 'as asked for',
  admitted: 'seconds; first admission into the batch',
  firstToken: 'seconds; end of the step that emitted the first token',
  finish: 'seconds; end of the step that emitted the last token',
  status: 'completed, shed or unfinished',
  preemptions: 'times it was put back to waiting',
  slaMet: 'true or false; empty without a target',
};

const STEP_FIELDS: Readonly<Record<keyof StepRow, string>> = {
  scheduler: 'name of the scheduler',
  step: 'counting from 0',
  start: 'seconds',
  end: 'seconds; tokens and finishes of the step exist from here on',
  scheduled: '[id, tokens] of each request in the step, in scheduling order',
  preempted: 'ids of the requests put back to waiting, in order',
  sampled: 'ids of the requests that got an output token',
  finished: 'ids of the requests that got their last one',
  freeBlocks: 'KV blocks free right after scheduling; null without kvCache',
};

/** The chapter, without a final newline. */
export function resultsChapter(): string {
  return [
    `## Results

Times in files are seconds with up to six decimals, shares are 0 to 1, \`null\` (JSON) or an empty field (CSV) is "not defined": no
sample, or too few for a percentile. The same scenario gives the same bytes on every machine.`,
    '### JSON',
    'Of `sched simulate` and `sched compare` with `--format json`; each run also has the metrics of a whole run, each under its name:',
    fieldTable(RESULT_FIELDS),
    'Of `sched workload --format json`:', fieldTable(WORKLOAD_FIELDS),
    'Of `sched calibrate --format json`:', fieldTable(CALIBRATION_FIELDS),
    'The document of `sched check` is described in [the page on CI](ci.md).',
    `### CSV

\`sched simulate --format csv\`: one row per scheduler and group; \`scope\` is all, class or tenant, \`group\` its name; \`latency.p95\` is the
column of that metric, in seconds. Metrics of a whole run stand in its \`all\` row. \`sched compare --format csv\`: one row per changed
metric, with the fields of \`comparisons[].changes[]\`.`,
    '### Rows per request', '`--requests FILE`: one row per request and scheduler, as CSV or JSONL by the extension.', fieldTable(REQUEST_FIELDS),
    '### Lines per step', '`--steps FILE`: one JSON object a line, per scheduler and engine step.', fieldTable(STEP_FIELDS),
  ].join('\n\n');
}

function fieldTable(fields: Readonly<Record<string, string>>): string {
  return table(['Field', 'Meaning'], Object.entries(fields).map(([name, meaning]) => [code(name), markdownText(meaning)]));
}
