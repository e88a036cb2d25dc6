/** Bits of a buffer, the most significant of each byte first. */

export class BitReader {
  readonly #bytes: Uint8Array;
  #at: number;
  /** Bits taken from the buffer and not yet read: the lowest `#held` of `#window`. */
  #window = 0;
  #held = 0;

  constructor(bytes: Uint8Array, start = 0) {
    this.#bytes = bytes;
    this.#at = start;
  }

  /** The byte that the next bit is of. */
  get byteOffset(): number {
    return this.#at - Math.ceil(this.#held / 8);
  }

  /** The next `count` bits (24 at most) as a number. Throws RangeError past the end. */
  read(count: number): number {
    while (this.#held < count) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('it ends too early');
      this.#window = (this.#window << 8) | byte;
      this.#held += 8;
    }
    this.#held -= count;
    return (this.#window >>> this.#held) & ((1 << count) - 1);
  }

  /** Passes over what is left of the current byte. */
  alignToByte(): void {
    this.#held -= this.#held % 8;
  }
}
