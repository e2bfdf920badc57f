import { expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';

const classesOf = (sla: string) => {
  const loaded = loadScenario(`classes: { chat: { priority: 1, sla: ${sla} } }\nworkload: [{ generate: { count: 1, arrivals: { process: poisson, rate: 1 }, class: chat, outputTokens: 5 } }]`, 'a.yaml');
  return 'scenario' in loaded ? loaded.scenario.classes : loaded.faults.map(({ message }) => message);
};

test('a class promises a share, as a percentage or a number, beside its targets', () => {
  expect(classesOf('{ ttft: 1s, attainment: 99% }')).toEqual([{ name: 'chat', priority: 1, weight: 1, sla: { ttft: 1e6 }, attainment: 0.99 }]);
  expect(classesOf('{ ttft: 1s, attainment: 0.995 }')).toMatchObject([{ attainment: 0.995 }]);
  expect(classesOf('{ ttft: 1s }')).toEqual([{ name: 'chat', priority: 1, weight: 1, sla: { ttft: 1e6 } }]);
});

test('a share of nothing, or of more than all, is refused', () => {
  for (const share of ['0%', '101%', '1.5', 'all']) expect(classesOf(`{ ttft: 1s, attainment: ${share} }`)).toEqual([expect.stringContaining('classes.chat.sla.attainment')]);
});
