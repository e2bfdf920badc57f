/** Takes the rows of a trace one by one, and keeps them as columns. Every row is kept, left out for a reason, or malformed. */
import { grouped } from '../../core/grouped.ts';
import type { Fault } from '../../core/fault.ts';
import { FaultError } from '../../core/fault.ts';
import type { FilePlace, Position } from '../../core/place.ts';
import { GrowingColumn } from '../columns.ts';
import { dataFault, Faults } from '../fault.ts';
import { liftedFrom, MAX_TOKENS } from '../limits.ts';
import { saysSomething } from './fields.ts';
import { Instant, type TimeUnit } from './instant.ts';
import { ARRIVAL, OUTPUT, type Plan, PROMPT } from './plan.ts';
import { PrefixColumn, type PrefixIds } from './prefix-column.ts';
import { TextColumn, textOf, type Texts } from './text-column.ts';

/** Row by row in the order of the file. */
export interface TraceColumns {
  readonly format: string;
  /** Rows that are requests: those of the columns. */
  readonly count: number;
  /** Nanoseconds after the first row's whole second, or after 0: exact for traces of up to 104 days. NaN where the file has no times. */
  readonly time: Float64Array;
  readonly hasTimes: boolean;
  /** Whether the times are those of a scenario, and 0 is its start. */
  readonly keepsTime: boolean;
  readonly promptTokens: Uint32Array;
  readonly outputTokens: Uint32Array;
  /** By field, or by column that was asked for. */
  readonly texts: ReadonlyMap<string, Texts>;
  /** Targets by name, microseconds; NaN: none. */
  readonly targets: ReadonlyMap<'latency' | 'ttft' | 'tpot', Float64Array>;
  readonly prefix?: PrefixIds;
  /** Tokens in a block of the prefix; 0: not known. */
  readonly prefixTokens: number;
  /** Reason -> rows that are no requests. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Rows that could not be read. */
  readonly malformed: number;
  /** Rows that come after a later one, and where the first of them is. */
  readonly unsorted: { readonly rows: number; readonly first: Position };
  /** Column or key that is not used -> rows in which it says something. */
  readonly unused: Readonly<Record<string, number>>;
}

/** Where a value stands, when something is wrong with it. */
export type PlaceOf = (slot: number, message: string) => Fault<Position>;

export const TOKEN_RULE = `is not a whole number of tokens, 0 to ${grouped(MAX_TOKENS)}`;

const TIME_RULE: Readonly<Record<TimeUnit, string>> = {
  time: 'is not a time such as 2023-11-16 18:15:46.6805900',
  s: 'is not a number of seconds', ms: 'is not a number of milliseconds',
  us: 'is not a number of microseconds', ns: 'is not a number of nanoseconds',
};

/** Seconds. No trace is longer; a row that is so far away has a slip in its time. */
const LONGEST = 20 * 366 * 86_400;

export class Rows {
  readonly #plan: Plan;
  readonly #hasTimes: boolean;
  readonly #most: number;
  readonly #time = new GrowingColumn(1024);
  readonly #prompt = new GrowingColumn(1024, Uint32Array);
  readonly #output = new GrowingColumn(1024, Uint32Array);
  readonly #texts: readonly (readonly [slot: number, column: TextColumn])[];
  readonly #targets: readonly (readonly [slot: number, column: GrowingColumn])[];
  readonly #prefix: PrefixColumn | undefined;
  readonly #leftOutBy: ((...values: readonly unknown[]) => string | undefined) | undefined;
  readonly #leftOut = new Map<string, number>();
  readonly #counted: Float64Array;
  readonly #faults = new Faults();
  readonly #now = new Instant();
  readonly #target = new Instant();
  /** Turn -> the number of its session, where a turn names the one before it. */
  readonly #sessionOf = new Map<string, number>();
  readonly unit: TimeUnit;
  #firstSecond = NaN;
  #latest = -Infinity;
  readonly #range = { from: Infinity, to: -Infinity };
  #unsorted = 0;
  #firstUnsorted: Position = {};

  /**
   * @param hasTimes whether the file says when requests arrived
   * @param most rows
   */
  constructor(plan: Plan, unit: TimeUnit, hasTimes: boolean, most: number) {
    this.#most = most;
    this.#plan = plan;
    this.unit = unit;
    this.#hasTimes = hasTimes;
    this.#texts = plan.texts.map((slot) => [slot, new TextColumn()]);
    this.#targets = plan.targets.map(([, slot]) => [slot, new GrowingColumn(1024)]);
    this.#prefix = plan.prefix < 0 ? undefined : new PrefixColumn();
    this.#leftOutBy = plan.format.leftOut?.make();
    this.#counted = new Float64Array(plan.counted.length);
    if (plan.format.keepsTime === true) this.#firstSecond = 0;
  }

