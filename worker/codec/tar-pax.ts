/** PAX extended headers (POSIX pax, "pax Extended Header"): records `LENGTH KEY=VALUE\n`, values are bytes. */
import { concatBytes, utf8, utf8Text, type Bytes } from '../base/bytes.ts';
import { invalidTar } from './tar-error.ts';
import { decodeShortText } from './tar-text.ts';

/** Records in their order. Keys are text, values bytes: extended attributes are binary. A later record wins. */
export type PaxRecords = ReadonlyMap<string, Uint8Array>;

/** Record keys of GNU's sparse format 0.0 repeat, in pairs; the rest of the map keeps the last of each key. */
export const SPARSE_OFFSET = 'GNU.sparse.offset';
export const SPARSE_LENGTH = 'GNU.sparse.numbytes';
/** Key of sparse format 0.1: `offset,length,offset,length,...`. */
export const SPARSE_MAP = 'GNU.sparse.map';

/** Prefix of the keys that carry extended attributes. */
export const XATTR_PREFIX = 'SCHILY.xattr.';

const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
const MINUS = 0x2d;
const ZERO = 0x30;
const MAX_LENGTH_DIGITS = 10;

/**
 * The records of an extended header's body; it copies what it keeps. The repeated records of sparse format 0.0 are gathered
 * under the key of format 0.1, in its form. `offset` is where the body stands. Throws `invalid-document`.
 */
export function parsePaxRecords(given: Uint8Array, offset: number): PaxRecords {
  const body = given.slice();
  const records = new Map<string, Uint8Array>();
  const sparseNumbers: string[] = [];
  let at = 0;
  while (at < body.byteLength) {
    const { key, value, end } = parseRecord(body, at, offset);
    if (key === SPARSE_OFFSET || key === SPARSE_LENGTH) {
      if ((key === SPARSE_OFFSET) !== (sparseNumbers.length % 2 === 0)) {
        throw invalidTar(offset + at, 'offsets and lengths of its sparse map do not alternate');
      }
      sparseNumbers.push(utf8Text(value));
    } else {
      records.set(key, value);
    }
    at = end;
  }
  if (sparseNumbers.length > 0) records.set(SPARSE_MAP, utf8(sparseNumbers.join(',')));
  return records;
}

function parseRecord(body: Uint8Array, start: number, offset: number): { key: string; value: Uint8Array; end: number } {
  const { length, space } = parseLength(body, start, offset);
  const end = start + length;
  if (end > body.byteLength || end <= space + 1 || body[end - 1] !== NEWLINE) {
    throw invalidTar(offset + start, 'a PAX record is longer or shorter than it says');
  }
  const equals = body.indexOf(EQUALS, space);
  if (equals <= space + 1 || equals >= end) throw invalidTar(offset + start, 'a PAX record has no key');
  const key = keyAt(body, space + 1, equals);
  const value = body.subarray(equals + 1, end - 1);
  const inText = TEXT_KEYS.has(key) && value.includes(0);
  if (inText || key.includes('\0'))
    throw invalidTar(offset + start, `the PAX record ${JSON.stringify(key)} holds a NUL`);
  return { key, value, end };
}

/** Keys that layers repeat for each of their files: to tell them by their bytes is sooner done than to decode them. */
const FREQUENT_KEYS: readonly string[] = [
  'GNU.sparse.size',
  'GNU.sparse.name',
  'GNU.sparse.map',
  'GNU.sparse.numblocks',
  'mtime',
  'atime',
  'ctime',
  'path',
  'linkpath',
];

function keyAt(body: Uint8Array, start: number, end: number): string {
  for (const key of FREQUENT_KEYS) if (key.length === end - start && isAt(body, start, key)) return key;
  return decodeShortText(body, start, end);
}

function isAt(body: Uint8Array, start: number, text: string): boolean {
  // from the end: keys begin alike
  for (let i = text.length - 1; i >= 0; i--) if (body[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The digits that a record begins with, and where the space after them is. */
function parseLength(body: Uint8Array, start: number, offset: number): { length: number; space: number } {
  let length = 0;
  let at = start;
  for (; at < body.byteLength && body[at] !== SPACE; at++) {
    const digit = body[at]! - 0x30;
    if (digit < 0 || digit > 9 || at - start >= MAX_LENGTH_DIGITS) break;
    length = length * 10 + digit;
  }
  if (at === start || body[at] !== SPACE)
    throw invalidTar(offset + start, 'a PAX record does not begin with its length');
  return { length, space: at };
}

const TEXT_KEYS: ReadonlySet<string> = new Set(['path', 'linkpath', 'uname', 'gname']);

/** The body of an extended header with these records, sorted by key as Go sorts them. */
export function formatPaxRecords(records: PaxRecords): Bytes {
  const keys = [...records.keys()].sort();
  return concatBytes(keys.map((key) => formatRecord(key, records.get(key)!)));
}

/** One record; its length counts the digits of the length itself. */
function formatRecord(key: string, value: Uint8Array): Bytes {
  const rest = concatBytes([utf8(` ${key}=`), value, utf8('\n')]);
  let length = rest.byteLength + String(rest.byteLength).length;
  length = rest.byteLength + String(length).length;
  return concatBytes([utf8(String(length)), rest]);
}

/** The number a record holds: decimal digits, signed, whole. Throws `invalid-document`. */
export function paxInteger(key: string, value: Uint8Array, offset: number): number {
  const negative = value[0] === MINUS;
  let i = negative ? 1 : 0;
  // writers fill numbers up with zeros, hundreds of them
  while (value[i] === ZERO) i++;
  let number = 0;
  for (; i < value.byteLength; i++) {
    const digit = value[i]! - ZERO;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN;
  }
  if (!Number.isSafeInteger(number) || value.byteLength === (negative ? 1 : 0)) {
    throw invalidTar(offset, `the PAX record ${key} is ${JSON.stringify(utf8Text(value))}, not a number`);
  }
  return negative ? 0 - number : number;
}

/** Milliseconds of a record that holds seconds with an optional fraction. Throws `invalid-document`. */
export function paxTimeMs(key: string, value: Uint8Array, offset: number): number {
  const text = utf8Text(value);
  if (!/^-?\d{1,15}(?:\.\d*)?$/.test(text)) {
    throw invalidTar(offset, `the PAX record ${key} is ${JSON.stringify(text)}, not a time`);
  }
  return Number(`${text}e3`);
}

/** Seconds since 1970 as a record writes them: to the microsecond, which is as fine as a `number` of milliseconds is. */
export function paxTime(timeMs: number): string {
  const micros = Math.round(timeMs * 1000);
  const sign = micros < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(micros) / 1e6);
  const fraction = (Math.abs(micros) % 1e6).toString().padStart(6, '0').replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
