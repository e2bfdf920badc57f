/** The result of `sched calibrate`: the engine block, and how its replay compares with the run. */
import { grouped } from '../../core/grouped.ts';
import type { Calibration } from '../../experiments/calibrate/calibrate.ts';
import { shortDuration, duration } from '../text/durations.ts';
import { blockEntries, engineYaml } from './engine-block.ts';
import { plain, seconds } from '../runs/figures.ts';
import { drawGrid, type GridColumn, type GridLine, type GridSpacing } from '../text/grid.ts';
import { resultsText } from '../text/json-text.ts';
import { alignColumn, MISSING, type Quantity } from '../text/quantities.ts';
import type { Page } from '../text/style.ts';
import { shorten, visible, wrap } from '../text/text.ts';

const SPACING: GridSpacing = { indent: 2, gap: 3, groupGap: 3 };

/** Rows of the table, in the order in which a request lives. */
const ROWS = [['queueTime', 'queue time'], ['ttft', 'TTFT'], ['tpot', 'TPOT'], ['latency', 'latency']] as const;

/** An error from which a replay must not be taken for the server. */
const POOR = 0.1;

/** For a terminal: what was fitted to what, the block, and the comparison. Ends in a newline. */
export function calibrationTables(calibrations: readonly Calibration[], page: Page): string {
  return `${calibrations.map((calibration) => sections(calibration, page).join('\n\n')).join('\n\n')}\n`;
}

/** One document (docs/reference.md, "Results"), or `{ schemaVersion, results }` for several. */
export function calibrationJson(calibrations: readonly Calibration[]): string {
  return resultsText(calibrations.map(figuresOf));
}

/** The engine block of one run, to be put into a scenario. */
export function calibrationYaml([calibration]: readonly Calibration[]): string {
  const { choices, errors } = calibration!;
  const origin = [...facts(calibration!), basis(calibration!), `replayed latency is ${signed(errors.latency.mean.error)} at the mean, ${signed(errors.latency.p99.error)} at p99`];
  const comments = Object.fromEntries(choices.flatMap(({ setting, note, origin }) => (note === undefined ? [] : [[setting, `${origin}; ${note}`]])));
  return `# Fitted by sched calibrate to the run ${[visible(calibration!.run.name), ...origin].join(' · ')}\n${engineYaml(blockEntries(calibration!), comments)}`;
}

function sections(calibration: Calibration, page: Page): string[] {
  const { style, columns } = page;
  const header = [
    style.title(shorten(visible(calibration.run.name), columns)),
    style.dim(wrap([...facts(calibration), basis(calibration), `${grouped(calibration.evaluations)} replays`].join(' · '), columns)),
  ].join('\n');
  const notes = notesOf(calibration).map((note) => style.dim(wrap(note, columns, { hang: 2 })));
  return [header, engineYaml(blockEntries(calibration)).trimEnd(), comparison(calibration, page), ...(notes.length > 0 ? [notes.join('\n')] : [])];
}

function facts({ run }: Calibration): string[] {
  return [run.server, run.model, run.hardware].filter((fact) => fact !== null).map(visible);
}

function basis({ run, requests, fittedOn }: Calibration): string {
  const span = shortDuration(run.requests.arrival.at(-1)!);
  return fittedOn < requests
    ? `fitted on the first ${grouped(fittedOn)} of ${grouped(requests)} requests over ${span}, judged on all`
    : `${grouped(requests)} requests over ${span}`;
}

function comparison({ errors }: Calibration, { style }: Page): string {
  const rows = ROWS.flatMap(([metric, title]) => Object.entries(errors[metric]).map(([statistic, compared], i) => ({ title: i === 0 ? title : '', statistic, ...compared })));
  const times = (key: 'measured' | 'simulated') => alignColumn(rows.map((row) => (row[key] === null ? null : duration(row[key]))));
  const cells = [rows.map(({ title }) => title), rows.map(({ statistic }) => statistic), times('measured'), times('simulated'), alignColumn(rows.map(({ error }) => percentOff(error)))];
  const lines = rows.flatMap(({ title }, row): GridLine[] => {
    const line = cells.map((column) => column[row]!);
    return title !== '' && row > 0 ? [{ across: '' }, line] : [line];
  });
  const column = (title: string, align: GridColumn['align']): GridColumn => ({ group: '', title, align });
  return drawGrid([column('', 'left'), column('', 'left'), column('measured', 'right'), column('simulated', 'right'), column('error', 'right')], lines, SPACING, style.dim);
}

function notesOf({ run, choices, errors }: Calibration): string[] {
  const by = (origin: string) => choices.filter((choice) => choice.origin === origin).map(({ setting }) => setting).join(', ');
  const defaults = by('default');
  const flags = by('flag');
  const worst = Math.max(...Object.values(errors.latency).map(({ error }) => Math.abs(error ?? 0)));
  return [
    ...(worst > POOR ? [`the replay misses latency by up to ${(100 * worst).toFixed(0)} %: this engine does not describe the run; do not plan with it`] : []),
    ...choices.flatMap(({ setting, value, origin, note }) => (note === undefined ? [] : [`${setting} ${typeof value === 'number' ? grouped(value) : String(value)} is ${origin}: ${note}`])),
    ...(flags === '' ? [] : [`as given: ${flags}`]),
    ...(defaults === '' ? [] : [`vLLM's defaults, because the run does not tell: ${defaults}`]),
    ...run.caveats,
  ];
}

function percentOff(error: number | null): Quantity | null {
  return error === null ? null : { number: digits(error), unit: '%' };
}

function signed(error: number | null): string {
  return error === null ? MISSING : `${digits(error)} %`;
}

function digits(error: number): string {
  const text = (100 * error).toFixed(2);
  if (Number(text) === 0) return '0.00';
  return error > 0 ? `+${text}` : text;
}

function figuresOf(calibration: Calibration) {
  const { run, choices, requests, fittedOn, evaluations, errors } = calibration;
  const { name, file, format, server, model, hardware, caveats } = run;
  return {
    run: { name, file, format, server, model, hardware, span: seconds(run.requests.arrival.at(-1)!), caveats },
    engine: blockEntries(calibration),
    settings: Object.fromEntries(choices.map(({ setting, value, origin, note }) => [setting, { value, origin, ...(note !== undefined && { note }) }])),
    fit: { requests, on: fittedOn, evaluations },
    errors: Object.fromEntries(Object.entries(errors).map(([metric, byStatistic]) => [
      metric,
      Object.fromEntries(Object.entries(byStatistic).map(([statistic, { measured, simulated, error }]) => [
        statistic, { measured: seconds(measured), simulated: seconds(simulated), error: plain(error) },
      ])),
    ])),
  };
}
