/** The types of `od -t`: how a few bytes are shown, and how wide. Integers are little-endian. */
import { formatFloat } from './printf-format.ts';

export interface DumpFormat {
  readonly bytes: number;
  /** Characters of an item, the blanks ahead of it too. */
  readonly width: number;
  readonly show: (view: DataView, at: number) => string;
}

const NAMES = [
  'nul', 'soh', 'stx', 'etx', 'eot', 'enq', 'ack', 'bel', 'bs', 'ht', 'nl', 'vt', 'ff', 'cr', 'so', 'si', 'dle', 'dc1', 'dc2', 'dc3',
  'dc4', 'nak', 'syn', 'etb', 'can', 'em', 'sub', 'esc', 'fs', 'gs', 'rs', 'us', 'sp',
]; // prettier-ignore
const ESCAPES: Readonly<Record<number, string>> = {
  0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r',
}; // prettier-ignore

/** A byte as `-c` shows it. */
export function characterText(byte: number): string {
  const escape = ESCAPES[byte];
  if (escape !== undefined) return escape;
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0');
}

function nameText(byte: number): string {
  const seven = byte & 0x7f;
  return seven === 0x7f ? 'del' : (NAMES[seven] ?? String.fromCharCode(seven));
}

const WIDTHS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  d: { 1: 5, 2: 7, 4: 12, 8: 21 },
  u: { 1: 4, 2: 6, 4: 11, 8: 21 },
  o: { 1: 4, 2: 7, 4: 12, 8: 23 },
  x: { 1: 3, 2: 5, 4: 9, 8: 17 },
};
const RADIX: Readonly<Record<string, number>> = { d: 10, u: 10, o: 8, x: 16 };
const INTEGER_SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8 };
const FLOAT_SIZES: Readonly<Record<string, number>> = { F: 4, D: 8, L: 8 };

/** The formats of a type string such as `x1` or `xCc`; undefined when it is none. */
export function parseTypes(text: string): DumpFormat[] | undefined {
  const formats: DumpFormat[] = [];
  let rest = text;
  while (rest !== '') {
    const [whole, letter = '', size = ''] = /^([acdfoux])((?:[CSILFD]|\d+)?)z?/.exec(rest) ?? [];
    const format = whole === undefined ? undefined : formatOf(letter, size);
    if (whole === undefined || format === undefined) return undefined;
    formats.push(format);
    rest = rest.slice(whole.length);
  }
  return formats;
}

function formatOf(letter: string, size: string): DumpFormat | undefined {
  if (letter === 'a') return { bytes: 1, width: 4, show: (view, at) => nameText(view.getUint8(at)) };
  if (letter === 'c') return { bytes: 1, width: 4, show: (view, at) => characterText(view.getUint8(at)) };
  if (letter === 'f') {
    const bytes = size === '' ? 8 : (FLOAT_SIZES[size] ?? Number(size));
    return bytes === 4 || bytes === 8 ? floatFormat(bytes) : undefined;
  }
  const bytes = size === '' ? 4 : (INTEGER_SIZES[size] ?? Number(size));
  const width = WIDTHS[letter]?.[bytes];
  return width === undefined ? undefined : integerFormat(letter, bytes, width);
}

function floatFormat(bytes: 4 | 8): DumpFormat {
  const [width, precision] = bytes === 4 ? [16, 7] : [25, 16];
  return {
    bytes,
    width,
    show: (view, at) =>
      formatFloat(bytes === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true), 'e', {
        flags: '',
        width: 0,
        precision,
      }),
  };
}

function integerFormat(letter: string, bytes: number, width: number): DumpFormat {
  const digits = letter === 'o' || letter === 'x' ? width - 1 : 0;
  const radix = RADIX[letter] ?? 10;
  return {
    bytes,
    width,
    show: (view, at) =>
      readInteger(view, at, bytes, letter === 'd')
        .toString(radix)
        .padStart(digits, '0'),
  };
}

function readInteger(view: DataView, at: number, bytes: number, signed: boolean): bigint {
  let value = 0n;
  for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(view.getUint8(at + i));
  return signed ? BigInt.asIntN(bytes * 8, value) : value;
}
