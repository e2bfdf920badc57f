/**
 * The traces of Azure's LLM inference services (2023, 2024 and the multimodal one of 2025): CSV with a time, the
 * tokens of the prompt and those of the answer.
 *
 * Source: github.com/Azure/AzurePublicDataset (Patel et al., ISCA 2024; Stojkovic et al., HPCA 2025; Qiu et al.,
 * SoCC 2025). Columns are found by name, in any order and case; others are left alone.
 */
import { FaultError } from '../../core/fault.ts';
import { cellFault, columnsOf, readCsv } from '../csv.ts';
import { MAX_TOKENS, grouped } from '../limits.ts';
import { parseTimestamp } from './timestamp.ts';
import type { TraceFormat, TraceRows } from './trace.ts';

const COLUMNS = ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens'] as const;

/** Whole numbers, as they are or as pandas writes a column that once had a gap: `374`, `374.0`. */
const TOKENS = /^\d{1,9}(\.0+)?$/;

const TOKEN_RULE = `is not a whole number of tokens, 0 to ${grouped(MAX_TOKENS)}`;

export const azure: TraceFormat = {
  name: 'azure',
  summary: `Azure LLM inference traces: CSV with the columns ${COLUMNS.join(', ')}`,
  recognises: (firstLine) => columnsOf(firstLine.replaceAll('"', '').split(','), COLUMNS).every((index) => index >= 0),
  async read(bytes, rows) {
    let width = 0;
    let indices: number[] = [];
    await readCsv(bytes, (cells, line) => {
      if (width > 0) {
        addRow(cells, line, width, indices, rows);
        return;
      }
      width = cells.length;
      indices = columnsOf(cells, COLUMNS);
      const missing = COLUMNS.filter((_, i) => indices[i]! < 0);
      if (missing.length > 0) throw new FaultError([cellFault(cells, line, 0, `has no column ${missing.join(', ')}`)]);
    });
  },
};

function addRow(cells: readonly string[], line: number, width: number, indices: readonly number[], rows: TraceRows): void {
  const fault = (index: number, message: string) => rows.malformed(cellFault(cells, line, index, message));
  if (cells.length !== width) {
    fault(Math.min(cells.length, width), `has ${cells.length === 1 ? '1 field' : `${cells.length} fields`} where the header has ${width}`);
    return;
  }
  const [time, prompt, output] = indices as [number, number, number];
  const timestamp = parseTimestamp(cells[time]!.trim());
  const promptTokens = parseTokens(cells[prompt]!);
  const outputTokens = parseTokens(cells[output]!);
  if (timestamp === undefined) fault(time, `${COLUMNS[0]} is not a time such as 2023-11-16 18:15:46.6805900`);
  else if (promptTokens === undefined) fault(prompt, `${COLUMNS[1]} ${TOKEN_RULE}`);
  else if (outputTokens === undefined) fault(output, `${COLUMNS[2]} ${TOKEN_RULE}`);
  else rows.add(timestamp.seconds, timestamp.nanoseconds, promptTokens, outputTokens);
}

function parseTokens(text: string): number | undefined {
  const trimmed = text.trim();
  const tokens = TOKENS.test(trimmed) ? Number(trimmed) : NaN;
  return tokens <= MAX_TOKENS ? tokens : undefined;
}
