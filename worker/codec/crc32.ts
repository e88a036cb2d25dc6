/** CRC-32 as gzip, xz and zip compute it (RFC 1952, section 8): eight bytes a step, by eight tables. */

const STEP_BYTES = 8;
/** The polynomial, its highest term in the lowest bit. */
const POLYNOMIAL = 0xedb88320;

/** What each byte does to the sum: 256 entries for a byte with nothing behind it, 256 for one with another byte behind it, and so on. */
const TABLES = ((): Int32Array => {
  const tables = new Int32Array(STEP_BYTES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256]!;
    tables[at] = (before >>> 8) ^ tables[before & 0xff]!;
  }
  return tables;
})();

/** The sum of `bytes` behind bytes whose sum is `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stepsEnd = bytes.byteLength - (bytes.byteLength % STEP_BYTES);
  let crc = ~before;
  for (let at = 0; at < stepsEnd; at += STEP_BYTES) {
    const first = crc ^ view.getInt32(at, true);
    const second = view.getInt32(at + 4, true);
    crc =
      TABLES[0x700 | (first & 0xff)]! ^
      TABLES[0x600 | ((first >>> 8) & 0xff)]! ^
      TABLES[0x500 | ((first >>> 16) & 0xff)]! ^
      TABLES[0x400 | (first >>> 24)]! ^
      TABLES[0x300 | (second & 0xff)]! ^
      TABLES[0x200 | ((second >>> 8) & 0xff)]! ^
      TABLES[0x100 | ((second >>> 16) & 0xff)]! ^
      TABLES[second >>> 24]!;
  }
  for (let at = stepsEnd; at < bytes.byteLength; at++) crc = (crc >>> 8) ^ TABLES[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
}

/** The sum of bytes whose sum is `before`, and `sizeBytes` more behind them, of which the sum is `behind`. */
export function joinedCrc32(before: number, behind: number, sizeBytes: number): number {
  return (product(zerosBehind(sizeBytes), before) ^ behind) >>> 0;
}

/** What a sum is multiplied with when so many zero bytes follow: x to the power of their bits, by squaring. */
function zerosBehind(sizeBytes: number): number {
  let power = ONE;
  let factor = EIGHT_BITS;
  for (let left = sizeBytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power = product(factor, power);
    factor = product(factor, factor);
  }
  return power;
}

/** The polynomials 1 and x^8. */
const ONE = 0x80000000 | 0;
const EIGHT_BITS = 1 << 23;

/** The product of two polynomials over GF(2), modulo the sum's own. */
function product(a: number, b: number): number {
  let result = 0;
  let shifted = b;
  for (let term = ONE; term !== 0; term >>>= 1) {
    if ((a & term) !== 0) result ^= shifted;
    shifted = (shifted & 1) !== 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
  }
  return result;
}
