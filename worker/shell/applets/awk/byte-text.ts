/**
 * Text in which every character is one byte, as awk in the C locale sees it: `length`, `substr` and `%c` count bytes, and any
 * input survives. The rest of the room decodes UTF-8 (see ../../text.ts); {@link toByteText} and {@link fromByteText} go between.
 */
import { decodeText, encodeText } from '../../text.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();
const BEYOND_ASCII = /[^\0-\x7f]/;
/** Arguments a call of fromCharCode takes without trouble. */
const SLICE = 8192;

export function bytesToText(bytes: Uint8Array): string {
  const text = decoder.decode(bytes);
  // Every character beyond ASCII is more bytes than code units.
  if (text.length === bytes.byteLength && !BEYOND_ASCII.test(text)) return text;
  let out = '';
  for (let at = 0; at < bytes.byteLength; at += SLICE)
    out += String.fromCharCode(...bytes.subarray(at, Math.min(at + SLICE, bytes.byteLength)));
  return out;
}

export function textToBytes(text: string): Uint8Array {
  if (!BEYOND_ASCII.test(text)) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** From the room's text: an argument, a variable of the environment. */
export function toByteText(text: string): string {
  return BEYOND_ASCII.test(text) ? bytesToText(encodeText(text)) : text;
}

/** To the room's text: the name of a file, a command, a message. */
export function fromByteText(text: string): string {
  return BEYOND_ASCII.test(text) ? decodeText(textToBytes(text)) : text;
}
