/** SLA targets as a scenario writes them: of a class, or of one listed request. */
import * as v from 'valibot';
import { positiveDuration } from '../core/options.ts';

/** `sla:`, each target optional and inclusive. */
export const slaSchema = v.strictObject({
  latency: v.optional(positiveDuration('most time from arrival to the last token')),
  ttft: v.optional(positiveDuration('most time from arrival to the first token')),
  tpot: v.optional(positiveDuration('most time per output token after the first')),
});
