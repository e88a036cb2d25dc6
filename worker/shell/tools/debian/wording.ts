/** How apt writes sizes and lists of names. */

/** Columns apt wraps lists at when its output is no terminal. */
const COLUMNS = 80;

/** A number of bytes as apt prints it, without the `B`: `8808 `, `33.2 k`, `12.0 M`. */
export function formatSize(bytes: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let value = bytes;
  let unit = 0;
  while (value >= (unit === 0 ? 10_000 : 10_000) && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const shown = unit === 0 || value >= 100 ? String(Math.round(value)) : value.toFixed(1);
  return `${shown} ${units[unit] ?? ''}`;
}

/** The line behind a download. How long one takes here says nothing, so it always took a second. */
export function formatFetched(bytes: number): string {
  return `Fetched ${formatSize(bytes)}B in 1s (${formatSize(bytes)}B/s)\n`;
}

/** Names in lines that begin with two spaces. */
export function formatNames(names: readonly string[]): string {
  const lines: string[] = [];
  let line = ' ';
  for (const name of names) {
    if (line.length + 1 + name.length >= COLUMNS - 1) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name}`;
  }
  return [...lines, line].map((text) => `${text}\n`).join('');
}
