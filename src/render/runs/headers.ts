/** The lines that say what a table is about: the scenario, and each policy's run. */
import { grouped } from '../../core/grouped.ts';
import { shortDuration } from '../text/durations.ts';
import { figure } from './changes.ts';
import { engineLine } from './engine-line.ts';
import { estimateHeading } from './estimate.ts';
import { percent, ratio, written } from '../text/quantities.ts';
import type { Report } from '../../jobs/report.ts';
import type { Run } from '../../run.ts';
import { settingWords } from './settings.ts';
import type { Style } from '../text/style.ts';
import { shorten, visible, width, wrap } from '../text/text.ts';

/** Name, then workload, engine and seed, then whether the engine is an estimate, within `columns`. */
export function scenarioHeader(report: Report, columns: number, style: Style): string {
  const estimate = estimateHeading(report.engine.estimated);
  return [
    style.title(shorten(visible(report.name), columns)), style.dim(wrap(scenarioFacts(report), columns)),
    ...(estimate === undefined ? [] : [wrap(estimate, columns)]),
  ].join('\n');
}

/** 2,400 requests · batch 8 · log-efficiency 50 ms · seed 42 */
export function scenarioFacts(report: Report): string {
  const requests = `${grouped(report.requests)} ${report.requests === 1 ? 'request' : 'requests'}`;
  return [requests, engineLine(report.engine), `seed ${visible(report.seed)}`].join(' · ');
}

/** The scheduler's name and as many facts of its run as fit on the line. */
export function runHeader(run: Run, columns: number, style: Style): string {
  const name = shorten(visible(run.scheduler), columns);
  let facts = '';
  for (const fact of runFacts(run)) {
    const longer = facts === '' ? fact : `${facts} · ${fact}`;
    if (width(name) + 2 + width(longer) > columns) break;
    facts = longer;
  }
  return facts === '' ? style.title(name) : `${style.title(name)}  ${style.dim(facts)}`;
}

/** What the run was and how the engine fared, most telling first. */
export function runFacts({ scheduler, policy, settings, summary, sameScheduleAs }: Run): string[] {
  const { makespan, steps, fairness, engine, all } = summary;
  const facts: string[] = [];
  if (sameScheduleAs !== undefined) facts.push(`same schedule as ${visible(sameScheduleAs)}`);
  const words = settingWords(settings);
  if (policy !== scheduler || words.length > 0) facts.push([policy, ...words.map(visible)].join(', '));
  facts.push(`makespan ${shortDuration(makespan)}`, `${grouped(steps)} steps`);
  const { cost, costPerMillionGoodTokens: good } = summary;
  if (cost !== undefined && cost !== null) facts.push(`cost ${written(figure(cost, 'cost'))}`, ...(good === undefined || good === null ? [] : [`${written(figure(good, 'cost'))} per million good tokens`]));
  if (engine.utilization !== null) facts.push(`busy ${written(percent(engine.utilization))}`);
  if (fairness.jain !== null) facts.push(`Jain ${written(ratio(fairness.jain))}`);
  if (all.preemptions > 0) facts.push(`${grouped(all.preemptions)} preemptions`);
  return facts;
}