  /** @param values by slot of the plan */
  take(values: readonly unknown[], line: number, place: PlaceOf): void {
    if (this.#leftOutBy !== undefined) {
      const reason = this.#leftOutBy(...this.#plan.leftOut.map((slot) => values[slot]));
      if (reason !== undefined) {
        this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1);
        return;
      }
    }
    const prompt = tokensOf(values[PROMPT]);
    const output = tokensOf(values[OUTPUT]);
    const fault = (slot: number, rule: string) => this.malformed(place(slot, `${this.#nameOf(slot)} ${rule}`));
    if (this.#hasTimes && !this.#now.read(values[ARRIVAL], this.unit)) fault(ARRIVAL, TIME_RULE[this.unit]);
    else if (Math.abs(this.#now.seconds - this.#firstSecond) > LONGEST) fault(ARRIVAL, 'is more than 20 years from the first row');
    else if (prompt < 0) fault(PROMPT, TOKEN_RULE);
    else if (output < 0) fault(OUTPUT, TOKEN_RULE);
    else this.#add(values, prompt, output, line, place);
  }

  #nameOf(slot: number): string {
    return this.#plan.slots[slot]!.places[0]!;
  }

  #add(values: readonly unknown[], prompt: number, output: number, line: number, place: PlaceOf): void {
    if (this.#time.count === this.#most) throw new FaultError([dataFault(`holds more than ${grouped(this.#most)} rows`, {}, liftedFrom(this.#most))]);
    const bad = this.#badTarget(values) ?? (this.#prefix?.accepts(values[this.#plan.prefix]) === false ? this.#plan.prefix : undefined);
    if (bad !== undefined) {
      const rule = bad === this.#plan.prefix ? 'is not a list of ids' : `${TIME_RULE[this.unit === 'time' ? 's' : this.unit]} above 0`;
      this.malformed(place(bad, `${this.#nameOf(bad)} ${rule}`));
      return;
    }
    for (const [slot, column] of this.#targets) column.push(targetOf(values[slot], this.#target, this.unit));
    this.#prefix?.push(values[this.#plan.prefix]);
    this.#time.push(this.#hasTimes ? this.#timeOf(place) : NaN);
    this.#prompt.push(prompt);
    this.#output.push(output);
    for (const [slot, column] of this.#texts) this.#pushText(slot, column, values, line);
    for (let i = 0; i < this.#counted.length; i++) if (saysSomething(values[this.#plan.counted[i]!])) this.#counted[i]!++;
  }

  /** Slot of a target that says something and is no time; undefined: there is none. */
  #badTarget(values: readonly unknown[]): number | undefined {
    return this.#targets.find(([slot]) => saysSomething(values[slot]) && Number.isNaN(targetOf(values[slot], this.#target, this.unit)))?.[0];
  }

  /** The least and the greatest time, in seconds since whatever the file counts from. */
  get range(): { readonly from: number; readonly to: number } {
    return this.#range;
  }

  #timeOf(place: PlaceOf): number {
    const { seconds, nanoseconds } = this.#now;
    const whole = seconds + nanoseconds / 1e9;
    if (whole < this.#range.from) this.#range.from = whole;
    if (whole > this.#range.to) this.#range.to = whole;
    if (Number.isNaN(this.#firstSecond)) this.#firstSecond = seconds;
    const time = (seconds - this.#firstSecond) * 1e9 + nanoseconds;
    if (time < this.#latest) {
      if (this.#unsorted++ === 0) this.#firstUnsorted = positionOf(place(ARRIVAL, ''));
    } else this.#latest = time;
    return time;
  }

  #pushText(slot: number, column: TextColumn, values: readonly unknown[], line: number): void {
    if (this.#plan.parent < 0 || this.#plan.slots[slot]!.name !== 'session') {
      column.push(values[slot], line);
      return;
    }
    const turn = textOf(values[slot]);
    const before = this.#sessionOf.get(textOf(values[this.#plan.parent]));
    const session = before ?? column.number(turn, line);
    this.#sessionOf.set(turn, session);
    column.pushNumber(session);
  }

  malformed(fault: Fault<Position>): void {
    this.#faults.add(fault);
  }

  faults(file: string): Fault<FilePlace>[] {
    return this.#faults.of(file);
  }

  columns(): TraceColumns {
    const { format, slots, targets, counted } = this.#plan;
    const unused = counted.map((slot, i) => [slots[slot]!.name, this.#counted[i]!] as const).filter(([, rows]) => rows > 0);
    return {
      format: format.name,
      count: this.#time.count,
      time: this.#time.view(),
      hasTimes: this.#hasTimes,
      keepsTime: format.keepsTime === true,
      promptTokens: this.#prompt.view(),
      outputTokens: this.#output.view(),
      texts: new Map(this.#texts.map(([slot, column]) => [slots[slot]!.name, column.texts()])),
      targets: new Map(targets.map(([name], i) => [name, this.#targets[i]![1].view()])),
      ...(this.#prefix && { prefix: this.#prefix.ids() }),
      prefixTokens: format.prefixTokens ?? 0,
      leftOut: Object.fromEntries(this.#leftOut),
      malformed: this.#faults.count,
      unsorted: { rows: this.#unsorted, first: this.#firstUnsorted },
      unused: Object.fromEntries(unused),
    };
  }
}

function positionOf({ line, column }: Fault<Position>): Position {
  return { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

/** A number of tokens, as it is or as pandas writes a column that once had a gap (`374.0`); -1: it is none. */
export function tokensOf(value: unknown): number {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= MAX_TOKENS ? value : -1;
  if (typeof value !== 'string') return -1;
  let tokens = 0;
  const { length } = value;
  for (let at = 0; at < length; at++) {
    const digit = value.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return tokensOfText(value.trim());
    tokens = 10 * tokens + digit;
  }
  return length > 0 && length < 10 && tokens <= MAX_TOKENS ? tokens : -1;
}

function tokensOfText(text: string): number {
  return /^\d{1,9}(\.0+)?$/.test(text) && Number(text) <= MAX_TOKENS ? Number(text) : -1;
}

/** Microseconds of a target, a number in the unit of the file; NaN: none. */
function targetOf(value: unknown, instant: Instant, unit: TimeUnit): number {
  if (!saysSomething(value) || !instant.read(value, unit === 'time' ? 's' : unit)) return NaN;
  const micros = instant.seconds * 1e6 + instant.nanoseconds / 1e3;
  return micros > 0 ? micros : NaN;
}
