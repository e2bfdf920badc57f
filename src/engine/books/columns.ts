/**
 * The columns of an outcome, filled while the engine runs.
 *
 * A column starts as zeros that take no memory until they are touched: what most runs leave at 0 is left alone.
 */
import type { Micros } from '../../core/time.ts';
import { PolicyError } from '../../schedulers/policy.ts';
import type { RequestTable } from '../../workload/request-table.ts';
import { emittedTokens, SHED_REASONS } from '../limits.ts';
import type { EngineOptions } from '../options.ts';
import { Status } from '../outcomes.ts';

/** A reason is a byte per request. */
const MOST_REASONS = 255;

export class Columns {
  readonly outputTokens: Uint32Array;
  readonly status: Uint8Array;
  readonly shedReason: Uint8Array;
  readonly shedReasons: string[] = ['', ...SHED_REASONS];
  readonly admitted: Float64Array;
  readonly firstToken: Float64Array;
  readonly finish: Float64Array;
  readonly preemptions: Uint32Array;
  readonly recomputedTokens: Uint32Array;
  completed = 0;
  preempted = false;

  constructor(table: RequestTable, options: EngineOptions) {
    const { count } = table;
    this.outputTokens = emittedTokens(table, options);
    this.status = new Uint8Array(count);
    this.shedReason = new Uint8Array(count);
    this.admitted = new Float64Array(count);
    this.firstToken = new Float64Array(count);
    this.finish = new Float64Array(count);
    this.preemptions = new Uint32Array(count);
    this.recomputedTokens = new Uint32Array(count);
  }

  shed(request: number, reason: string): void {
    let code = this.shedReasons.indexOf(reason);
    if (code < 0) code = this.shedReasons.push(reason) - 1;
    if (code > MOST_REASONS) throw new PolicyError(`sheds for more than ${MOST_REASONS} different reasons`);
    this.status[request] = Status.shed;
    this.shedReason[request] = code;
    this.admitted[request] = this.firstToken[request] = this.finish[request] = NaN;
  }

  /** `status` stays as it is: `Status.completed` is the 0 that it starts with. */
  complete(request: number, now: Micros): void {
    this.finish[request] = now;
    this.completed++;
  }

  preempt(request: number): void {
    this.preemptions[request]!++;
    this.preempted = true;
  }

  /** The part of the outcomes that is kept here. */
  collect() {
    const { outputTokens, status, shedReason, shedReasons, admitted, firstToken, finish, preemptions, recomputedTokens, completed, preempted } = this;
    return { outputTokens, status, shedReason, shedReasons, admitted, firstToken, finish, preemptions, recomputedTokens, completed, preempted };
  }
}
