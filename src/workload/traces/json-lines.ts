/** JSON lines: pieces of text to objects, each with its line. Lines that are no object are told, and passed over. */
import { isMapping } from '../../core/choice.ts';
import type { Fault } from '../../core/fault.ts';
import { FaultError } from '../../core/fault.ts';
import type { Position } from '../../core/place.ts';
import { dataFault } from '../fault.ts';
import { jsonOf } from './sniff.ts';
import type { JsonRecord } from './trace.ts';

/** A line of a trace with the ids of a million tokens in it has less. */
const MAX_LINE = 1 << 24;

export class JsonLines {
  readonly #onRecord: (record: JsonRecord, line: number, text: string) => void;
  readonly #onFault: (fault: Fault<Position>) => void;
  #begun: string[] = [];
  #begunLength = 0;
  #line = 1;

  constructor(onRecord: (record: JsonRecord, line: number, text: string) => void, onFault: (fault: Fault<Position>) => void) {
    this.#onRecord = onRecord;
    this.#onFault = onFault;
  }

  /** @throws FaultError where a line is too long */
  push(text: string): void {
    let from = 0;
    for (let newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', from)) {
      this.#take(text.slice(from, newline));
      from = newline + 1;
    }
    const rest = text.slice(from);
    if (rest === '') return;
    this.#begun.push(rest);
    this.#begunLength += rest.length;
    if (this.#begunLength > MAX_LINE) throw new FaultError([dataFault('a line of more than 16 MiB: these are no JSON lines', { line: this.#line })]);
  }

  end(): void {
    this.#take('');
  }

  #take(end: string): void {
    const line = this.#begun.length === 0 ? end : [...this.#begun, end].join('');
    this.#begun = [];
    this.#begunLength = 0;
    const at = this.#line++;
    if (line === '' || line.trim() === '') return;
    const record = jsonOf(line);
    if (isMapping(record)) this.#onRecord(record, at, line);
    else this.#onFault(dataFault('is not a JSON object: the line may have been cut off', { line: at, column: 1 }));
  }
}
