/** The formats of results, and which one the name of a file asks for. */
import { extname } from 'node:path';
import { inputError } from '../exit.ts';

/** Those of what runs come to, of what a check finds, and of a fitted engine. */
export const FORMATS = ['table', 'json', 'csv', 'markdown'] as const;
export const CHECK_FORMATS = ['table', 'json', 'markdown', 'junit'] as const;
export const CALIBRATION_FORMATS = ['table', 'json', 'yaml'] as const;
export type Format = (typeof FORMATS)[number] | (typeof CHECK_FORMATS)[number] | (typeof CALIBRATION_FORMATS)[number];

export const EXTENSIONS: Readonly<Record<Format, readonly string[]>> = {
  table: ['.txt'], json: ['.json'], csv: ['.csv'], markdown: ['.md', '.markdown'], junit: ['.xml'],
  yaml: ['.yaml', '.yml'],
};

/** @throws FaultError when the extension stands for none of the formats */
export function formatOfFile(path: string, formats: readonly Format[]): Format {
  const extension = extname(path).toLowerCase();
  const format = formats.find((each) => EXTENSIONS[each].includes(extension));
  if (format !== undefined) return format;
  throw inputError(`cannot tell the format of ${path} from its extension`, `name it ${formats.flatMap((each) => EXTENSIONS[each]).join(', ')}`);
}
