/** What a run costs at the price of its server, and what it comes to by what was got for it. */
import { markOf, metAll } from '../marks.ts';
import { type Figure, runFigure } from '../metric.ts';
import type { RunView } from '../view.ts';

const MICROS_PER_HOUR = 3600e6;
const MILLION = 1e6;

const absent = 'engine.price is not given, or there is nothing to share the cost';

/** Undefined, so that no result has it, where there is no price. */
function costOf({ price, makespan }: RunView): number | undefined {
  return price === undefined ? undefined : price * (makespan / MICROS_PER_HOUR);
}

function perMillion(run: RunView, tokens: (run: RunView) => number): Figure | undefined {
  const cost = costOf(run);
  if (cost === undefined) return undefined;
  const count = tokens(run);
  return count > 0 ? (cost / count) * MILLION : null;
}

/** Output tokens of the requests that met every target that they can decide. */
function goodTokens({ table, outcomes }: RunView): number {
  const mark = markOf(table, outcomes);
  let tokens = 0;
  for (let request = 0; request < table.count; request++) if (metAll(mark(request))) tokens += outcomes.outputTokens[request]!;
  return tokens;
}

export const cost = runFigure({
  name: 'cost', unit: 'cost', better: 'lower', summary: 'engine.price x makespan, in the currency of the price', absent,
  of: costOf,
});

export const costPerMillionTokens = runFigure({
  name: 'costPerMillionTokens', unit: 'cost', better: 'lower', summary: 'cost / million output tokens of completed requests', absent,
  of: (run) => perMillion(run, ({ groups }) => groups.all.outputTokens),
});

export const costPerMillionGoodTokens = runFigure({
  name: 'costPerMillionGoodTokens', unit: 'cost', better: 'lower', summary: 'cost / million output tokens of the requests that met their SLA', absent,
  of: (run) => perMillion(run, goodTokens),
});
