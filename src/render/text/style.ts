/** Colours by meaning. The renderers know what a text means; whoever owns the terminal says how that looks. */

export type Paint = (text: string) => string;

export interface Style {
  /** Names of scenarios and policies. */
  readonly title: Paint;
  /** What helps to read the numbers but is not one: headings, units of context, notes. */
  readonly dim: Paint;
  readonly better: Paint;
  readonly worse: Paint;
  /** By position of the class; taken round when there are more classes than colours. */
  readonly classes: readonly Paint[];
}

/** How much room there is, and how it may look. */
export interface Page {
  /** Terminal columns; no line is wider. */
  readonly columns: number;
  readonly style: Style;
}

const asIs: Paint = (text) => text;

/** No colour: for pipes, files and terminals that want none. */
export const PLAIN: Style = { title: asIs, dim: asIs, better: asIs, worse: asIs, classes: [asIs] };

/** Where tables without a terminal are drawn: fixed width, no colour. */
export const PAPER: Page = { columns: 100, style: PLAIN };

/** The colour of the class at `position`. */
export function classPaint(style: Style, position: number): Paint {
  return style.classes[position % style.classes.length]!;
}
