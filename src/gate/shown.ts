/** Figures that a user wants to see, named as in an expectation, but for the scheduler. */
import type { Fault } from '../core/fault.ts';
import type { Span } from '../core/place.ts';
import { caught, fail } from './fault.ts';
import type { NameTree } from './names.ts';
import { parsePath } from './parse.ts';
import { type Figure, figureText, resolvePath } from './resolve.ts';

export interface ShownFigure extends Omit<Figure, 'scheduler'> {
  /** `chat.sla.attainment`. */
  readonly text: string;
}

export function figureNamed(text: string, tree: NameTree): { readonly value: ShownFigure } | { readonly fault: Fault<Span> } {
  const parsed = parsePath(text);
  if ('fault' in parsed) return parsed;
  return caught(() => {
    const figure = resolvePath(parsed.value, tree);
    if (figure.scheduler !== null) fail(parsed.value, 'a figure is shown of every scheduler', 'leave the scheduler out');
    return { ...figure, text: figureText(figure) };
  });
}
