/** Which rows of a long list are in the DOM: a window on equal rows, a little larger than what is seen. */

/** Rows beyond the edges, so that a fast scroll does not show a gap. */
const SPARE_ROWS = 8;

/** Rows that may be made when they are looked at; an array is one. */
export interface RowList<Row> {
  readonly length: number;
  slice(first: number, end: number): readonly Row[];
}

interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** The rows to render for a scroll position; `heightPx` is that of the viewport. Without `spare` those that are seen, and no more. */
export function windowOf(count: number, rowPx: number, scrollPx: number, heightPx: number, spare = true): RowWindow {
  const spareRows = spare ? SPARE_ROWS : 0;
  // a list that became shorter is told of its new position a frame later
  const topPx = Math.max(0, Math.min(scrollPx, count * rowPx - heightPx));
  const first = Math.max(0, Math.min(Math.floor(topPx / rowPx) - spareRows, count - 1));
  const end = Math.min(count, Math.ceil((topPx + heightPx) / rowPx) + spareRows);
  return { first, end: Math.max(first, end) };
}

/** Where to scroll so that row `index` is in view; the same place when it is. */
export function scrollTo(index: number, rowPx: number, scrollPx: number, heightPx: number): number {
  const top = index * rowPx;
  if (top < scrollPx) return top;
  return top + rowPx > scrollPx + heightPx ? top + rowPx - heightPx : scrollPx;
}
