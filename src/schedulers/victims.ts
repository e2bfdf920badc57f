/** Who gives way when KV blocks run out: positions among those that run, which are in order of admission. */

type Victim = (running: Int32Array, count: number) => number;

export const lastAdmitted: Victim = (_running, count) => count - 1;

/**
 * The last by a key, equal ones by arrival, then index. A strict order matters: equals that evicted each other would never
 * end.
 */
export function lastBy(key: (request: number) => number): Victim {
  return (running, count) => {
    let worst = 0;
    let greatest = key(running[0]!);
    for (let i = 1; i < count; i++) {
      const other = key(running[i]!);
      if (other > greatest || (other === greatest && running[i]! > running[worst]!)) {
        worst = i;
        greatest = other;
      }
    }
    return worst;
  };
}

/** The last of an order, given by whether one comes before another; no two are equal. */
export function lastOf(before: (a: number, b: number) => boolean): Victim {
  return (running, count) => {
    let worst = 0;
    for (let i = 1; i < count; i++) if (before(running[worst]!, running[i]!)) worst = i;
    return worst;
  };
}
