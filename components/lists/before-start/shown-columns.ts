const SHOWN = 8;

/** The columns of a preview: the first few, plus the chosen one. */
export function shownColumns(count: number, chosen: number | null): number[] {
  const first = Array.from({ length: Math.min(count, SHOWN) }, (_, index) => index);
  return chosen === null || chosen < first.length || chosen >= count ? first : [...first.slice(0, SHOWN - 1), chosen];
}
