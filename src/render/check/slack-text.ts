/** What replications say of an expectation: by how much it holds on average, how sure that is, and what it comes to. */
import type { ExpectationResult, Judgement } from '../../gate/check-result.ts';
import { plusMinusText, signed, unitFor } from '../runs/plus-minus.ts';
import { exact } from '../text/exact.ts';
import { visible } from '../text/text.ts';

type Judged = NonNullable<Judgement['replications']>;

/** More digits of a mean say nothing. */
const DIGITS = 6;

/** `priority: 99.96 % on average, expected >= 100 %: off by 0.036 ± 0.034 pp, broken (99 % confidence, 100 replications, 16 of them broke it)` */
export function slackText({ operator, tolerance }: Pick<ExpectationResult, 'operator' | 'tolerance'>, judgement: Judgement, judged: Judged): string {
  const { scheduler, found, expected, unit, against } = judgement;
  const mean = (value: number | null) => exact(value === null ? null : Number(value.toPrecision(DIGITS)), unit);
  const bound = `${operator} ${mean(expected)}${tolerance === null ? '' : ` ± ${tolerance}`}${against === null ? '' : ` (by ${visible(against)})`}`;
  const { decision, n, confidence, broken } = judged;
  const broke = broken === 0 ? '' : `, ${broken} of them broke it`;
  return `${visible(scheduler)}: ${mean(found)} on average, expected ${bound}: ${amountText(judged, unit)}, ${decision} `
    + `(${Number((confidence * 100).toPrecision(6))} % confidence, ${n} replication${n === 1 ? '' : 's'}${broke})`;
}

/** How far it is on the right side of the bound, or on the wrong one. */
function amountText({ slack, halfWidth }: Judged, unit: Judgement['unit']): string {
  const scale = unit === 'time' ? 1e6 : 1;
  const estimate = { mean: slack * scale, halfWidth: halfWidth === null ? null : halfWidth * scale, n: 1 };
  const { number, ...rest } = signed(estimate, unit, unitFor([{ ...estimate, mean: Math.abs(estimate.mean) }], unit));
  return `${slack < 0 ? 'off by' : 'with room of'} ${plusMinusText({ ...rest, number: number.slice(1) })}`;
}

/** Whether it was judged over replications: then by how much it holds is worth saying. */
export function isReplicated({ judgements }: Pick<ExpectationResult, 'judgements'>): boolean {
  return judgements.some(({ replications }) => replications !== undefined);
}
