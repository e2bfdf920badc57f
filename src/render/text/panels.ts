/** Columns beside each other as far as the page is wide, the rest of them below, under the same labels. */
import { drawGrid, type GridColumn, type GridLine, gridWidth, type GridSpacing } from './grid.ts';
import type { Page } from './style.ts';

/** A column and its cells, one for each row. */
export interface PanelColumn extends GridColumn {
  readonly cells: readonly string[];
  /** Stays with the column before it where that is possible. */
  readonly follows?: boolean;
}

const ROOMY: GridSpacing = { indent: 0, gap: 2, groupGap: 3 };
const TIGHT: GridSpacing = { indent: 0, gap: 1, groupGap: 2 };

export interface Panels {
  /** At the left of every panel. */
  readonly labels: readonly PanelColumn[];
  readonly columns: readonly PanelColumn[];
  /** What stands above a row, across all columns. */
  readonly above?: ((row: number) => string | undefined) | undefined;
}

/** As few panels as the width of the page allows; a column that is too wide by itself is drawn rather than lost. */
export function drawPanels({ labels, columns, above }: Panels, page: Page): string[] {
  const panels: string[] = [];
  for (let from = 0; from < columns.length;) {
    const { many, spacing } = fitting(labels, columns.slice(from), page);
    const shown = [...labels, ...columns.slice(from, from + many)];
    panels.push(drawGrid(shown, linesOf(shown, above), spacing, page.style.dim));
    from += many;
  }
  return panels;
}

/** How many of the columns go beside each other, at least one. */
function fitting(labels: readonly PanelColumn[], columns: readonly PanelColumn[], page: Page): { many: number; spacing: GridSpacing } {
  for (let many = columns.length; many > 0; many--) {
    const isCut = columns[many]?.follows === true && many > 1;
    const shown = [...labels, ...columns.slice(0, many)];
    const lines = linesOf(shown, undefined);
    const spacing = isCut ? undefined : [ROOMY, TIGHT].find((each) => gridWidth(shown, lines, each) <= page.columns);
    if (spacing) return { many, spacing };
  }
  return { many: 1, spacing: TIGHT };
}

function linesOf(columns: readonly PanelColumn[], above: Panels['above']): GridLine[] {
  return (columns[0]?.cells ?? []).flatMap((_, row): GridLine[] => {
    const line = columns.map(({ cells }) => cells[row]!);
    const across = above?.(row);
    return across === undefined ? [line] : [{ across }, line];
  });
}
