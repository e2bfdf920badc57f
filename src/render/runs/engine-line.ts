/** The engine in one line: batch 8 · 2,048 tokens a step · KV 2,587 × 16 tokens · log-efficiency 50 ms */
import { grouped } from '../../core/grouped.ts';
import { shortDuration } from '../text/durations.ts';
import { percent, written } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';

/** What differs from the simplest server, in the words of the scenario file. */
export function engineLine(engine: Report['engine']): string {
  const { maxBatchSize, maxBatchTokens, batching, chunkedPrefill, kvCache, asyncScheduling, stepTime } = engine;
  const parts = [`batch ${grouped(maxBatchSize)}`];
  if (batching === 'static') parts.push('static batching');
  if (maxBatchTokens !== undefined) {
    parts.push(`${grouped(maxBatchTokens)} tokens a step`);
    if (!chunkedPrefill) parts.push('no chunked prefill');
  }
  if (kvCache) parts.push(`KV ${grouped(kvCache.blocks)} × ${grouped(kvCache.blockSize)} tokens`);
  if (asyncScheduling) parts.push('async scheduling');
  const tokenTime = stepTime['tokenTime'];
  parts.push(typeof tokenTime === 'number' ? `${stepTime.model} ${shortDuration(tokenTime)}` : `${stepTime.model} step time`);
  const { step = 0, run = 0 } = stepTime.noise ?? {};
  if (step > 0 || run > 0) parts.push(`noise ${written(percent(step))} a step, ${written(percent(run))} a run`);
  return parts.join(' · ');
}
