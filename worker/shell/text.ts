/**
 * Text of the shell and its programs. Names and variables may hold any bytes, so decoding must lose nothing: a byte
 * that is not part of valid UTF-8 becomes the lone surrogate U+DC00 + byte, and encoding turns it back (the
 * "surrogate escape" of Python's PEP 383).
 */
import { utf8, type Bytes } from '../base/bytes.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ESCAPED = /[\udc80-\udcff]/;
const ESCAPE_BASE = 0xdc00;

/** The text of any bytes; {@link encodeText} gives the same bytes back. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeBrokenText(bytes);
  }
}

/** The bytes of a text, escaped bytes restored. */
export function encodeText(text: string): Bytes {
  return ESCAPED.test(text) ? encodeEscapedText(text) : utf8(text);
}

/** Number of bytes of a text. */
export function byteLength(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return encodeText(text).byteLength;
  return text.length;
}

function decodeBrokenText(bytes: Uint8Array): string {
  let out = '';
  let start = 0;
  let position = 0;
  while (position < bytes.length) {
    const length = sequenceLength(bytes, position);
    if (length > 0) {
      position += length;
      continue;
    }
    out += strict.decode(bytes.subarray(start, position)) + String.fromCharCode(ESCAPE_BASE + (bytes[position] ?? 0));
    start = ++position;
  }
  return out + strict.decode(bytes.subarray(start));
}

/** Length of the valid UTF-8 sequence at `at`, 0 when there is none (RFC 3629, section 4). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >> 4 === 0xe ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if ((bytes[at + i] ?? 0) >> 6 !== 2) return 0;
  const second = bytes[at + 1] ?? 0;
  const overlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const outside = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return overlong || outside ? 0 : length;
}

function encodeEscapedText(text: string): Bytes {
  const parts: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && code >= 0xdc80 && code <= 0xdcff) parts.push(code - ESCAPE_BASE);
    else parts.push(...utf8(character));
  }
  return Uint8Array.from(parts);
}
