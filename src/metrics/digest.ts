/**
 * Fingerprints: one hash that changes when any request fares differently by a microsecond, one that changes
 * when the requests themselves do. Bytes are laid out by hand, little-endian whatever the machine.
 */
import { sha256, sha256Hex } from '../core/digest.ts';
import type { RequestOutcomes } from '../engine/outcomes.ts';
import type { RequestTable, SlaTargets } from '../workload/request-table.ts';

/** Rows hashed at a time: two megabytes or less of scratch. */
const CHUNK = 65536;

/**
 * `sha256:…` over what became of every request. A row, in order of the index, is 32 bytes: float64 admitted,
 * first token, finish (microseconds; -1: never), uint32 preemptions, uint32 status.
 */
export function outcomeDigest(table: RequestTable, outcomes: RequestOutcomes): Promise<string> {
  const { admitted, firstToken, finish, preemptions, preempted, status } = outcomes;
  return digestRows({ digest: 'outcome', version: 1, requests: table.count }, table.count, 32, (view, from, to) => {
    for (let row = from, at = 0; row < to; row++, at += 32) {
      view.setFloat64(at, timeOrNever(admitted[row]!), true);
      view.setFloat64(at + 8, timeOrNever(firstToken[row]!), true);
      view.setFloat64(at + 16, timeOrNever(finish[row]!), true);
      view.setUint32(at + 24, preempted ? preemptions[row]! : 0, true);
      view.setUint32(at + 28, status[row]!, true);
    }
  });
}

/**
 * `sha256:…` over what the engine and the policies are given: arrival, tokens, class and tenant (by name) and
 * SLA targets of its own of every request. Ids, labels, and what is set per class are not part of it. A row is
 * 24 bytes: float64 arrival, uint32 prompt tokens, output tokens, class and tenant, the last two numbered in
 * order of first use, so that a class nobody is in changes nothing.
 */
export function workloadDigest(table: RequestTable): Promise<string> {
  const classes = numberByFirstUse(table.class, table.count, table.classes.map(({ name }) => name));
  const tenants = numberByFirstUse(table.tenant, table.count, table.tenants);
  const head = {
    digest: 'workload', version: 1, requests: table.count,
    classes: classes.used, tenants: tenants.used, targets: ownTargets(table.slaOverrides),
  };
  return digestRows(head, table.count, 24, (view, from, to) => {
    for (let row = from, at = 0; row < to; row++, at += 24) {
      view.setFloat64(at, table.arrival[row]!, true);
      view.setUint32(at + 8, table.promptTokens[row]!, true);
      view.setUint32(at + 12, table.outputTokens[row]!, true);
      view.setUint32(at + 16, classes.numbers[table.class[row]!]!, true);
      view.setUint32(at + 20, tenants.numbers[table.tenant[row]!]!, true);
    }
  });
}

/** Whether two runs of the same requests ended with the same outcome of every one: what `outcomeDigest` covers. */
export function sameSchedule(a: RequestOutcomes, b: RequestOutcomes): boolean {
  return a.completed === b.completed && (a.completed === a.status.length || sameColumn(a.status, b.status))
    && sameColumn(a.admitted, b.admitted)
    && sameColumn(a.finish, b.finish)
    && sameColumn(a.firstToken, b.firstToken)
    && a.preempted === b.preempted && (!a.preempted || sameColumn(a.preemptions, b.preemptions));
}

/** The hash over the hashes of a head, as JSON, and of the rows, chunk by chunk: never all bytes at once. */
async function digestRows(
  head: unknown, count: number, rowBytes: number, fill: (view: DataView, from: number, to: number) => void,
): Promise<string> {
  const hashes = [await sha256(new TextEncoder().encode(JSON.stringify(head)))];
  const bytes = new Uint8Array(Math.min(count, CHUNK) * rowBytes);
  const view = new DataView(bytes.buffer);
  for (let from = 0; from < count; from += CHUNK) {
    const to = Math.min(from + CHUNK, count);
    fill(view, from, to);
    hashes.push(await sha256(bytes.subarray(0, (to - from) * rowBytes)));
  }
  const joined = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, i) => joined.set(hash, i * 32));
  return `sha256:${await sha256Hex(joined)}`;
}

/** NaN has many bit patterns, and a machine may choose among them. */
function timeOrNever(micros: number): number {
  return micros === micros ? micros : -1;
}

/** New numbers for the values of a column, by first use, and the names of those used, in that order. */
function numberByFirstUse(
  column: Uint16Array, count: number, names: readonly string[],
): { numbers: Uint32Array; used: string[] } {
  const numbers = new Uint32Array(Math.max(1, names.length));
  const seen = new Uint8Array(numbers.length);
  const used: string[] = [];
  for (let i = 0; i < count && used.length < names.length; i++) {
    const index = column[i]!;
    if (seen[index] === 1) continue;
    seen[index] = 1;
    numbers[index] = used.length;
    used.push(names[index]!);
  }
  return { numbers, used };
}

function ownTargets(overrides: ReadonlyMap<number, SlaTargets>): (number | null)[][] {
  return [...overrides]
    .sort(([a], [b]) => a - b)
    .map(([request, { latency, ttft, tpot }]) => [request, latency ?? null, ttft ?? null, tpot ?? null]);
}

function sameColumn(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    // NaN, an event that never happened, equals NaN.
    if (x !== y && (x === x || y === y)) return false;
  }
  return true;
}
