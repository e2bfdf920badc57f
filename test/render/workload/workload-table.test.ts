/** sched workload as a page: its lines, its charts, and that it fits every terminal. */
import { expect, it } from 'vitest';
import { PLAIN } from '../../../src/render/text/style.ts';
import { width } from '../../../src/render/text/text.ts';
import { workloadTables } from '../../../src/render/workload/workload-table.ts';
import { describeWorkload } from '../../../src/workload/describe.ts';
import { requestList } from '../../../src/jobs/request-list.ts';
import type { Workload } from '../../../src/workload/build.ts';
import { build } from '../../workload/scenario.ts';



function page({ table, reports: sources }: Workload, columns: number): string {
  const report = { ...describeWorkload(table), name: 'A name that is rather long for a workload', file: null, seed: '7', sources, list: requestList(table), document: {} };
  return workloadTables([report], { columns, style: PLAIN });
}

const LONG = await build([{
  generate: {
    name: 'n'.repeat(64), count: 4000, arrivals: { process: 'gamma', rate: 3, cv: 2 }, class: { high: 1, low: 2 }, tenant: { acme: 1, globex: 3 },
    promptTokens: { distribution: 'lognormal', mean: 4000, cv: 3 }, outputTokens: { distribution: 'geometric', mean: 200 },
  },
}]);

it.each([40, 54, 60, 80, 120, 240])('keeps within %i columns', (columns) => {
  for (const line of page(LONG, columns).split('\n')) expect(width(line), line).toBeLessThanOrEqual(columns);
});

it('draws the course of the rate and the lengths to scale', async () => {
  const steps = Array.from({ length: 60 }, (_, second) => ({ at: `${second}s`, count: second < 30 ? 4 : 8 }))
    .flatMap(({ at, count }) => Array.from({ length: count }, (_, i) => ({ at, class: 'low', promptTokens: i < 2 ? 100 : 1000, outputTokens: 1 })));
  const lines = page(await build([{ requests: steps }]), 100).split('\n');
  expect(lines).toContain(`  ${'▄'.repeat(30)}${'█'.repeat(30)}`);
  const row = (range: string) => lines.find((line) => line.trimStart().startsWith(range))!;
  // 120 of 360 and 240 of 360 prompts: one bar is twice the other.
  expect(row('64–127')).toContain('33.3 %');
  expect(row('512–1,023')).toContain('66.7 %');
  expect(row('512–1,023').match(/█/g)).toHaveLength(2 * row('64–127').match(/█/g)!.length);
});

it('draws no course of a handful of requests', async () => {
  const few = await build([{ generate: { count: 9, arrivals: { process: 'constant', interval: '1s' }, class: 'low', outputTokens: 3 } }]);
  expect(page(few, 80)).not.toMatch(/[▁▂▃▄▅▆▇]/);
});
