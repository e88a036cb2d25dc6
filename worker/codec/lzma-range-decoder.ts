/** LZMA's range decoder: bits out of a buffer, each with an adaptive probability (the LZMA specification, "Range Decoder"). */

const PROBABILITY_BITS = 11;
const ADAPTION_SHIFT = 5;
const TOP = 1 << 24;
/** One byte that is always zero, and four that fill the decoder. */
const HEADER_BYTES = 5;

export class RangeDecoder {
  readonly #input: Uint8Array;
  #at = HEADER_BYTES;
  #range = 0xffffffff;
  #code: number;

  /** Throws RangeError for a buffer that does not begin as it must. */
  constructor(input: Uint8Array) {
    if (input.byteLength < HEADER_BYTES || input[0] !== 0) throw new RangeError('a chunk does not begin as it must');
    this.#input = input;
    this.#code = new DataView(input.buffer, input.byteOffset).getUint32(1);
  }

  /** One bit, by the probability at `index`, which learns from it. */
  bit(probabilities: Uint16Array, index: number): 0 | 1 {
    const probability = probabilities[index]!;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    let bit: 0 | 1;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[index] = probability + (((1 << PROBABILITY_BITS) - probability) >> ADAPTION_SHIFT);
      bit = 0;
    } else {
      this.#range -= bound;
      this.#code -= bound;
      probabilities[index] = probability - (probability >> ADAPTION_SHIFT);
      bit = 1;
    }
    if (this.#range < TOP) this.#normalise();
    return bit;
  }

  /** `count` bits, the most significant first, each by the probability of the bits before it. */
  tree(probabilities: Uint16Array, base: number, count: number): number {
    let symbol = 1;
    for (let i = 0; i < count; i++) symbol = (symbol << 1) | this.bit(probabilities, base + symbol);
    return symbol - (1 << count);
  }

  /** The same, the least significant bit first. */
  reverseTree(probabilities: Uint16Array, base: number, count: number): number {
    let symbol = 1;
    let value = 0;
    for (let i = 0; i < count; i++) {
      const bit = this.bit(probabilities, base + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  /** `count` bits that are zero and one equally often. */
  direct(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.#range >>>= 1;
      const one = this.#code >= this.#range;
      if (one) this.#code -= this.#range;
      value = value * 2 + (one ? 1 : 0);
      if (this.#range < TOP) this.#normalise();
    }
    return value;
  }

  /** Throws RangeError when the buffer was not read to its end. */
  finish(): void {
    if (this.#code !== 0 || this.#at !== this.#input.byteLength)
      throw new RangeError('a chunk does not end as it must');
  }

  #normalise(): void {
    const byte = this.#input[this.#at++];
    if (byte === undefined) throw new RangeError('it ends too early');
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | byte) >>> 0;
  }
}
