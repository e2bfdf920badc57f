/** The answer before the figures: who keeps which promise under what, who gains, who pays, and where the time went. */
import type { Report } from '../../jobs/report.ts';
import type { Page } from '../text/style.ts';
import { wrap } from '../text/text.ts';
import { promiseTable } from './promises.ts';
import { fortuneSentences, overload, promiseSentence, type Sentence } from './verdict.ts';

/** Blocks for a terminal, in their order; none where nothing is promised and nothing compared. */
export function answer(report: Report, page: Page): string[] {
  const sentences = answerSentences(report).map((sentence) => sentenceText(sentence, page));
  return [...promiseTable(report, page), ...(sentences.length > 0 ? [sentences.join('\n')] : [])];
}

/** Whether the SLA holds, then a sentence for each run after the first, then what no order can change. */
export function answerSentences(report: Report): Sentence[] {
  const [sla, warning] = [promiseSentence(report), overload(report)];
  return [...(sla ? [sla] : []), ...fortuneSentences(report), ...(warning ? [warning] : [])];
}

function sentenceText({ text, effect }: Sentence, { columns, style }: Page): string {
  const wrapped = wrap(text, columns, { hang: 2 });
  return effect ? style[effect](wrapped) : wrapped;
}
