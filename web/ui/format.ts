/** Numbers as the page writes them. Sizes are decimal with three digits, as Docker prints them. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const NARROW_SPACE = '\u00a0';

/** `1.15 kB`, `72.8 MB`, `0 B`: decimal units, at most three digits, a space that does not break. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (unit < UNITS.length - 1 && Number(value.toPrecision(3)) >= 1000) {
    value /= 1000;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))}${NARROW_SPACE}${UNITS[unit]!}`;
}

/** `+1.15 kB`, `−3 MB`: what became more or less. */
export function formatDelta(bytes: number): string {
  return `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`;
}

/** `850 µs` is nobody's question: whole milliseconds below a second, then `1.2 s`, then `2 min 05 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))}${NARROW_SPACE}ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)}${NARROW_SPACE}s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}${NARROW_SPACE}min ${String(whole % 60).padStart(2, '0')}${NARROW_SPACE}s`;
}

const COUNT = new Intl.NumberFormat('en-GB');

/** `1,204`. */
export function formatCount(count: number): string {
  return COUNT.format(count);
}

/** `1 file`, `1,204 files`; the plural is the singular and an s unless it is given. */
export function formatAmount(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** `sha256:9c1f2ab34d5e` of a whole digest: twelve digits, as Docker shortens. */
export function shortDigest(digest: string, digits = 12): string {
  const colon = digest.indexOf(':');
  return colon < 0 ? digest.slice(0, digits) : digest.slice(0, colon + 1 + digits);
}

const MODE_KINDS: Readonly<Record<string, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  character: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** `-rwxr-xr-x` as `ls -l` tells a mode, set-id and sticky bits included. */
export function formatMode(kind: string, mode: number): string {
  const triple = (shift: number, special: boolean, letter: string): string => {
    const bits = (mode >> shift) & 7;
    const execute = special ? ((bits & 1) !== 0 ? letter : letter.toUpperCase()) : (bits & 1) !== 0 ? 'x' : '-';
    return ((bits & 4) !== 0 ? 'r' : '-') + ((bits & 2) !== 0 ? 'w' : '-') + execute;
  };
  const special = mode >> 9;
  const owner = triple(6, (special & 4) !== 0, 's');
  const group = triple(3, (special & 2) !== 0, 's');
  return (MODE_KINDS[kind] ?? '?') + owner + group + triple(0, (special & 1) !== 0, 't');
}

/** `2 minutes ago` for a time in the past, both in milliseconds since 1970. */
export function formatAge(thenMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - thenMs) / 1000));
  if (seconds < 5) return 'just now';
  const steps: readonly (readonly [number, string])[] = [
    [60, 'second'],
    [60, 'minute'],
    [24, 'hour'],
    [30, 'day'],
    [12, 'month'],
    [Infinity, 'year'],
  ];
  let value = seconds;
  for (const [size, name] of steps) {
    if (value < size) return `${formatAmount(value, name)} ago`;
    value = Math.floor(value / size);
  }
  return '';
}
