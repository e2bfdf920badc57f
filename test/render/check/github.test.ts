import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMarkdown } from '../../../src/render/check/check-markdown.ts';
import { githubAnnotations, summaryPart } from '../../../src/render/check/github.ts';
import { FAILS, HOSTILE, HOSTILE_REPORT, MIXED, report } from './check-fixtures.ts';

interface Command {
  readonly level: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Reads a line as the runner does: `::name key=value,key=value::data`, then takes the escapes back. */
function command(line: string): Command {
  const match = /^::([a-z]+) (.*?)::(.*)$/.exec(line);
  if (!match) throw new Error(`no workflow command: ${line}`);
  const unescape = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  const properties = Object.fromEntries(match[2]!.split(',').map((property) => {
    const at = property.indexOf('=');
    return [property.slice(0, at), unescape(property.slice(at + 1))];
  }));
  return { level: match[1]!, properties, message: unescape(match[3]!) };
}

function commands(text: string): Command[] {
  return text.split('\n').filter((line) => line !== '').map(command);
}

const asIs = (file: string) => file;

describe('annotations', () => {
  it('stand on the line of the expectation, and say what was found', () => {
    const all = commands(githubAnnotations(MIXED, (file) => `repo/${file}`));
    expect(all.find(({ properties }) => properties['line'] === '31')).toEqual({
      level: 'error', properties: { file: 'repo/scenarios/chat.yaml', line: '31', col: '5', title: `does not hold: ${FAILS}` },
      message: 'priority: found 12 s, expected <= 9 s (by fifo.low.latency.p95): 3 s too much',
    });
    expect(all.filter(({ level }) => level === 'warning').map(({ properties }) => properties['line'])).toEqual(['32']);
    expect(all.map(({ properties }) => properties['file'])).toContain('repo/scenarios/drift.yaml');
    expect(all.map(({ properties }) => properties['file'])).toContain('repo/torn.baseline.json');
    expect(all.map(({ properties }) => properties['file'])).not.toContain('repo/scenarios/fine.yaml');
  });

  it('survive every character that means something to the runner', () => {
    const all = commands(githubAnnotations(HOSTILE_REPORT, asIs));
    expect(all.every(({ level }) => level === 'error')).toBe(true);
    expect(all.map(({ message }) => message)).toContain(`${HOSTILE}\n${HOSTILE}`);
    expect(all.map(({ properties }) => properties['file'])).toContain(HOSTILE);
  });
});

describe('the step summary', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const LIMIT = 1024 * 1024;

  it('is whole while there is room', () => {
    expect(summaryPart('a\nb\n', 0)).toBe('a\nb\n');
    expect(summaryPart('a\nb\n', LIMIT - 4)).toBe('a\nb\n');
  });

  it('never exceeds what a step may have, and never ends within a line', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 40 }), fc.nat(600), (some, room) => {
      const lines = some.map((line) => line.replaceAll('\n', ' '));
      const part = summaryPart(lines.join('\n'), LIMIT - room);
      expect(bytes(part)).toBeLessThanOrEqual(room);
      if (part !== '' && part !== lines.join('\n')) expect(lines.join('\n').startsWith(part.slice(0, part.indexOf('\n\n*Cut here')))).toBe(true);
    }));
    const huge = `${'| a row |\n'.repeat(200_000)}`;
    expect(bytes(summaryPart(huge, 0))).toBeLessThanOrEqual(LIMIT);
    expect(summaryPart(huge, 0)).toMatch(/a row \|\n\n\*Cut here.*\n$/);
    expect(summaryPart(huge, LIMIT)).toBe('');
    expect(summaryPart(huge, 2 * LIMIT)).toBe('');
  });
});

describe('Markdown', () => {
  it('has a row for each scenario and a table for each drift', () => {
    const text = checkMarkdown(MIXED);
    expect(text).toContain('| 🚫 error | scenarios/chat.yaml |');
    expect(text).toContain('| ✅ pass | scenarios/fine.yaml | 1 expectation holds |');
    expect(text).toContain('| priority.high.latency.mean | 1 s | 1.1 s | +100 ms | +10.0 % | worse |');
    expect(text).toContain('- **failed** priority.low.latency.p95 &lt;= 1.5 \\* fifo.low.latency.p95 (scenarios/chat.yaml:31)');
  });

  it('keeps hostile names in their cells', () => {
    const text = checkMarkdown(HOSTILE_REPORT);
    expect(text).not.toContain('<b>');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    for (const line of text.split('\n').filter((each) => each.startsWith('| 🚫'))) expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
  });

  it('of nothing is still a sentence', () => {
    expect(checkMarkdown(report([]))).toBe('### sched check: 0 scenarios\n');
  });
});
