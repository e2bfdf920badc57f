/** A line on standard error for runs that take long, and only where somebody watches: on a terminal. */
import { isatty } from 'node:tty';
import { grouped } from '../render/quantities.ts';
import { shorten, visible } from '../render/text.ts';
import { writeErr } from './streams.ts';

/** Milliseconds before the first line, and between two of them. */
const PATIENCE = 500;
const INTERVAL = 100;

const ERASE_LINE = '\r\u001b[K';

export interface Progress {
  /** How many of the requests have arrived in the run of a scheduler. */
  show(scheduler: string, arrived: number, total: number): void;
  /** Removes the line. */
  clear(): void;
}

const SILENT: Progress = { show() {}, clear() {} };

/** Progress on the terminal, or none when standard error is not one or the user wants it quiet. */
export function progress(quiet: boolean): Progress {
  if (quiet || !isatty(2)) return SILENT;
  let next = performance.now() + PATIENCE;
  let shown = false;
  return {
    show(scheduler, arrived, total) {
      const now = performance.now();
      if (now < next) return;
      next = now + INTERVAL;
      shown = true;
      const line = `${visible(scheduler)}  ${Math.floor((100 * arrived) / total)} %  ${grouped(arrived)} of ${grouped(total)} requests`;
      writeErr(ERASE_LINE + shorten(line, (process.stderr.columns || 80) - 1));
    },
    clear() {
      if (shown) writeErr(ERASE_LINE);
      shown = false;
    },
  };
}
