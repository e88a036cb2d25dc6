/** Bits into bytes as DEFLATE packs them (RFC 1951, 3.1.1): the lowest bit of a byte first. */
import type { Bytes } from '../../base/bytes.ts';

/** What is written for each symbol, and how many bits it has: at most 15. */
export interface SymbolCode {
  readonly bits: Uint16Array;
  readonly lengths: Uint8Array;
}

/** Writes into a buffer of its own, which is used again after each `take`. */
export class BitWriter {
  readonly #buffer: Bytes;
  #bytes = 0;
  #pending = 0;
  #pendingBits = 0;

  /** `capacity`: the most bytes that are written before they are taken. */
  constructor(capacity: number) {
    this.#buffer = new Uint8Array(capacity);
  }

  /** Writes the lowest `count` bits of `value`, at most 16; the others must be 0. */
  write(value: number, count: number): void {
    this.#pending |= value << this.#pendingBits;
    this.#pendingBits += count;
    if (this.#pendingBits < 16) return;
    this.#buffer[this.#bytes++] = this.#pending;
    this.#buffer[this.#bytes++] = this.#pending >>> 8;
    this.#pending >>>= 16;
    this.#pendingBits -= 16;
  }

  /** Writes the codes of `data` from `start` to `end`: the bits of each byte's symbol. Its state stays in registers, unlike `write`'s. */
  writeSymbols(data: Uint8Array, start: number, end: number, { bits, lengths }: SymbolCode): void {
    const buffer = this.#buffer;
    let written = this.#bytes;
    let pending = this.#pending;
    let pendingBits = this.#pendingBits;
    for (let at = start; at < end; at++) {
      const symbol = data[at]!;
      pending |= bits[symbol]! << pendingBits;
      pendingBits += lengths[symbol]!;
      if (pendingBits < 16) continue;
      buffer[written++] = pending;
      buffer[written++] = pending >>> 8;
      pending >>>= 16;
      pendingBits -= 16;
    }
    this.#bytes = written;
    this.#pending = pending;
    this.#pendingBits = pendingBits;
  }

  /** Fills the last byte up with zeros. */
  align(): void {
    for (; this.#pendingBits > 0; this.#pendingBits -= 8) {
      this.#buffer[this.#bytes++] = this.#pending;
      this.#pending >>>= 8;
    }
    this.#pendingBits = 0;
  }

  /** Writes whole bytes, on a byte boundary. */
  writeBytes(bytes: Uint8Array): void {
    this.#buffer.set(bytes, this.#bytes);
    this.#bytes += bytes.byteLength;
  }

  /** What was written since the last `take`, on a byte boundary. */
  take(): Bytes {
    const taken = this.#buffer.slice(0, this.#bytes);
    this.#bytes = 0;
    return taken;
  }
}
