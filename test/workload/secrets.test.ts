/** A scenario may name any file of the machine: what it makes sched say repeats nothing that could be a secret. */
import { describe, expect, test } from 'vitest';
import { filesOf } from './files.ts';
import { buildFaults } from './scenario.ts';

const SECRET = 'hunter2';
const FILES = {
  passwords: `root:x:0:0:${SECRET}:/root:/bin/bash\ndaemon:x:1:1:${SECRET}:/usr/sbin:/usr/sbin/nologin\n`,
  token: `ghp_${SECRET}\n`,
  environment: `PATH=/usr/bin\nTIME_TOKEN=${SECRET}\nOUTPUT_KEY=${SECRET}\n`,
  document: `{"input_${SECRET}": 1, "aws_secret": "${SECRET}", "time": "${SECRET}"}\n`,
  rows: `TIMESTAMP,ContextTokens,GeneratedTokens\n${SECRET},${SECRET},${SECRET}\n2023-11-16 18:15:46,${SECRET},1\n`,
  letter: `Dear ${SECRET}, input and output\nof ${SECRET}, time\n`,
};

const length = (file: string, column: string) => ({ generate: { count: 1, arrivals: { process: 'poisson', rate: 1 }, class: 'high', outputTokens: { distribution: 'empirical', file, column } } });

describe.each(Object.keys(FILES))('%s', (file) => {
  const columns = { arrival: 'time', promptTokens: 'in', outputTokens: 'out', tenant: 'who' };
  test.each([
    ['a trace', { trace: { file, class: 'high' } }],
    ['a trace of a named format', { trace: { file, format: 'azure', class: 'high' } }],
    ['a table', { trace: { file, format: 'table', unit: 's', columns, class: 'high' } }],
    ['a table with any separator', { trace: { file, format: 'table', unit: 's', separator: ':', columns, class: 'high' } }],
    ['lengths', length(file, 'x')],
    ['lengths of the first column', length(file, FILES[file as keyof typeof FILES].split('\n')[0]!.split(',')[0]!.replaceAll(SECRET, 'x'))],
  ])('as %s', async (_, source) => {
    const faults = await buildFaults([source], { files: filesOf(FILES) });
    expect(JSON.stringify(faults)).not.toContain(SECRET);
  });
});
