/** How much was asked of the engine, against what it can do. */
import { Status } from '../../engine/outcomes.ts';
import { runFigure } from '../metric.ts';
import type { RunView } from '../view.ts';

export const offeredLoad = runFigure({
  name: 'engine.offeredLoad', unit: 'ratio', better: 'lower', summary: 'output tokens offered over what the engine can sustain; above 1 the queue grows',
  absent: 'nothing ever waited',
  of: loadOf,
});

function loadOf({ table, outcomes }: RunView): number | null {
  if (table.count === 0 || outcomes.backlogTime <= 0 || outcomes.backlogTokens <= 0) return null;
  const first = table.arrival[0]!;
  const last = table.arrival[table.count - 1]!;
  if (first === last) return null;
  const someShed = outcomes.completed < table.count;
  let tokens = 0;
  for (let i = 0; i < table.count && table.arrival[i]! < last; i++) {
    if (!someShed || outcomes.status[i] !== Status.shed) tokens += outcomes.outputTokens[i]!;
  }
  return (tokens / (last - first)) / (outcomes.backlogTokens / outcomes.backlogTime);
}
