/** Sort keys (XCU sort): where a key lies in a line, and how two keys compare. */
import { compareBytes } from '../../vfs/byte-order.ts';

/** A place in a line, both counted from 1; offset 0 in an end means the end of the field. */
interface KeyPosition {
  readonly field: number;
  readonly offset: number;
}

export interface SortKey {
  readonly start: KeyPosition;
  /** Undefined: to the end of the line. */
  readonly end: KeyPosition | undefined;
  /** Letters among `bdfghiMnrV`. */
  readonly flags: string;
  readonly skipStartBlanks: boolean;
  readonly skipEndBlanks: boolean;
}

/** Parses `START[.OFS][OPTS][,END[.OFS][OPTS]]`; undefined when it is none. `inherited` are the flags of keys without any. */
export function parseSortKey(text: string, inherited: string): SortKey | undefined {
  const match = /^(\d+)(?:\.(\d+))?([bdfghiMnrV]*)(?:,(\d+)(?:\.(\d+))?([bdfghiMnrV]*))?$/.exec(text);
  if (match === null || Number(match[1]) === 0) return undefined;
  const [, field = '', offset, startFlags = '', endField, endOffset, endFlags = ''] = match;
  const own = startFlags + endFlags;
  const flags = own === '' ? inherited : own;
  return {
    start: { field: Number(field), offset: Number(offset ?? '1') || 1 },
    end: endField === undefined ? undefined : { field: Number(endField), offset: Number(endOffset ?? '0') },
    flags,
    skipStartBlanks: own === '' ? inherited.includes('b') : startFlags.includes('b'),
    skipEndBlanks: endFlags.includes('b'),
  };
}

export interface Ordering {
  readonly separator: string | undefined;
  /** Lines whose keys are equal stay in order; else they are compared whole. */
  readonly stable: boolean;
  /** The order of that last comparison is reversed too. */
  readonly reverse: boolean;
}

/** How two lines compare. */
export function compareLines(
  keys: readonly SortKey[],
  { separator, stable, reverse }: Ordering,
): (a: string, b: string) => number {
  const plain =
    keys.length === 1 && keys[0]?.start.field === 1 && keys[0].start.offset === 1 && keys[0].end === undefined;
  return (a, b) => {
    for (const key of keys) {
      const [left, right] =
        plain && !key.skipStartBlanks ? [a, b] : [keyOf(a, key, separator), keyOf(b, key, separator)];
      const order = compareKeys(left, right, key.flags);
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
    if (stable) return 0;
    return reverse ? compareBytes(b, a) : compareBytes(a, b);
  };
}

function keyOf(line: string, key: SortKey, separator: string | undefined): string {
  const from = positionIn(line, key.start, key.skipStartBlanks, separator, false);
  const to = key.end === undefined ? line.length : positionIn(line, key.end, key.skipEndBlanks, separator, true);
  return to <= from ? '' : line.slice(from, to);
}

/** Offset in the line of a key's start, or behind its end. */
function positionIn(
  line: string,
  position: KeyPosition,
  skipBlanks: boolean,
  separator: string | undefined,
  end: boolean,
): number {
  const wholeField = end && position.offset === 0;
  let at = 0;
  for (let field = 1; field < position.field + (wholeField ? 1 : 0); field++) {
    if (at > line.length) return line.length;
    at = fieldEnd(line, at, separator);
    const last = field === position.field + (wholeField ? 1 : 0) - 1;
    if (separator !== undefined && !(wholeField && last)) at++;
  }
  if (wholeField) return Math.min(at, line.length);
  while (skipBlanks && /[ \t]/.test(line[at] ?? '')) at++;
  return Math.min(at + position.offset - (end ? 0 : 1), line.length);
}

/** Where the field that begins at `at` ends: before the separator, or before the blanks that begin the next field. */
function fieldEnd(line: string, at: number, separator: string | undefined): number {
  if (separator !== undefined) {
    const found = line.indexOf(separator, at);
    return found === -1 ? line.length : found;
  }
  let end = at;
  while (/[ \t]/.test(line[end] ?? '')) end++;
  while (end < line.length && !/[ \t]/.test(line[end] ?? '')) end++;
  return end;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const HUMAN_UNITS = 'KMGTPEZY';

function compareKeys(a: string, b: string, flags: string): number {
  if (flags.includes('n')) return leadingNumber(a) - leadingNumber(b);
  if (flags.includes('g')) return generalNumber(a) - generalNumber(b);
  if (flags.includes('h')) return humanNumber(a) - humanNumber(b);
  if (flags.includes('M')) return monthOf(a) - monthOf(b);
  if (flags.includes('V')) return compareVersions(a, b);
  return compareBytes(folded(a, flags), folded(b, flags));
}

function folded(text: string, flags: string): string {
  let out = text;
  if (flags.includes('d')) out = out.replace(/[^A-Za-z0-9 \t]/g, '');
  if (flags.includes('i')) out = out.replace(/[^ -~]/g, '');
  return flags.includes('f') ? out.toUpperCase() : out;
}

function leadingNumber(text: string): number {
  return Number(/^[ \t]*(-?(?:\d+(?:\.\d*)?|\.\d+))/.exec(text)?.[1] ?? 0);
}

/** What is no number comes before all numbers. */
function generalNumber(text: string): number {
  const value = Number.parseFloat(text);
  return Number.isNaN(value) ? -Number.MAX_VALUE : value;
}

function humanNumber(text: string): number {
  const unit = /^[ \t]*-?[\d.]+([KMGTPEZY])/i.exec(text)?.[1]?.toUpperCase() ?? '';
  return leadingNumber(text) * 1024 ** (unit === '' ? 0 : HUMAN_UNITS.indexOf(unit) + 1);
}

function monthOf(text: string): number {
  return MONTHS.indexOf(text.trimStart().slice(0, 3).toUpperCase());
}

/** Runs of digits compare as numbers, what lies between as text. */
function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x = '', y = ''] = [left[index], right[index]];
    const numbers = /^\d/.test(x) && /^\d/.test(y);
    const order = numbers ? Number(x) - Number(y) : compareBytes(x, y);
    if (order !== 0) return order;
  }
  return 0;
}
