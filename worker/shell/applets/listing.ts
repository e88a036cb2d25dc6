/** How file listings are laid out: columns, dates, sizes. */

/** One name a line, columns filled downwards, rows filled across, or names with commas between them. */
export type Layout = 'lines' | 'columns' | 'rows' | 'commas';

/** Names in columns that fit `width` characters. */
export function formatColumns(names: readonly string[], layout: Layout, width: number): string {
  if (names.length === 0) return '';
  if (layout === 'lines') return `${names.join('\n')}\n`;
  if (layout === 'commas') return commaLines(names, width);
  const widest = Math.max(...names.map((name) => name.length)) + 2;
  const columns = Math.max(1, Math.floor(width / widest));
  const rows = Math.ceil(names.length / columns);
  let out = '';
  for (let row = 0; row < rows; row++) {
    const line: string[] = [];
    for (let column = 0; column < columns; column++) {
      const name = names[layout === 'rows' ? row * columns + column : column * rows + row];
      if (name !== undefined) line.push(name);
    }
    out += `${line.map((name, index) => (index === line.length - 1 ? name : name.padEnd(widest))).join('')}\n`;
  }
  return out;
}

function commaLines(names: readonly string[], width: number): string {
  let out = '';
  let column = 0;
  for (const [index, name] of names.entries()) {
    const last = index === names.length - 1;
    if (column > 0 && column + name.length + 2 >= width) {
      out = `${out.trimEnd()}\n`;
      column = 0;
    }
    out += last ? name : `${name}, `;
    column += name.length + 2;
  }
  return `${out}\n`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SIX_MONTHS_MS = 183 * 86_400_000;

/** `Nov 21 12:55`, or with the year for what is more than half a year away; `full` gives all of it. UTC. */
export function listingDate(mtimeMs: number, nowMs: number, full: boolean): string {
  const date = new Date(mtimeMs);
  if (full) return `${date.toISOString().slice(0, 19).replace('T', ' ')} +0000`;
  const day = `${MONTHS[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)}`;
  if (Math.abs(nowMs - mtimeMs) > SIX_MONTHS_MS) return `${day} ${String(date.getUTCFullYear()).padStart(5)}`;
  return `${day} ${date.toISOString().slice(11, 16)}`;
}

/** `512`, `1.9K`, `12.0M`, as `ls -h` and `du -h` of busybox. */
export function formatSize(bytes: number): string {
  let value = bytes;
  for (const unit of ['', 'K', 'M', 'G']) {
    if (value < 1024) return unit === '' ? String(value) : `${value.toFixed(1)}${unit}`;
    value /= 1024;
  }
  return `${value.toFixed(1)}T`;
}

/** `512`, `1.9K`, `12M`: rounded up, with one digit below ten, as GNU's programs do. */
export function formatGnuSize(bytes: number): string {
  let value = bytes;
  for (const unit of ['', 'K', 'M', 'G', 'T']) {
    const tenths = Math.ceil(value * 10) / 10;
    if (unit === '' ? value < 1024 : Math.ceil(value) < 1024) {
      if (unit === '') return String(value);
      return `${tenths < 10 ? tenths.toFixed(1) : Math.ceil(value)}${unit}`;
    }
    value /= 1024;
  }
  return `${Math.ceil(value)}P`;
}

/** A name in double quotes, C escapes in it. */
export function quoteName(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
}
