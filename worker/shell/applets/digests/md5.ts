/** MD5 (RFC 1321), which WebCrypto does not offer. */
import { hex } from '../../../base/bytes.ts';

const BLOCK_BYTES = 64;
/** How far each of the four steps of a round rotates (RFC 1321, section 3.4). */
const ROTATIONS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;
const SHIFTS = Uint8Array.from(
  { length: 64 },
  (_, i) => ROTATIONS[(i >> 4) as 0 | 1 | 2 | 3][(i & 3) as 0 | 1 | 2 | 3],
);
const CONSTANTS = Int32Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** An incremental MD5. */
export class Md5 {
  readonly #state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  readonly #words = new Int32Array(16);
  readonly #pending = new Uint8Array(BLOCK_BYTES);
  #pendingBytes = 0;
  #totalBytes = 0;

  update(bytes: Uint8Array): void {
    this.#totalBytes += bytes.byteLength;
    let offset = 0;
    if (this.#pendingBytes > 0) {
      offset = Math.min(BLOCK_BYTES - this.#pendingBytes, bytes.byteLength);
      this.#pending.set(bytes.subarray(0, offset), this.#pendingBytes);
      this.#pendingBytes += offset;
      if (this.#pendingBytes < BLOCK_BYTES) return;
      this.#compress(this.#pending, 0);
    }
    for (; offset + BLOCK_BYTES <= bytes.byteLength; offset += BLOCK_BYTES) this.#compress(bytes, offset);
    this.#pending.set(bytes.subarray(offset));
    this.#pendingBytes = bytes.byteLength - offset;
  }

  /** The 32 digits. Nothing can be added afterwards. */
  digestHex(): string {
    const bits = BigInt(this.#totalBytes) * 8n;
    const padding = (BLOCK_BYTES * 2 - 9 - this.#pendingBytes) % BLOCK_BYTES;
    const tail = new Uint8Array(1 + padding + 8);
    tail[0] = 0x80;
    new DataView(tail.buffer).setBigUint64(1 + padding, BigInt.asUintN(64, bits), true);
    this.update(tail);
    const digest = new DataView(new ArrayBuffer(16));
    this.#state.forEach((word, i) => digest.setInt32(i * 4, word, true));
    return hex(new Uint8Array(digest.buffer));
  }

  #compress(bytes: Uint8Array, start: number): void {
    const words = this.#words;
    for (let i = 0, at = start; i < 16; i++, at += 4)
      words[i] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    const state = this.#state;
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    for (let i = 0; i < 64; i++) {
      const round = i >> 4;
      const mixed =
        round === 0 ? (b & c) | (~b & d) : round === 1 ? (b & d) | (c & ~d) : round === 2 ? b ^ c ^ d : c ^ (b | ~d);
      const word = round === 0 ? i : round === 1 ? 5 * i + 1 : round === 2 ? 3 * i + 5 : 7 * i;
      const sum = (a + mixed + CONSTANTS[i]! + words[word & 15]!) | 0;
      const shift = SHIFTS[i]!;
      a = d;
      d = c;
      c = b;
      b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
    }
    state[0] = (state[0]! + a) | 0;
    state[1] = (state[1]! + b) | 0;
    state[2] = (state[2]! + c) | 0;
    state[3] = (state[3]! + d) | 0;
  }
}
