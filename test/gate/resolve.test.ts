import { describe, expect, it } from 'vitest';
import { figuresOf } from '../../src/gate/figures.ts';
import { caught } from '../../src/gate/fault.ts';
import { parsePath } from '../../src/gate/parse.ts';
import { figureText, resolvePath } from '../../src/gate/resolve.ts';
import type { Subject } from '../../src/gate/subject.ts';
import { chat, run, subjectOf, summary, times, treeOf } from './subjects.ts';

function resolve(text: string, subject: Subject = chat()) {
  const parsed = parsePath(text);
  if ('fault' in parsed) throw new Error(parsed.fault.message);
  const found = caught(() => resolvePath(parsed.value, treeOf(subject)));
  if ('value' in found) return figureText(found.value);
  const { message, help = '', start, end } = found.fault;
  return { message, help, at: text.slice(start, end) };
}

function fault(text: string, subject?: Subject) {
  const found = resolve(text, subject);
  if (typeof found === 'string') throw new Error(`${text} is ${found}`);
  return found;
}

describe('a path', () => {
  it.each([
    ['latency.p95', 'all.latency.p95'],
    ['all.latency.p95', 'all.latency.p95'],
    ['high.latency.p95', 'high.latency.p95'],
    ['priority.high.sla.attainment', 'priority.high.sla.attainment'],
    ['priority.sla.byTarget.latency', 'priority.all.sla.byTarget.latency'],
    ['fifo.makespan', 'fifo.makespan'],
    ['engine.utilization', 'engine.utilization'],
    ['fairness.contendedShare.high', 'fairness.contendedShare.high'],
    ['scheduler:fifo.class:high.goodput', 'fifo.high.goodput'],
    ['shedReasons."longer than the KV cache"', 'shedReasons."longer than the KV cache"'],
  ])('%s is %s', (text, figure) => {
    expect(resolve(text)).toBe(figure);
  });

  it('names each figure of a run in a way that finds it again, whatever the names are', () => {
    const hostile = ['latency', 'fifo', 'a.b', 'tenant:x', '"', '__proto__', '優先', 'class'];
    const classes = Object.fromEntries(hostile.map((name) => [name, { latency: times(1e6) }]));
    const of = summary(classes);
    const subject = subjectOf([run('fifo', { ...of, tenants: of.classes }), run('latency', of), run('a b', of)]);
    const tree = treeOf(subject);
    for (const figure of subject.runs.flatMap(figuresOf)) {
      // A scheduler comes first in these: where a class is called the same, that has to be said.
      const parsed = parsePath(`scheduler:${figureText(figure)}`);
      expect('value' in parsed && resolvePath(parsed.value, tree)).toEqual(figure);
    }
  });

  it('that can be read in two ways is refused, with the spelling of either', () => {
    const of = summary({ fifo: { latency: times(1e6) }, high: { latency: times(1e6) } });
    const subject = subjectOf([run('fifo', of), run('priority', of)]);
    const { message, help } = fault('fifo.latency.p95', subject);
    expect(message).toMatch(/2 ways/);
    expect(help).toContain('scheduler:fifo');
    expect(help).toContain('class:fifo');
    expect(resolve('scheduler:fifo.latency.p95', subject)).toBe('fifo.all.latency.p95');
    expect(resolve('class:fifo.latency.p95', subject)).toBe('fifo.latency.p95');
    expect(resolve('fifo.fifo.latency.p95', subject)).toBe('fifo.fifo.latency.p95');
  });

  it.each([
    ['priority.high.latencyy.p95', 'latencyy', 'priority.high.latency.p95'],
    ['priorty.high.latency.p95', 'priorty', 'priority.high.latency.p95'],
    ['priority.hihg.latency.p95', 'hihg', 'priority.high.latency.p95'],
    ['priority.high.latency.P95', 'P95', 'priority.high.latency.p95'],
    ['priority.high.attainment', 'attainment', 'priority.high.sla.attainment'],
    ['utilization', 'utilization', 'engine.utilization'],
  ])('%s is corrected to the nearest', (text, at, meant) => {
    const found = fault(text);
    expect(found.at).toBe(at);
    expect(found.help).toContain(`did you mean \`${meant}\``);
  });

  it('that goes nowhere lists what it could be', () => {
    const { message, help } = fault('priority.high.xyzzy');
    expect(message).toBe('there is no `xyzzy` after `priority.high`');
    expect(help).not.toContain('did you mean');
    for (const name of ['latency', 'sla', 'goodput', 'longestWait']) expect(help).toContain(name);
    expect(fault('xyzzy').help).toMatch(/fifo, priority, all, high, low/);
  });

  it('that stops early lists how it can go on', () => {
    const { message, help } = fault('high.latency');
    expect(message).toMatch(/no figure yet/);
    expect(help).toMatch(/mean, stddev, min, p50/);
    expect(fault('priority').message).toMatch(/no figure yet/);
  });

  it('hints at the usual slips', () => {
    expect(fault('high.priority.latency.p95').help).toMatch(/the scheduler comes first/);
    expect(fault('high.makespan').help).toMatch(/whole run: leave the class out/);
    expect(fault('fifo.latency.p99-100ms').help).toMatch(/minus sign needs a space/);
  });

  it('never lists thousands of names', () => {
    const tenants = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`t${i}`, summary({}).all]));
    const { help } = fault('tenant:nobody.latency.mean', subjectOf([run('fifo', { ...summary({}), tenants })]));
    expect(help.length).toBeLessThan(1000);
    expect(help).toMatch(/and \d+ more/);
  });
});
