/**
 * SHA-256 (FIPS 180-4). WebCrypto is faster but takes whole buffers only; layers come as streams, so there is an
 * incremental implementation beside it. The rounds are unrolled by eight with the registers renamed in place of moved:
 * that is what makes it two to three times as fast as the textbook loop.
 */
import { hex, ownBytes } from '../base/bytes.ts';
import { sha256Digest, type Digest } from '../oci/digest.ts';

const BLOCK_BYTES = 64;

/** The first 32 bits of the fractional part of `root` of each of the first primes. */
function fractionsOfPrimes(count: number, root: (prime: bigint) => bigint): Int32Array {
  const words = new Int32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
    if (prime) words[found++] = Number(BigInt.asIntN(32, root(BigInt(candidate))));
  }
  return words;
}

/** The largest integer whose `power`th power is at most `value`. */
function integerRoot(value: bigint, power: bigint): bigint {
  let low = 0n;
  let high = 1n << 48n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** power <= value) low = middle;
    else high = middle - 1n;
  }
  return low;
}

const ROUND_CONSTANTS = fractionsOfPrimes(64, (prime) => integerRoot(prime << 96n, 3n));
const INITIAL_STATE = fractionsOfPrimes(8, (prime) => integerRoot(prime << 64n, 2n));

/** An incremental SHA-256. Feed it with `update`; `digestHex` ends it. */
export class Sha256 {
  readonly #state = Int32Array.from(INITIAL_STATE);
  readonly #schedule = new Int32Array(64);
  readonly #pending = new Uint8Array(BLOCK_BYTES);
  #pendingBytes = 0;
  #totalBytes = 0;
  #finished = false;

