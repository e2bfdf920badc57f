/**
 * Calibration: the step times with which a replay of a measured run meets the times that were measured.
 *
 * Nothing is reported that was not replayed: the coefficients are rounded before they are judged, and the
 * errors are those of the replay with just these.
 */
import { grouped } from '../../core/grouped.ts';
import type { EngineOptions } from '../../engine/options.ts';
import type { Server } from '../../engine/hardware/estimate.ts';
import { blocksOf } from '../../engine/hardware/index.ts';
import { WorkLimitError, type WorkLimits } from '../../engine/work-limit.ts';
import { neverFits } from '../../engine/limits.ts';
import { unusableRun, type MeasuredRequests, type MeasuredRun, type ServerSettings } from '../measured/measured-run.ts';
import { compare, type Errors } from './errors.ts';
import { fitEfficiency } from './efficiency.ts';
import { Fit } from './fit.ts';
import { coefficientsOf, engineAt, type Coefficients } from './parameters.ts';
import { serverOf, type Choice, type Sources, told, withFittedBlocks } from './settings.ts';
import { runStages } from './stages.ts';
import { meanStep } from './starts.ts';

export interface CalibrationOptions {
  /** What the user says of the server, over what the run tells. */
  readonly flags?: ServerSettings;
  /** Share of the requests, by arrival, that the fit may see; it is judged on all. Default 1. */
  readonly fitOn?: number;
  /** Cards and model that are known: only how much of their datasheet the server got is fitted. */
  readonly server?: Server;
  /** Of all replays together. Absent: none. */
  readonly limits?: WorkLimits;
}

export interface Calibration {
  readonly run: MeasuredRun;
  /** Complete, with the fitted step times. */
  readonly engine: EngineOptions;
  /** Null where a server was fitted. */
  readonly coefficients: Coefficients | null;
  /** The server with its fitted efficiency; null where free coefficients were fitted. */
  readonly server: Server | null;
  /** Where every other setting of the engine is from. */
  readonly choices: readonly Choice[];
  readonly requests: number;
  /** How many of them, the first by arrival, the fit has seen. */
  readonly fittedOn: number;
  /** Replays that were judged. */
  readonly evaluations: number;
  /** Of all requests, whatever the fit has seen. */
  readonly errors: Errors;
}

/** Fewer requests than this say little about a percentile, and less about four coefficients. */
const LEAST_REQUESTS = 20;

/**
 * Fits a `linear` step time to a run, or how much of its datasheet a known server got.
 *
 * @throws FaultError when the run cannot support a fit
 */
export async function calibrate(run: MeasuredRun, { flags = {}, fitOn = 1, server, limits }: CalibrationOptions = {}): Promise<Calibration> {
  const { requests } = run;
  const fittedOn = Math.ceil(fitOn * requests.count);
  requireEnough(requests, fittedOn);
  const sources = { flags, metadata: run.settings };
  const { engine: known } = serverOf(sources);
  requireServed(requests, known);
  requireReplayable(requests, known);
  const fit = new Fit(requests, fittedOn, limits);
  return within(async () => {
    const fitted = server ? await serverFitted(fit, sources, server) : await coefficientsFitted(fit, sources);
    return { run, ...fitted, requests: requests.count, fittedOn, evaluations: fit.evaluations, errors: compare(requests, fit.replay(fitted.engine)) };
  });
}

/** @throws FaultError where the replays take more than they may */
async function within<Result>(fitting: () => Promise<Result>): Promise<Result> {
  try {
    return await fitting();
  } catch (error) {
    if (!(error instanceof WorkLimitError)) throw error;
    throw unusableRun('the replays of its fit take too many steps, or have gaps between tokens of too many lengths', 'calibrate a part of it; --no-limit takes as long as it needs');
  }
}

type Fitted = Pick<Calibration, 'engine' | 'coefficients' | 'server' | 'choices'>;

async function coefficientsFitted(fit: Fit, sources: Sources): Promise<Fitted> {
  const { server, best } = await runStages(fit, sources);
  return { engine: engineAt(server.engine, best.vector), coefficients: coefficientsOf(best.vector), server: null, choices: server.choices };
}

/** KV blocks that the run does not tell are those that the memory has room for. */
async function serverFitted(fit: Fit, sources: Sources, server: Server): Promise<Fitted> {
  const known = serverOf(sources);
  const { engine, choices } = known.engine.kvCache ? known : withFittedBlocks(sources, blocksOf(server, told(sources, 'blockSize')), ESTIMATED_BLOCKS, 'estimated');
  return { ...await fitEfficiency(fit, engine, server), coefficients: null, choices };
}

const ESTIMATED_BLOCKS = 'the run does not tell; this is what the memory of the cards has room for beside the weights';

function requireEnough({ count, outputTokens }: MeasuredRequests, fittedOn: number): void {
  if (fittedOn < LEAST_REQUESTS) {
    throw unusableRun(`has ${count} requests${fittedOn < count ? `, ${fittedOn} of them to fit on` : ''}: too few to fit four coefficients`, `measure at least ${LEAST_REQUESTS}`);
  }
  if (!outputTokens.some((tokens) => tokens > 1)) throw unusableRun('no request has more than one output token: the time of a decode step was not measured');
}

/** More steps than this are more than hundreds of replays can go through: five hours of a server with steps of 20 ms. */
const MOST_STEPS = 1e6;

/** @throws FaultError for a run of so many steps that no fit would end */
function requireReplayable(requests: MeasuredRequests, { maxBatchTokens = Infinity }: EngineOptions): void {
  const { finish, outputTokens, promptTokens } = requests;
  const decoding = meanStep(requests).step;
  const span = finish.reduce((last, time) => Math.max(last, time), 0);
  const prompts = promptTokens.reduce((sum, tokens) => sum + tokens, 0);
  const longest = outputTokens.reduce((most, tokens) => Math.max(most, tokens), 0);
  const steps = Math.max(longest, Math.min(span / decoding, outputTokens.reduce((sum, tokens) => sum + tokens, 0))) + prompts / maxBatchTokens;
  if (steps <= MOST_STEPS) return;
  throw unusableRun(`has about ${grouped(Math.round(steps))} steps: more than ${grouped(MOST_STEPS)} are not replayed hundreds of times`, 'calibrate a part of it');
}

/** A request that the server answered and this engine would refuse shows that a setting is wrong. */
function requireServed({ count, promptTokens, outputTokens }: MeasuredRequests, engine: EngineOptions): void {
  for (let i = 0; i < count; i++) {
    if (neverFits(engine, Math.max(1, promptTokens[i]!), outputTokens[i]!) === undefined) continue;
    throw unusableRun(
      `request ${i + 1} by arrival (${promptTokens[i]} prompt and ${outputTokens[i]} output tokens) was served, but would not fit a server with these settings`,
      'check maxModelLength, the KV blocks, and chunked prefill with the token budget',
    );
  }
}
