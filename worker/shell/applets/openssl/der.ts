/** Values in DER (X.690), as keys and certificates are written, and PEM around them (RFC 7468). */
import { concatBytes, utf8, type Bytes } from '../../../base/bytes.ts';

const TAGS = { boolean: 0x01, integer: 0x02, bits: 0x03, octets: 0x04, null: 0x05, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 } as const; // prettier-ignore
const PEM_LINE = 64;

function tagged(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const body = concatBytes(contents);
  const length = body.byteLength;
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest & 0xff);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | digits.length, ...digits];
  return concatBytes([Uint8Array.from(head), body]);
}

export const sequence = (...items: readonly Uint8Array[]): Bytes => tagged(TAGS.sequence, ...items);
export const set = (...items: readonly Uint8Array[]): Bytes => tagged(TAGS.set, ...items);
export const text = (value: string): Bytes => tagged(TAGS.utf8, utf8(value));
export const nothing = (): Bytes => tagged(TAGS.null);
export const truth = (): Bytes => tagged(TAGS.boolean, Uint8Array.of(0xff));
export const octets = (bytes: Uint8Array): Bytes => tagged(TAGS.octets, bytes);
export const bits = (bytes: Uint8Array): Bytes => tagged(TAGS.bits, Uint8Array.of(0), bytes);
/** `[number]`, explicit or of a constructed type. */
export const context = (number: number, ...items: readonly Uint8Array[]): Bytes => tagged(0xa0 | number, ...items);
/** `[number]`, implicit, of bytes. */
export const contextBytes = (number: number, bytes: Uint8Array): Bytes => tagged(0x80 | number, bytes);

/** An integer that is not negative, its bytes the most significant first. */
export function integer(bytes: Uint8Array): Bytes {
  return tagged(TAGS.integer, ...((bytes[0] ?? 0) >= 0x80 ? [Uint8Array.of(0)] : []), bytes);
}

export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(TAGS.oid, Uint8Array.from(bytes));
}

/** A time; until 2049 with two digits of the year (RFC 5280, 4.1.2.5). */
export function time(ms: number): Bytes {
  const compact = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '');
  const isShort = new Date(ms).getUTCFullYear() < 2050;
  return tagged(isShort ? 0x17 : 0x18, utf8(isShort ? compact.slice(2) : compact));
}

/** A value of DER, and where what is in it begins and ends. */
interface DerValue {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** The value at a place. */
export function readValue(bytes: Uint8Array, at: number): DerValue {
  const tag = bytes[at] ?? 0;
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  let length = 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  return { tag, start: at + 2 + count, end: at + 2 + count + length };
}

export function toPem(label: string, bytes: Uint8Array): string {
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const lines = base64.match(new RegExp(`.{1,${PEM_LINE}}`, 'g')) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** The bytes of the first block with this label; undefined when there is none. */
export function fromPem(label: string, pem: string): Bytes | undefined {
  const begin = `-----BEGIN ${label}-----`;
  const start = pem.indexOf(begin);
  const end = pem.indexOf(`-----END ${label}-----`);
  if (start === -1 || end < start) return undefined;
  try {
    return Uint8Array.from(atob(pem.slice(start + begin.length, end).replace(/\s/g, '')), (one) => one.charCodeAt(0));
  } catch {
    return undefined;
  }
}
