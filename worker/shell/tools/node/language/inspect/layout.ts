/** How the entries of an object are put on lines: together where they are short, in columns where they are many numbers. */
import type { InspectOptions } from './options.ts';

export interface Layout {
  readonly options: InspectOptions;
  /** Blanks before what is being written. */
  readonly indentation: number;
  /** Levels below this one that were written last. */
  readonly levelsBelow: number;
}

/** Entries between braces, behind a prefix where there is one. `list` is the array whose entries may go into columns. */
export function joinEntries(
  { options, indentation, levelsBelow }: Layout,
  given: readonly string[],
  prefix: string,
  [open, close]: readonly [string, string],
  list: readonly unknown[] | undefined,
): string {
  const head = prefix === '' ? open : `${prefix} ${open}`;
  let entries = given;
  if (options.compact > 0) {
    if (list !== undefined && given.length > 6) entries = inColumns(given, indentation, options, list);
    const isWhole = entries.length === given.length;
    if (levelsBelow < options.compact && isWhole) {
      const start = entries.length + indentation + open.length + prefix.length + 10;
      const line = entries.join(', ');
      const length = entries.reduce((sum, one) => sum + one.length, entries.length + start);
      if (length <= options.breakLength && !line.includes('\n') && !prefix.includes('\n'))
        return `${head} ${line} ${close}`;
    }
  }
  const blanks = `\n${' '.repeat(indentation)}`;
  return `${head}${blanks}  ${entries.join(`,${blanks}  `)}${blanks}${close}`;
}

const SEPARATOR = 2;
const MAX_COLUMNS = 15;
/** A character is about so many times as high as it is wide. */
const CHARACTER_HEIGHT = 2.5;

function inColumns(
  entries: readonly string[],
  indentation: number,
  options: InspectOptions,
  list: readonly unknown[],
): readonly string[] {
  // "... more items" stays below
  const hasMore = options.maxArrayLength < entries.length;
  const cells = hasMore ? entries.slice(0, -1) : entries;
  const widths = cells.map((cell) => cell.length + SEPARATOR);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const widest = Math.max(...widths);
  const fits = widest * 3 + indentation < options.breakLength;
  if (!fits || !(total / widest > 5 || widest - SEPARATOR <= 6)) return entries;
  const bias = Math.sqrt(widest - total / entries.length);
  const width = Math.max(widest - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(CHARACTER_HEIGHT * width * cells.length) / width),
    Math.floor((options.breakLength - indentation) / widest),
    options.compact * 4,
    MAX_COLUMNS,
  );
  if (columns <= 1) return entries;
  const columnWidths = Array.from({ length: columns }, (_, column) =>
    Math.max(...widths.filter((_width, index) => index % columns === column)),
  );
  const isNumeric = list.every((one) => typeof one === 'number' || typeof one === 'bigint');
  const rows: string[] = [];
  for (let start = 0; start < cells.length; start += columns) {
    const row = cells.slice(start, start + columns);
    const padded = row.map((cell, column) => {
      const columnWidth = columnWidths[column] ?? 0;
      const isLast = column === row.length - 1;
      if (isNumeric) return isLast ? cell.padStart(columnWidth - SEPARATOR) : `${cell}, `.padStart(columnWidth);
      return isLast ? cell : `${cell}, `.padEnd(columnWidth);
    });
    rows.push(padded.join(''));
  }
  return hasMore ? [...rows, entries.at(-1) ?? ''] : rows;
}
