/** What a table adds to its figures: a colour where a target is missed often, a sentence where requests are lost, options as people write them. */
import { describe, expect, it } from 'vitest';
import { notes } from '../../../src/render/runs/notes.ts';
import { optionsData, settingWords } from '../../../src/render/runs/settings.ts';
import { simulateTables } from '../../../src/render/runs/table.ts';
import { PLAIN } from '../../../src/render/text/style.ts';
import { groupOf, reportOf, runOf, summaryOf } from './fixtures.ts';

describe('SLA attainment', () => {
  /** As shown: in [brackets] where it is painted worse, in (parentheses) where better. */
  const shown = (attainment: number) => {
    const figures = { offered: 1000, latency: 1e6, attainment };
    const report = reportOf([runOf('fifo', summaryOf({ only: figures }, figures))], { classes: ['only'] });
    const text = simulateTables([report], { columns: 200, style: { ...PLAIN, better: (inner) => `(${inner.trim()})`, worse: (inner) => `[${inner.trim()}]` } });
    // Beneath the table of promises.
    return text.slice(text.indexOf('\n\nfifo')).split('\n').flatMap((line) => /^\s*only.*?([[(]?\d[\d.]* %[\])]?)/.exec(line)?.[1] ?? [])[0];
  };

  it('is painted worse where one request in ten misses its targets, better where none does', () => {
    expect([0.8, 0.899, 0.9, 0.999, 1].map(shown)).toEqual(['[80.0 %]', '[89.9 %]', '90.0 %', '99.9 %', '(100 %)']);
  });
});

describe('beneath a table', () => {
  it('it says how many requests never finished', () => {
    const figures = { offered: 10, latency: 1e6, attainment: null };
    const all = { ...groupOf(figures), completed: 7, unfinished: 3 };
    expect(notes([reportOf([runOf('fifo', summaryOf({ only: figures }, figures, { all }))])])).toContain('fifo: 3 of 10 requests did not finish');
    expect(notes([reportOf([runOf('fifo', summaryOf({ only: figures }, figures))])]).join()).not.toContain('did not finish');
  });
});

describe('options of a policy', () => {
  const settings = [
    { name: 'patience', value: 1_500_000, isDuration: true, isDefault: false }, { name: 'preempt', value: true, isDuration: false, isDefault: false },
    { name: 'minGap', value: 3, isDuration: false, isDefault: false }, { name: 'usual', value: 1, isDuration: false, isDefault: true },
  ];

  it('are seconds in files, durations in words', () => {
    expect(optionsData(settings)).toEqual({ patience: 1.5, preempt: true, minGap: 3, usual: 1 });
    expect(settingWords(settings)).toEqual(['patience 1.5 s', 'preempt', 'minGap 3']);
  });
});
