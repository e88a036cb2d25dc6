/** The short texts of tar headers. */
import { utf8Text } from '../base/bytes.ts';

/** Up to here a text is put together from its characters sooner than a TextDecoder gives it. */
const FEW_BYTES = 12;

/** The text of `bytes` from `start` to `end`. */
export function decodeShortText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > FEW_BYTES) return utf8Text(bytes.subarray(start, end));
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 0x7f) return utf8Text(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