  /** Appends bytes; they may be reused by the caller afterwards. Throws once the digest was taken. */
  update(bytes: Uint8Array): this {
    if (this.#finished) throw new TypeError('the digest was taken already');
    this.#totalBytes += bytes.byteLength;
    let offset = 0;
    if (this.#pendingBytes > 0) {
      offset = Math.min(BLOCK_BYTES - this.#pendingBytes, bytes.byteLength);
      this.#pending.set(bytes.subarray(0, offset), this.#pendingBytes);
      this.#pendingBytes += offset;
      if (this.#pendingBytes < BLOCK_BYTES) return this;
      compress(this.#state, this.#schedule, this.#pending, 0, BLOCK_BYTES);
      this.#pendingBytes = 0;
    }
    const wholeEnd = bytes.byteLength - ((bytes.byteLength - offset) % BLOCK_BYTES);
    compress(this.#state, this.#schedule, bytes, offset, wholeEnd);
    if (wholeEnd < bytes.byteLength) {
      this.#pending.set(bytes.subarray(wholeEnd));
      this.#pendingBytes = bytes.byteLength - wholeEnd;
    }
    return this;
  }

  /** The digest's 64 hexadecimal digits. Nothing can be appended afterwards. */
  digestHex(): string {
    if (!this.#finished) this.#finish();
    const out = new Uint8Array(32);
    const view = new DataView(out.buffer);
    this.#state.forEach((word, i) => view.setInt32(i * 4, word));
    return hex(out);
  }

  #finish(): void {
    this.#finished = true;
    const tail = new Uint8Array(this.#pendingBytes < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES);
    tail.set(this.#pending.subarray(0, this.#pendingBytes));
    tail[this.#pendingBytes] = 0x80;
    new DataView(tail.buffer).setBigUint64(tail.byteLength - 8, BigInt(this.#totalBytes) * 8n);
    compress(this.#state, this.#schedule, tail, 0, tail.byteLength);
  }
}

/** Runs the whole blocks of `bytes` from `start` to `end` through `state`; `w` is scratch of 64 words. */
function compress(state: Int32Array, w: Int32Array, bytes: Uint8Array, start: number, end: number): void {
  const k = ROUND_CONSTANTS;
  let h0 = state[0]!;
  let h1 = state[1]!;
  let h2 = state[2]!;
  let h3 = state[3]!;
  let h4 = state[4]!;
  let h5 = state[5]!;
  let h6 = state[6]!;
  let h7 = state[7]!;
  for (let block = start; block < end; block += BLOCK_BYTES) {
    expandSchedule(w, bytes, block);
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    let e = h4;
    let f = h5;
    let g = h6;
    let h = h7;
    for (let i = 0; i < 64; i += 8) {
      h =
        (h +
          (((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))) +
          (g ^ (e & (f ^ g))) +
          k[i]! +
          w[i]!) |
        0;
      d = (d + h) | 0;
      h =
        (h +
          (((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))) +
          ((a & b) | (c & (a | b)))) |
        0;
      g =
        (g +
          (((d >>> 6) | (d << 26)) ^ ((d >>> 11) | (d << 21)) ^ ((d >>> 25) | (d << 7))) +
          (f ^ (d & (e ^ f))) +
          k[i + 1]! +
          w[i + 1]!) |
        0;
      c = (c + g) | 0;
      g =
        (g +
          (((h >>> 2) | (h << 30)) ^ ((h >>> 13) | (h << 19)) ^ ((h >>> 22) | (h << 10))) +
          ((h & a) | (b & (h | a)))) |
        0;
      f =
        (f +
          (((c >>> 6) | (c << 26)) ^ ((c >>> 11) | (c << 21)) ^ ((c >>> 25) | (c << 7))) +
          (e ^ (c & (d ^ e))) +
          k[i + 2]! +
          w[i + 2]!) |
        0;
      b = (b + f) | 0;
      f =
        (f +
          (((g >>> 2) | (g << 30)) ^ ((g >>> 13) | (g << 19)) ^ ((g >>> 22) | (g << 10))) +
          ((g & h) | (a & (g | h)))) |
        0;
      e =
        (e +
          (((b >>> 6) | (b << 26)) ^ ((b >>> 11) | (b << 21)) ^ ((b >>> 25) | (b << 7))) +
          (d ^ (b & (c ^ d))) +
          k[i + 3]! +
          w[i + 3]!) |
        0;
      a = (a + e) | 0;
      e =
        (e +
          (((f >>> 2) | (f << 30)) ^ ((f >>> 13) | (f << 19)) ^ ((f >>> 22) | (f << 10))) +
          ((f & g) | (h & (f | g)))) |
        0;
      d =
        (d +
          (((a >>> 6) | (a << 26)) ^ ((a >>> 11) | (a << 21)) ^ ((a >>> 25) | (a << 7))) +
          (c ^ (a & (b ^ c))) +
          k[i + 4]! +
          w[i + 4]!) |
        0;
      h = (h + d) | 0;
      d =
        (d +
          (((e >>> 2) | (e << 30)) ^ ((e >>> 13) | (e << 19)) ^ ((e >>> 22) | (e << 10))) +
          ((e & f) | (g & (e | f)))) |
        0;
      c =
        (c +
          (((h >>> 6) | (h << 26)) ^ ((h >>> 11) | (h << 21)) ^ ((h >>> 25) | (h << 7))) +
          (b ^ (h & (a ^ b))) +
          k[i + 5]! +
          w[i + 5]!) |
        0;
      g = (g + c) | 0;
      c =
        (c +
          (((d >>> 2) | (d << 30)) ^ ((d >>> 13) | (d << 19)) ^ ((d >>> 22) | (d << 10))) +
          ((d & e) | (f & (d | e)))) |
        0;
      b =
        (b +
          (((g >>> 6) | (g << 26)) ^ ((g >>> 11) | (g << 21)) ^ ((g >>> 25) | (g << 7))) +
          (a ^ (g & (h ^ a))) +
          k[i + 6]! +
          w[i + 6]!) |
        0;
      f = (f + b) | 0;
      b =
        (b +
          (((c >>> 2) | (c << 30)) ^ ((c >>> 13) | (c << 19)) ^ ((c >>> 22) | (c << 10))) +
          ((c & d) | (e & (c | d)))) |
        0;
      a =
        (a +
          (((f >>> 6) | (f << 26)) ^ ((f >>> 11) | (f << 21)) ^ ((f >>> 25) | (f << 7))) +
          (h ^ (f & (g ^ h))) +
          k[i + 7]! +
          w[i + 7]!) |
        0;
      e = (e + a) | 0;
      a =
        (a +
          (((b >>> 2) | (b << 30)) ^ ((b >>> 13) | (b << 19)) ^ ((b >>> 22) | (b << 10))) +
          ((b & c) | (d & (b | c)))) |
        0;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
    h5 = (h5 + f) | 0;
    h6 = (h6 + g) | 0;
    h7 = (h7 + h) | 0;
  }
  state.set([h0, h1, h2, h3, h4, h5, h6, h7]);
}

/** The 64 words of the message schedule for the block at `block`. */
function expandSchedule(w: Int32Array, bytes: Uint8Array, block: number): void {
  for (let i = 0, at = block; i < 16; i++, at += 4) {
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
}

/** The hexadecimal SHA-256 of bytes at hand, by WebCrypto. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', ownBytes(bytes))));
}

/** The digest of bytes at hand, by WebCrypto. */
export async function digestOf(bytes: Uint8Array): Promise<Digest> {
  return sha256Digest(await sha256Hex(bytes));
}

/** The hexadecimal SHA-256 of a few kilobytes, where waiting for a promise would cost more than the hash. */
export function sha256OfSmall(bytes: Uint8Array): string {
  return new Sha256().update(bytes).digestHex();
}

/** What a stream held. */
export interface StreamDigest {
  readonly digest: Digest;
  readonly sizeBytes: number;
}

/** Digest and length of a stream, which it consumes. */
export async function hashStream(stream: ReadableStream<Uint8Array>): Promise<StreamDigest> {
  const hash = new Sha256();
  let sizeBytes = 0;
  for await (const chunk of stream) {
    hash.update(chunk);
    sizeBytes += chunk.byteLength;
  }
  return { digest: sha256Digest(hash.digestHex()), sizeBytes };
}

/**
 * A transform that passes chunks on unchanged and hashes them on the way; `onEnd` hears the result just before the
 * readable side closes, and nothing when the stream breaks off.
 */
export function hashingTransform(
  onEnd: (result: StreamDigest) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const hash = new Sha256();
  let sizeBytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      hash.update(chunk);
      sizeBytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
    flush() {
      onEnd({ digest: sha256Digest(hash.digestHex()), sizeBytes });
    },
  });
}
