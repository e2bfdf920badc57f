/** Highest response ratio next: the wait over the length, so that short answers go first and long ones do not starve. */
import { orderedByGrowth } from './growing.ts';
import type { PolicyDefinition } from './policy.ts';

export const hrrn: PolicyDefinition<object> = {
  name: 'hrrn',
  summary: 'highest response ratio next: wait over output tokens, the greatest first',
  advice: {
    choose: 'short answers are to go first, and long ones must not starve',
    avoid: 'lengths are not known; it looks at neither class nor target',
    cost: 'O(log² of the different lengths that wait)',
    source: 'Brinch Hansen 1971; SGLang hrrn, over prompt tokens',
  },
  options: {},
  make({ arrival, outputTokens }) {
    const lengths = [...new Set(outputTokens)];
    const groups = new Map(lengths.map((length, group) => [length, group]));
    return orderedByGrowth(arrival, (request) => groups.get(outputTokens[request]!)!, lengths.map((length) => ({ by: 1, over: length })));
  },
};
