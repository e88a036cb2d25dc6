/** The bytes that values of programs stand for, and what is done with them. */
import type { Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import { encodeText } from './encodings.ts';

/** The bytes of a buffer or of any other view. */
export function bytesOf(value: Value): Uint8Array<ArrayBuffer> | undefined {
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}

/** The bytes that text or a buffer stands for. */
export function bytesOfData(value: Value, encoding: Value = 'utf8'): Uint8Array<ArrayBuffer> {
  return bytesOf(value) ?? encodeText(textOf(value), String(encoding));
}

/** All of `bytes` filled with a number, or with text or a buffer over and over. */
export function filled(bytes: Uint8Array, fill: Value): Uint8Array {
  if (fill === undefined) return bytes;
  if (typeof fill === 'number') return bytes.fill(fill);
  const pattern = bytesOfData(fill);
  if (pattern.byteLength > 0)
    for (let at = 0; at < bytes.byteLength; at++) bytes[at] = pattern[at % pattern.byteLength] ?? 0;
  return bytes;
}

/** Where a number, text or buffer begins; -1 where it does not. */
export function indexIn(bytes: Uint8Array, value: Value, start: number): number {
  if (typeof value === 'number') return bytes.indexOf(value, start);
  const sought = bytesOfData(value);
  for (let at = start; at + sought.byteLength <= bytes.byteLength; at++)
    if (sought.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}

/** -1, 0 or 1, as for sorting. */
export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  for (let at = 0; at < Math.min(one.byteLength, other.byteLength); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(one.byteLength - other.byteLength);
}
