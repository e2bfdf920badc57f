/** Inter-token latency: the gap series that the engine counted, pooled for any group of requests. */
import type { CountedValues } from '../core/quantiles.ts';

/** Several sorted, counted samples as one. A value may occur in more than one of them; it stays ascending. */
export function pool(samples: readonly CountedValues[]): CountedValues {
  if (samples.length === 0) return { values: new Float64Array(0), counts: new Float64Array(0) };
  let round = samples;
  // In pairs, so that every value is moved log2(samples) times.
  while (round.length > 1) {
    const next: CountedValues[] = [];
    for (let i = 0; i < round.length; i += 2) next.push(i + 1 < round.length ? merge(round[i]!, round[i + 1]!) : round[i]!);
    round = next;
  }
  return round[0]!;
}

function merge(a: CountedValues, b: CountedValues): CountedValues {
  const values = new Float64Array(a.values.length + b.values.length);
  const counts = new Float64Array(values.length);
  let i = 0;
  let j = 0;
  let length = 0;
  while (i < a.values.length || j < b.values.length) {
    const left = i < a.values.length ? a.values[i]! : Infinity;
    const right = j < b.values.length ? b.values[j]! : Infinity;
    values[length] = Math.min(left, right);
    if (left <= right) counts[length]! += a.counts[i++]!;
    if (right <= left) counts[length]! += b.counts[j++]!;
    length++;
  }
  return { values: values.subarray(0, length), counts: counts.subarray(0, length) };
}
