/** Bars to an eighth of a column, and a line of them for a course in time. */

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const HEIGHTS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A bar that lies; what is not nothing shows at least an eighth of a column. @param length of the room, 0 to 1 */
export function barOf(length: number, room: number): string {
  const eighths = Math.max(length > 0 ? 1 : 0, Math.round(length * room * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
}

/** Bars that stand side by side, a column each, from nothing (a blank) to the largest. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values);
  return values.map((value) => (value <= 0 ? ' ' : HEIGHTS[Math.ceil((value / most) * HEIGHTS.length) - 1]!)).join('');
}
