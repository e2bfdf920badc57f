/** What the terminal can show: its width, and whether it wants colour. */
import { PAPER, PLAIN, type Page, type Style } from '../../render/text/style.ts';
import { isTerminal } from './streams.ts';

const LEAST_COLUMNS = 40;

/** The page that standard output is. @param colour false when the user said --no-color */
export async function standardPage(colour: boolean): Promise<Page> {
  return pageOf(1, colour);
}

/** The page that standard error is. @param colour false when the user said --no-color */
export async function errorPage(colour: boolean): Promise<Page> {
  return pageOf(2, colour);
}

async function pageOf(descriptor: 1 | 2, colour: boolean): Promise<Page> {
  const terminal = isTerminal(descriptor);
  return { columns: columnsOf(descriptor, terminal), style: wantsColour(terminal, colour) ? await chalkStyle(descriptor) : PLAIN };
}

/** A pipe has no width of its own; COLUMNS gives it one. */
function columnsOf(descriptor: 1 | 2, terminal: boolean): number {
  // The streams are touched only where they are a terminal: opening one makes a pipe non-blocking.
  const columns = terminal ? (descriptor === 1 ? process.stdout : process.stderr).columns : Number(process.env['COLUMNS']);
  return Math.max(LEAST_COLUMNS, columns > 0 ? Math.floor(columns) : PAPER.columns);
}

/** --no-color, then NO_COLOR, then FORCE_COLOR, then whether a terminal is there to show it. */
function wantsColour(terminal: boolean, colour: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!colour || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return terminal && TERM !== 'dumb';
}

async function chalkStyle(descriptor: 1 | 2): Promise<Style> {
  const { default: standard, chalkStderr } = await import('chalk');
  const chalk = descriptor === 1 ? standard : chalkStderr;
  return {
    title: chalk.bold, dim: chalk.dim, better: chalk.green, worse: chalk.red,
    // The notebook's red, orange and green, then colours told apart from them.
    classes: [chalk.red, chalk.hex('#ff8700'), chalk.green, chalk.blue, chalk.magenta, chalk.cyan],
  };
}
