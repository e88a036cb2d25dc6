/**
 * Text with columns, as Go's tabwriter aligns it: a cell is what a tab ends; the cells of one column in lines that follow
 * each other are made equally wide. What stands behind a line's last tab is not part of a column.
 */
import { displayWidth } from './display-width.ts';

interface ColumnOptions {
  /** The least width of a column, blanks included. */
  readonly minWidth?: number;
  /** Blanks between the widest cell of a column and the next column. */
  readonly padding?: number;
}

/** The text with its tabs replaced by blanks. Docker's tables have columns of at least 10, parted by 3. */
export function alignColumns(text: string, { minWidth = 10, padding = 3 }: ColumnOptions = {}): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: (readonly number[])[] = lines.map(() => []);
  measure(0, lines.length, []);
  return lines.map((cells, i) => written(cells, widths[i] ?? [])).join('\n');

  /** Sets the widths of the lines from `first` up to `end`, which share the columns measured so far. */
  function measure(first: number, end: number, known: readonly number[]): void {
    const column = known.length;
    const has = (line: number): boolean => column < (lines[line]?.length ?? 0) - 1;
    for (let line = first; line < end; line++) {
      widths[line] = known;
      if (!has(line)) continue;
      let blockEnd = line;
      while (blockEnd < end && has(blockEnd)) blockEnd++;
      const cells = lines.slice(line, blockEnd).map((inLine) => inLine[column] ?? '');
      const width = cells.reduce((widest, cell) => Math.max(widest, displayWidth(cell) + padding), minWidth);
      measure(line, blockEnd, [...known, width]);
      line = blockEnd - 1;
    }
  }
}

function written(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, i) => {
      const width = widths[i];
      return width === undefined ? cell : cell + ' '.repeat(Math.max(width - displayWidth(cell), 0));
    })
    .join('');
}
