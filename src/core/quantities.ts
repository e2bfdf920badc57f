/**
 * Options that are amounts of memory, bandwidth or computing speed: `141GB`, `4.8TB/s`, `989TFLOPS`. As with
 * durations a bare number is refused, so that no reader has to guess its unit.
 */
import * as v from 'valibot';

const DECIMAL_PREFIXES: Readonly<Record<string, number>> = { '': 1, k: 1e3, K: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15 };
const BINARY_PREFIXES: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** Upper and lower case differ on purpose: `Gb` is gigabits. */
const BYTES = /^(\d+(?:\.\d+)?)\s*([kKMGT]?|[KMGT]i)B$/;
const RATE = /^(\d+(?:\.\d+)?)\s*([kKMGT]?|[KMGT]i)B\/s$/;
const FLOPS = /^(\d+(?:\.\d+)?)\s*([GTP])FLOP(?:S|s|\/s)$/;

/** An amount of memory, as bytes: `141GB`, `80GiB`. */
export function bytes(description: string) {
  return quantity(description, BYTES, 'write an amount with a unit: 141GB or 80GiB');
}

/** A bandwidth, as bytes per second: `4.8TB/s`. */
export function bytesPerSecond(description: string) {
  return quantity(description, RATE, 'write bytes per second with a unit: 4.8TB/s or 360GB/s (400 Gb/s are 50GB/s)');
}

/** A computing speed, as floating-point operations per second: `989TFLOPS`. */
export function flops(description: string) {
  return quantity(description, FLOPS, 'write operations per second with a unit: 989TFLOPS or 2.25PFLOPS');
}

function quantity(description: string, pattern: RegExp, help: string) {
  return v.pipe(
    v.string(({ input }) => `${typeof input === 'number' ? 'has no unit' : 'must be an amount with a unit'}; ${help}`),
    v.regex(pattern, `must be an amount with a unit; ${help}`),
    v.description(description),
    v.transform((text) => amountOf(pattern.exec(text)!)),
    v.finite(),
    v.gtValue(0),
  );
}

function amountOf([, digits, prefix]: RegExpExecArray): number {
  return Number(digits) * (BINARY_PREFIXES[prefix!] ?? DECIMAL_PREFIXES[prefix!]!);
}

/** Bytes or operations as a person reads them: `16.06 GB`, `989.4 TFLOPS`; four significant digits. */
export function amountText(amount: number, unit: 'B' | 'B/s' | 'FLOPS'): string {
  const [prefix, size] = Object.entries(DECIMAL_PREFIXES).filter(([name, value]) => name !== 'K' && value <= amount).at(-1) ?? ['', 1];
  return `${Number((amount / size).toPrecision(4))} ${prefix}${unit}`;
}
