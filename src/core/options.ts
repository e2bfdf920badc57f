/**
 * The atoms that option schemas are made of: durations, rates, shares, counts.
 *
 * Every policy, distribution, arrival process, step-time model and engine option describes its fields with
 * these, so that validation messages, `sched list`, the JSON Schema and the reference agree on units.
 */
import * as v from 'valibot';
import { choice } from './choice.ts';
import { MAX_MICROS, parseMicros } from './time.ts';

/** What a duration looks like, but for a bare 0: also how `sched list` knows an option for one. */
export const DURATION_PATTERN = /^\d+(\.\d+)?(e[+-]?\d{1,3})?\s*(ns|us|µs|μs|ms|s|m|h)$/i;

/** What follows the fault in every message about how a duration is written. */
export const DURATION_HELP = 'write a number with a unit: 250us, 50ms, 1.5s, 2m or 1h';

function durationText(description: string) {
  return v.pipe(
    v.string((issue) => `${durationFault(issue.input)}; ${meant(issue.input)}${DURATION_HELP}`),
    v.regex(DURATION_PATTERN, (issue) => `${durationFault(issue.input)}; ${meant(issue.input)}${DURATION_HELP}`),
    v.description(description),
  );
}

/** A bare 0 needs no unit. */
function durationOrZero(description: string) {
  const text = durationText(description);
  const zero = v.pipe(v.literal(0), v.transform(() => '0s'));
  return choice([text, zero], (input) => (input === 0 ? zero : text));
}

/** What a bare number most likely means: seconds, or milliseconds where it is large. */
function meant(input: unknown): string {
  const text = String(input).trim();
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value === 0) return '';
  if (value < 1) return `did you mean ${Number((value * 1000).toPrecision(12))}ms? `;
  return value < 100 ? `did you mean ${text}s? ` : `did you mean ${text}ms, or ${text}s? `;
}

function durationFault(input: unknown): string {
  if (input === 0) return 'must be longer than 0';
  if (/^\s*-/.test(String(input))) return 'must not be negative';
  return /^\s*\+?[\d.]+\s*$/.test(String(input)) ? 'has no unit' : 'must be a duration';
}

const tooLong = 'is longer than virtual time can hold exactly (285 years)';

const wholeMicros = v.pipe(
  v.string(),
  v.transform(parseMicros),
  v.maxValue(MAX_MICROS, tooLong),
  v.check((micros) => micros === 0 || Math.round(micros) > 0, 'rounds to 0 microseconds, the resolution of virtual time'),
  v.transform(Math.round),
);

/** A duration that becomes whole microseconds, zero allowed. A positive one that would round to 0 is an error. */
export function duration(description: string) {
  return v.pipe(durationOrZero(description), wholeMicros);
}

/** A duration of at least one microsecond, as whole microseconds. */
export function positiveDuration(description: string) {
  return v.pipe(durationText(description), wholeMicros, v.minValue(1, 'must be longer than 0'));
}

/** A coefficient of a step-time model: a duration kept as fractional microseconds, never rounded by itself. */
export function coefficient(description: string) {
  return v.pipe(durationOrZero(description), v.transform(parseMicros), v.maxValue(MAX_MICROS, tooLong));
}

/** A finite number in the closed range [min, max]. */
export function number(description: string, min: number, max = Number.MAX_VALUE) {
  return v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max), v.description(description));
}

/** A finite number greater than 0, and at most `max`. */
export function positive(description: string, max = Number.MAX_VALUE) {
  return v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(max), v.description(description));
}

/** A whole number in the closed range [min, max]. */
export function whole(description: string, min: number, max = Number.MAX_SAFE_INTEGER) {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max), v.description(description));
}

/** What a percentage looks like. */
export const PERCENT_PATTERN = /^\d{1,12}(\.\d{1,12})?\s*%$/;

/** A number, or a percentage as the number of hundredths that it is: `30%` is 0.3. */
export function orPercent<Schema extends v.GenericSchema<number, number>>(schema: Schema) {
  const percent = v.pipe(
    v.string(),
    v.regex(PERCENT_PATTERN, 'must be a number or a percentage; write 0.3 or 30%'),
    v.transform((text) => Number(`${text.replace('%', '').trim()}e-2`)),
    schema,
  );
  return choice([schema, percent], (input) => (typeof input === 'string' ? percent : schema));
}

/** A share, 0 to 1, or 0% to 100%. */
export function share(description: string) {
  return orPercent(number(description, 0, 1));
}

/** What may be within a schema or an action: valibot's own types say less than its values hold. */
interface Inside {
  readonly type: string;
  readonly wrapped?: v.GenericSchema;
  readonly pipe?: readonly v.GenericSchema[];
  readonly options?: readonly v.GenericSchema[];
  readonly requirement?: unknown;
}

/** Whether a schema, or what it makes optional, reads durations. */
export function isDuration(schema: v.GenericSchema): boolean {
  const { wrapped, type, options, pipe, requirement } = schema as unknown as Inside;
  if (wrapped) return isDuration(wrapped);
  const parts = [...(pipe ?? []), ...(type === 'union' ? options! : [])];
  return requirement === DURATION_PATTERN || parts.some((part) => part !== schema && isDuration(part));
}
