/** Whole numbers with a comma between thousands, the same in every locale: 100,000,000. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}
