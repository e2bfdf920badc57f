/** `sched/render`: results as text, in every format that the commands have. */
export { type Format, type Formats, formatWithExtension, needsOf, type RowFormats, type WriteResults, type WriteRows } from './format.ts';
export { CALIBRATIONS, CATALOG, CHECK_REPORT, COMPARISONS, REQUEST_ROWS, RUN_REPORTS, STEP_ROWS, WORKLOADS } from './formats.ts';
export { codeFrames } from './text/code-frame.ts';
export { type Page, type Paint, PAPER, PLAIN, type Style } from './text/style.ts';
