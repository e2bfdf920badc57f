/** A trace file as columns of what it holds, before anything is chosen from it. */
import type { Fault } from '../../core/fault.ts';
import { FaultError, refuse } from '../../core/fault.ts';
import type { FilePlace, Position, ScenarioPath } from '../../core/place.ts';
import { GrowingColumn } from '../columns.ts';
import { dataFault, Faults, unreadable } from '../fault.ts';
import type { FileAccess } from '../files.ts';
import { MAX_REQUESTS, grouped } from '../limits.ts';
import { TRACE_FORMATS } from './index.ts';
import type { TraceFormat, TraceRows } from './trace.ts';

/** Row by row in the order of the file. */
export interface TraceColumns {
  readonly format: string;
  readonly count: number;
  /** Nanoseconds after the first row's whole second: exact for traces of up to 104 days. */
  readonly time: Float64Array;
  readonly promptTokens: Float64Array;
  readonly outputTokens: Float64Array;
}

/**
 * @param format the name of a format, or `auto` to go by the first line
 * @param origin where the file comes from, told when it is missing
 * @param path of the trace's `file` in the scenario, for faults
 * @throws FaultError with every malformed row (the first 20 singly)
 */
export async function readTrace(
  files: FileAccess, file: string, format: string, origin: string | undefined, path: ScenarioPath,
): Promise<TraceColumns> {
  const rows = new Rows();
  let read: TraceFormat;
  try {
    const { firstLine, bytes } = await peek(files.open(file));
    read = formatOf(format, firstLine);
    await read.read(bytes, rows);
  } catch (error) {
    const faults = unreadable(error, path, file, origin);
    throw faults === undefined ? error : new FaultError([...rows.faults(file), ...faults]);
  }
  refuse(rows.faults(file));
  return rows.columns(read.name);
}

/** What bytes that are not UTF-8 leave behind, and the zero bytes of UTF-16. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\u0000\ufffd]/;

function formatOf(name: string, firstLine: string): TraceFormat {
  const candidates = name === 'auto'
    ? TRACE_FORMATS.filter((format) => format.recognises(firstLine))
    : TRACE_FORMATS.filter((format) => format.name === name);
  if (candidates[0]) return candidates[0];
  if (firstLine.trim() === '') throw new FaultError([dataFault('the file is empty, or begins with an empty line')]);
  if (NO_TEXT.test(firstLine)) {
    throw new FaultError([dataFault('the file is not text in UTF-8', {}, 'unpack it where it is compressed, or save it as UTF-8')]);
  }
  const help = `known are ${TRACE_FORMATS.map(({ name: known, summary }) => `${known} (${summary})`).join('; ')}`;
  throw new FaultError([dataFault('is in no known trace format', { line: 1, column: 1, sourceLine: firstLine }, help)]);
}

class Rows implements TraceRows {
  readonly #time = new GrowingColumn(1024);
  readonly #promptTokens = new GrowingColumn(1024);
  readonly #outputTokens = new GrowingColumn(1024);
  readonly #faults = new Faults();
  #firstSecond = NaN;

  add(seconds: number, nanoseconds: number, promptTokens: number, outputTokens: number): void {
    if (this.#time.count === 0) this.#firstSecond = seconds;
    if (this.#time.count === MAX_REQUESTS) throw new FaultError([dataFault(`holds more than ${grouped(MAX_REQUESTS)} rows`)]);
    this.#time.push((seconds - this.#firstSecond) * 1e9 + nanoseconds);
    this.#promptTokens.push(promptTokens);
    this.#outputTokens.push(outputTokens);
  }

  malformed(fault: Fault<Position>): void {
    this.#faults.add(fault);
  }

  faults(file: string): Fault<FilePlace>[] {
    return this.#faults.of(file);
  }

  columns(format: string): TraceColumns {
    return {
      format,
      count: this.#time.count,
      time: this.#time.view(),
      promptTokens: this.#promptTokens.view(),
      outputTokens: this.#outputTokens.view(),
    };
  }
}

/** Enough for the first line of any format. */
const PEEK_BYTES = 1 << 16;

/** The first line, and all bytes once more. */
async function peek(source: AsyncIterable<Uint8Array>): Promise<{ firstLine: string; bytes: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const head: Uint8Array[] = [];
  let text = '';
  while (!text.includes('\n') && text.length < PEEK_BYTES) {
    const { done, value } = await iterator.next();
    if (done) break;
    head.push(value);
    text += decoder.decode(value, { stream: true });
  }
  return { firstLine: text.split(/\r?\n/, 1)[0]!, bytes: replay(head, iterator) };
}

async function* replay(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
