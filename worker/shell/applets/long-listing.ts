/** Long lines of `ls -l`: in columns of a set width as busybox prints them, or as wide as what is in them, as GNU's ls does. */
import { listingDate } from './listing.ts';
import { formatTime } from './time-format.ts';

export interface LongLine {
  /** Inode number and blocks. */
  readonly prefixes: readonly string[];
  /** The same in busybox's columns. */
  readonly prefix: string;
  readonly mode: string;
  readonly links: string;
  /** Undefined when it is not shown. */
  readonly user: string | undefined;
  readonly group: string | undefined;
  readonly size: string;
  /** Sizes have units. */
  readonly human: boolean;
  readonly date: string;
  /** With the target of a link, or the sign of its kind. */
  readonly name: string;
}

export function busyboxLine(line: LongLine): string {
  const owner = [line.user, line.group].map((name) => (name === undefined ? '' : `${name.padEnd(8)} `)).join('');
  const size = line.size.padStart(line.human ? 7 : 9);
  return `${line.prefix}${line.mode} ${line.links.padStart(4)} ${owner}${size} ${line.date} ${line.name}\n`;
}

/** Each column as wide as its widest word: names at the left, numbers at the right. */
export function alignColumns(lines: readonly LongLine[]): string {
  const width = (word: (line: LongLine) => string | undefined): number =>
    Math.max(0, ...lines.map((line) => word(line)?.length ?? 0));
  const widths = {
    links: width(({ links }) => links),
    user: width(({ user }) => user),
    group: width(({ group }) => group),
    size: width(({ size }) => size),
    date: width(({ date }) => date),
  };
  const prefixes = alignPrefixes(lines.map((line) => line.prefixes));
  return lines
    .map((line, index) => {
      const words = [
        line.mode,
        line.links.padStart(widths.links),
        padName(line.user, widths.user),
        padName(line.group, widths.group),
        line.size.padStart(widths.size),
        line.date.padStart(widths.date),
        line.name,
      ];
      return `${prefixes[index] ?? ''}${words.filter((word) => word !== undefined).join(' ')}\n`;
    })
    .join('');
}

/** A name at the left; the number of one that has none at the right. */
function padName(name: string | undefined, width: number): string | undefined {
  return name === undefined || !/^\d+$/.test(name) ? name?.padEnd(width) : name.padStart(width);
}

/** What stands before each name, its numbers lined up. */
export function alignPrefixes(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((word, column) => `${word.padStart(widths[column] ?? 0)} `).join(''));
}

/** A date in a style of `--time-style`: `full-iso`, `long-iso`, `iso`, or `+FORMAT`. UTC. */
export function styledDate(mtimeMs: number, nowMs: number, style: string): string {
  const text = new Date(mtimeMs).toISOString();
  if (style === 'full-iso') return `${text.slice(0, 10)} ${text.slice(11, 23)}000000 +0000`;
  if (style === 'long-iso') return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
  if (style === 'iso') {
    const recent = /:/.test(listingDate(mtimeMs, nowMs, false));
    return recent ? `${text.slice(5, 10)} ${text.slice(11, 16)}` : `${text.slice(0, 10)} `;
  }
  return style.startsWith('+') ? formatTime(style.slice(1), mtimeMs) : listingDate(mtimeMs, nowMs, false);
}
