/**
 * Calibration: the step times with which a replay of a measured run meets the times that were measured.
 *
 * Nothing is reported that was not replayed: the coefficients are rounded before they are judged, and the
 * errors are those of the replay with just these.
 */
import type { EngineOptions } from '../../engine/options.ts';
import { neverFits } from '../../engine/limits.ts';
import { unusableRun, type MeasuredRequests, type MeasuredRun, type ServerSettings } from '../measured/measured-run.ts';
import { compare, type Errors } from './errors.ts';
import { Fit } from './fit.ts';
import { coefficientsOf, engineAt, type Coefficients } from './parameters.ts';
import { serverOf, type Choice } from './settings.ts';
import { runStages } from './stages.ts';

export interface CalibrationOptions {
  /** What the user says of the server, over what the run tells. */
  readonly flags?: ServerSettings;
  /** Share of the requests, by arrival, that the fit may see; it is judged on all. Default 1. */
  readonly fitOn?: number;
}

export interface Calibration {
  readonly run: MeasuredRun;
  /** Complete, with the fitted step times. */
  readonly engine: EngineOptions;
  readonly coefficients: Coefficients;
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
 * Fits a `linear` step time to a run.
 *
 * @throws FaultError when the run cannot support a fit
 */
export async function calibrate(run: MeasuredRun, { flags = {}, fitOn = 1 }: CalibrationOptions = {}): Promise<Calibration> {
  const { requests } = run;
  const fittedOn = Math.ceil(fitOn * requests.count);
  requireEnough(requests, fittedOn);
  const sources = { flags, metadata: run.settings };
  requireServed(requests, serverOf(sources).engine);
  const fit = new Fit(requests, fittedOn);
  const { server, best } = await runStages(fit, sources);
  const engine = engineAt(server.engine, best.vector);
  return {
    run, engine, coefficients: coefficientsOf(best.vector), choices: server.choices,
    requests: requests.count, fittedOn, evaluations: fit.evaluations, errors: compare(requests, fit.replay(engine)),
  };
}

function requireEnough({ count, outputTokens }: MeasuredRequests, fittedOn: number): void {
  if (fittedOn < LEAST_REQUESTS) {
    throw unusableRun(`has ${count} requests${fittedOn < count ? `, ${fittedOn} of them to fit on` : ''}: too few to fit four coefficients`, `measure at least ${LEAST_REQUESTS}`);
  }
  if (!outputTokens.some((tokens) => tokens > 1)) throw unusableRun('no request has more than one output token: the time of a decode step was not measured');
}

/** A request that the server answered and this engine would refuse shows that a setting is wrong. */
function requireServed({ count, promptTokens, outputTokens }: MeasuredRequests, engine: EngineOptions): void {
  for (let i = 0; i < count; i++) {
    if (neverFits(engine, Math.max(1, promptTokens[i]!), outputTokens[i]!) === 0) continue;
    throw unusableRun(
      `request ${i + 1} by arrival (${promptTokens[i]} prompt and ${outputTokens[i]} output tokens) was served, but would not fit a server with these settings`,
      'check maxModelLength, the KV blocks, and chunked prefill with the token budget',
    );
  }
}
