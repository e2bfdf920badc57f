/** A line on standard error for runs that take long, and only where somebody watches: on a terminal. */
import { grouped } from '../../core/grouped.ts';
import type { Micros } from '../../core/time.ts';
import { shortDuration } from '../../render/text/durations.ts';
import { shorten } from '../../render/text/text.ts';
import { isTerminal, writeErr } from './streams.ts';

/** Seconds before the first line, and between two of them. */
const PATIENCE = 0.5;
const INTERVAL = 0.1;

const ERASE_LINE = '\r\u001b[K';

export interface Progress {
  /** Called now and then while something runs: tells how it stands, when it is time to. */
  tick(): void;
  /**
   * Tells from now on how runs stand, until the function it returns is called, which removes the line.
   *
   * @param done requests that have arrived in all runs
   * @param now virtual time of one of them
   * @param total requests of all runs together, where that is known
   */
  watch(done: () => number, now: () => Micros, total?: number): () => void;
}

const SILENT: Progress = { tick() {}, watch: () => () => {} };

/** Progress on the terminal, or none when standard error is not one or the user wants it quiet. */
export function progress(quiet: boolean): Progress {
  if (quiet || !isTerminal(2)) return SILENT;
  let next = process.uptime() + PATIENCE;
  let shown = false;
  let line: (() => string) | undefined;
  const tick = () => {
    const time = process.uptime();
    if (time < next || line === undefined) return;
    next = time + INTERVAL;
    shown = true;
    writeErr(ERASE_LINE + shorten(line(), (process.stderr.columns || 80) - 1));
  };
  return {
    tick,
    watch(done, now, total) {
      const from = process.uptime();
      line = () => progressLine(done(), now(), total, process.uptime() - from);
      // While other threads work, this one is idle.
      const timer = setInterval(tick, 1000 * INTERVAL);
      return () => {
        clearInterval(timer);
        line = undefined;
        if (shown) writeErr(ERASE_LINE);
        shown = false;
      };
    },
  };
}

/**
 * Requests, virtual time, rate and time left in one line.
 *
 * @param elapsed seconds since the first of the requests
 */
export function progressLine(done: number, now: Micros, total: number | undefined, elapsed: number): string {
  const rate = elapsed > 0 ? done / elapsed : 0;
  const known = total !== undefined && total > 0;
  const share = known ? `${Math.min(100, Math.floor((100 * done) / total))} %  ` : '';
  const of = known ? ` of ${grouped(Math.round(total))}` : '';
  const left = known && rate > 0 ? `  ${Math.ceil(Math.max(0, total - done) / rate)} s left` : '';
  return `${share}${grouped(done)}${of} requests  ${grouped(Math.round(rate))}/s${left}  virtual time ${shortDuration(now)}`;
}
