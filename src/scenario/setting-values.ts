/**
 * Several values for one path of a scenario: `engine.maxBatchSize=4,8,16`, `load=0.5..1.5/0.25` (from..to/step),
 * `engine.maxBatchSize=8..128*2` (from..to*factor). A list is YAML without its brackets; ends with a unit have the same one.
 */
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import { parseValue, type Read, type Setting, splitSetting } from './setting.ts';

/** A path and the values that it is to have, one after the other. */
export interface SettingValues {
  readonly text: string;
  /** As the user wrote it: what results call it by. */
  readonly path: string;
  /** At least one. */
  readonly settings: readonly Setting[];
}

/** More values of one path are a slip of the pen. */
export const MOST_VALUES = 10_000;

const NUMBER = '(-?\\d+(?:\\.\\d+)?)([a-zµ%]*)';
const RANGE = new RegExp(`^${NUMBER}\\.\\.${NUMBER}(?:([/*])(\\d+(?:\\.\\d+)?)([a-zµ%]*))?$`);

export function parseSettingValues(text: string): Read<SettingValues> {
  const split = splitSetting(text);
  if ('fault' in split) return split;
  const { names, values, at } = split;
  const path = text.slice(0, at - 1).trim();
  const wrong = (fault: Pick<Fault, 'message' | 'help'>): { readonly fault: Fault<Span> } => ({ fault: { code: 'setting', ...fault, start: at, end: Math.max(at + 1, text.length) } });
  const read = parseValue(`[${values}]`);
  if ('fault' in read || !Array.isArray(read.value)) return wrong({ message: 'these are no values', help: 'write 4,8,16 or 8..128*2 or 0.5..1.5/0.25; what has commas of its own in brackets' });
  const found: unknown[] = [];
  for (const value of read.value as readonly unknown[]) {
    const range = typeof value === 'string' ? RANGE.exec(value.replaceAll(' ', '')) : null;
    const expanded = range ? inRange(range) : [value];
    if (typeof expanded === 'string') return wrong({ message: `${String(value)}: ${expanded}`, help: 'from..to/step or from..to*factor, such as 3..8/0.5 or 8..128*2' });
    found.push(...expanded);
    if (found.length > MOST_VALUES) return wrong({ message: `these are more than ${MOST_VALUES} values` });
  }
  if (found.length === 0 || found.some((value) => value === null && values.trim() === '')) return wrong({ message: 'there is no value' });
  return { value: { text, path, settings: found.map((value) => ({ text: `${path}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`, names, value: value ?? undefined })) } };
}

/** Numbers of a range, its end among them where a step meets it; a string says what is wrong with it. */
function inRange([, from, unit = '', to, unitTo = '', kind = '/', step = '1', unitOfStep = '']: readonly (string | undefined)[]): unknown[] | string {
  const [first, last, by] = [Number(from), Number(to), Number(step)];
  if (unit !== unitTo || (kind === '/' && unitOfStep !== '' && unitOfStep !== unit) || (kind === '*' && unitOfStep !== '')) return 'its ends have the same unit, and a factor has none';
  if (last < first) return 'its end is below its beginning';
  if (kind === '*' ? by <= 1 || first <= 0 : by <= 0) return kind === '*' ? 'a factor is above 1, and what it is applied to above 0' : 'a step is above 0';
  const numbers: unknown[] = [];
  for (let index = 0; index <= MOST_VALUES; index++) {
    // Rounded where doubles have no digits to tell: 0.1 three times is 0.3.
    const value = Number((kind === '*' ? first * by ** index : first + by * index).toPrecision(12));
    if (value > last) return numbers;
    numbers.push(unit === '' ? value : `${value}${unit}`);
  }
  return numbers;
}
