/**
 * The text of a data file, whatever it is packed in: gzip is known by its first bytes and unpacked on the way, a byte
 * order mark is left out, and what is no text in UTF-8 is refused with a word on what it is.
 */
import { FaultError } from '../core/fault.ts';
import { dataFault } from './fault.ts';

const GZIP = [0x1f, 0x8b];

/** What else people hand over, by its first bytes. */
const NO_TEXT_FORMATS: readonly (readonly [bytes: readonly number[], help: string])[] = [
  [[0x28, 0xb5, 0x2f, 0xfd], 'it is packed with zstd: unpack it, or pack it with gzip'],
  [[0x50, 0x4b, 0x03, 0x04], 'it is a ZIP archive or a spreadsheet: unpack it, or save it as CSV'],
  [[0x50, 0x41, 0x52, 0x31], 'it is a Parquet file: write it as CSV or JSON lines'],
  [[0x42, 0x5a, 0x68], 'it is packed with bzip2: unpack it, or pack it with gzip'],
  [[0xfd, 0x37, 0x7a, 0x58], 'it is packed with xz: unpack it, or pack it with gzip'],
];

/** Text that unpacks to so much more than was read is no trace, which packs to a twentieth: a small file must not cost hours. */
const MOST_TIMES_PACKED = 250;
const LET_PASS = 1 << 26;

/**
 * The text of a file, piece by piece.
 *
 * @throws FaultError while it is read, where the bytes are not text; whatever the bytes reject with
 */
export async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let first = true;
  for await (const chunk of unpacked(bytes)) {
    const text = decoder.decode(chunk, { stream: true });
    if (first && text !== '') requireText(text);
    first &&= text === '';
    yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

/** So much of the first line is looked at; what is further down is a row that cannot be read. */
const LOOKED_AT = 4096;

/** What bytes that are not UTF-8 leave behind, and the zero bytes of UTF-16. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\u0000\ufffd]/;

function requireText(text: string): void {
  if (NO_TEXT.test(text.slice(0, LOOKED_AT).split('\n', 1)[0]!)) throw noText('unpack it where it is compressed, or save it as UTF-8');
}

function noText(help: string): FaultError {
  return new FaultError([dataFault('the file is not text in UTF-8', {}, help)]);
}

async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let start: number[] = [];
  while (start.length < 4) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
    start = [...start, ...next.value.subarray(0, 4)];
  }
  const begins = (magic: readonly number[]) => magic.every((byte, i) => start[i] === byte);
  const all = replayed(head, iterator);
  const other = NO_TEXT_FORMATS.find(([magic]) => begins(magic));
  if (other !== undefined) {
    await iterator.return?.();
    throw noText(other[1]);
  }
  yield* begins(GZIP) ? gunzipped(all) : all;
}

async function* replayed(head: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** The stream that browsers and Node share. */
async function* gunzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const packed = { bytes: 0, failure: undefined as unknown };
  const feeding = feed(bytes, writable as WritableStream<Uint8Array>, packed);
  const reader = (readable as ReadableStream<Uint8Array>).getReader();
  let unpackedBytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      unpackedBytes += value.length;
      if (unpackedBytes > LET_PASS + packed.bytes * MOST_TIMES_PACKED) {
        throw new FaultError([dataFault(`unpacks to more than ${MOST_TIMES_PACKED} times its size: this is no trace`)]);
      }
      yield value;
    }
  } catch (error) {
    if (packed.failure !== undefined) throw packed.failure;
    throw error instanceof FaultError ? error : new FaultError([dataFault('is not whole gzip data', {}, 'it was cut off, or damaged on the way')]);
  } finally {
    await reader.cancel().catch(() => {});
    await feeding;
  }
}

/** Feeds what unpacks; what the bytes reject with is kept for the reader. */
async function feed(
  bytes: AsyncIterable<Uint8Array>, writable: WritableStream<Uint8Array>, packed: { bytes: number; failure: unknown },
): Promise<void> {
  const writer = writable.getWriter();
  try {
    for await (const chunk of bytes) {
      packed.bytes += chunk.length;
      try {
        await writer.write(chunk);
      } catch {
        // The reader tells what is wrong with the data.
        return;
      }
    }
    await writer.close().catch(() => {});
  } catch (error) {
    packed.failure = error;
    await writer.abort(error).catch(() => {});
  }
}
