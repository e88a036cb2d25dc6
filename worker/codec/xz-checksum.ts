/** The checks an xz block may carry (the .xz file format, section 3.4), computed over its uncompressed bytes. */
import { hex } from '../base/bytes.ts';
import { crc32 } from './crc32.ts';
import { Sha256 } from './sha256.ts';

/** A check in the making. `finish` gives the bytes as they stand in the file, in hexadecimal. */
export interface XzChecksum {
  update(bytes: Uint8Array): void;
  finish(): string;
}

const CHECK_NONE = 0;
const CHECK_CRC32 = 1;
const CHECK_CRC64 = 4;
const CHECK_SHA256 = 10;

/** Bytes of each kind of check. */
export const XZ_CHECK_BYTES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64] as const;

/** A check of the kind a stream's flags name; undefined for none, and for one that nothing here computes. */
export function createXzChecksum(kind: number): XzChecksum | undefined {
  switch (kind) {
    case CHECK_CRC32:
      return crc32Checksum();
    case CHECK_CRC64:
      return crc64Checksum();
    case CHECK_SHA256: {
      const hash = new Sha256();
      return { update: (bytes) => void hash.update(bytes), finish: () => hash.digestHex() };
    }
    case CHECK_NONE:
    default:
      return undefined;
  }
}

/** CRC-64 of ECMA-182, reflected, in two halves: a number of JavaScript holds 53 bits. */
const POLYNOMIAL = { low: 0xd7870f42 | 0, high: 0xc96c5795 | 0 };
const CRC64_LOW = new Int32Array(256);
const CRC64_HIGH = new Int32Array(256);
for (let byte = 0; byte < 256; byte++) {
  let low = byte;
  let high = 0;
  for (let bit = 0; bit < 8; bit++) {
    const odd = (low & 1) !== 0;
    low = (low >>> 1) | (high << 31);
    high = high >>> 1;
    if (odd) {
      low ^= POLYNOMIAL.low;
      high ^= POLYNOMIAL.high;
    }
  }
  CRC64_LOW[byte] = low;
  CRC64_HIGH[byte] = high;
}

function crc32Checksum(): XzChecksum {
  let sum = 0;
  return {
    update(bytes) {
      sum = crc32(bytes, sum);
    },
    finish() {
      const out = new DataView(new ArrayBuffer(4));
      out.setUint32(0, sum, true);
      return hex(new Uint8Array(out.buffer));
    },
  };
}

function crc64Checksum(): XzChecksum {
  let low = -1;
  let high = -1;
  return {
    update(bytes) {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ CRC64_LOW[index]!;
        high = (high >>> 8) ^ CRC64_HIGH[index]!;
      }
    },
    finish() {
      const out = new DataView(new ArrayBuffer(8));
      out.setInt32(0, ~low, true);
      out.setInt32(4, ~high, true);
      return hex(new Uint8Array(out.buffer));
    },
  };
}
