/**
 * Writing bzip2: runs shortened, the Burrows-Wheeler transform, moving to the front, and one Huffman code a block. Blocks are smaller than
 * the program's, so that none takes long; what comes out is a few per cent larger than its own.
 */
import type { Bytes } from '../base/bytes.ts';
import { blockChecksum } from './bzip2.ts';
import { sortRotations } from './bzip2-sort.ts';
import { chunkStream } from './chunk-stream.ts';
import { huffmanCode } from './deflate/huffman.ts';

/** Bytes of a block after its runs are shortened: under the 900,000 that the header promises decoders at most. */
const BLOCK_BYTES = 200_000;
const SYMBOLS_PER_GROUP = 50;
const MAX_CODE_LENGTH = 15;
const BLOCK_MAGIC = [0x314159, 0x265359] as const;
const END_MAGIC = [0x177245, 0x385090] as const;

/** The bytes of a stream as a bzip2 file. */
export function bzip2(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(writeBlocks(stream));
}

async function* writeBlocks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  const bits = new HighBitWriter();
  for (const byte of [0x42, 0x5a, 0x68, 0x39]) bits.write(byte, 8);
  let combined = 0;
  const add = (plain: Uint8Array, shortened: Uint8Array): void => {
    const sum = blockChecksum(plain);
    combined = ((combined << 1) | (combined >>> 31)) ^ sum;
    writeBlock(bits, shortened, sum);
  };
  let block = new RunShortener();
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.byteLength;) {
      at += block.take(chunk.subarray(at));
      if (!block.full) continue;
      add(block.plain(), block.shortened());
      yield bits.taken();
      block = new RunShortener();
    }
  }
  if (block.plain().byteLength > 0) add(block.plain(), block.shortened());
  for (const part of END_MAGIC) bits.write(part, 24);
  bits.write(combined >>> 16, 16);
  bits.write(combined & 0xffff, 16);
  bits.align();
  yield bits.taken();
}

/** Gathers a block: of four equal bytes or more a byte behind them tells how many follow, up to 251. */
class RunShortener {
  // a run of four takes five bytes, and saves none
  readonly #shortened = new Uint8Array(BLOCK_BYTES + 8);
  readonly #plain: Uint8Array[] = [];
  #length = 0;
  #previous = -1;
  #run = 0;

  get full(): boolean {
    return this.#length >= BLOCK_BYTES;
  }

  /** Takes bytes until it is full; gives how many. */
  take(bytes: Uint8Array): number {
    let at = 0;
    for (; at < bytes.byteLength && !this.full; at++) this.#add(bytes[at]!);
    this.#plain.push(bytes.slice(0, at));
    return at;
  }

  #add(byte: number): void {
    if (byte !== this.#previous || this.#run === 255) {
      this.#previous = byte;
      this.#run = 0;
    }
    this.#run++;
    if (this.#run <= 4) this.#shortened[this.#length++] = byte;
    if (this.#run === 4) this.#shortened[this.#length++] = 0;
    else if (this.#run > 4) this.#shortened[this.#length - 1]!++;
  }

  plain(): Uint8Array {
    const size = this.#plain.reduce((sum, part) => sum + part.byteLength, 0);
    const joined = new Uint8Array(size);
    let at = 0;
    for (const part of this.#plain) {
      joined.set(part, at);
      at += part.byteLength;
    }
    return joined;
  }

  shortened(): Uint8Array {
    return this.#shortened.subarray(0, this.#length);
  }
}

function writeBlock(bits: HighBitWriter, block: Uint8Array, sum: number): void {
  const { last, origin } = sortRotations(block);
  for (const part of BLOCK_MAGIC) bits.write(part, 24);
  bits.write(sum >>> 16, 16);
  bits.write(sum & 0xffff, 16);
  bits.write(0, 1);
  bits.write(origin, 24);
  const used = writeUsedBytes(bits, last);
  const symbols = movedToFront(last, used);
  const alphabet = used.length + 2;
  const frequencies = new Uint32Array(alphabet).fill(1);
  for (const symbol of symbols) frequencies[symbol]!++;
  const { lengths, bits: codes } = huffmanCode(frequencies, MAX_CODE_LENGTH);
  // two codes are the fewest that decoders take; all groups use the first
  bits.write(2, 3);
  const groups = Math.ceil(symbols.length / SYMBOLS_PER_GROUP);
  bits.write(groups, 15);
  for (let group = 0; group < groups; group++) bits.write(0, 1);
  writeLengths(bits, lengths);
  writeLengths(bits, lengths);
  for (const symbol of symbols) bits.writeReversed(codes[symbol]!, lengths[symbol]!);
}

/** Which of the 256 bytes occur, as sixteen groups of sixteen; gives them in order. */
function writeUsedBytes(bits: HighBitWriter, block: Uint8Array): readonly number[] {
  const occurs = new Uint8Array(256);
  for (const byte of block) occurs[byte] = 1;
  const rows = Array.from({ length: 16 }, (_, row) => occurs.subarray(row * 16, row * 16 + 16));
  for (const row of rows) bits.write(row.includes(1) ? 1 : 0, 1);
  for (const row of rows) if (row.includes(1)) for (const flag of row) bits.write(flag, 1);
  return Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => occurs[byte] === 1);
}

/** Each byte as its place in a list of those used lately, runs of the first place as a number of two kinds of digits, the end. */
function movedToFront(block: Uint8Array, used: readonly number[]): Uint16Array {
  const symbols = new Uint16Array(block.byteLength + 1);
  const recent = Uint8Array.from(used);
  let length = 0;
  let zeros = 0;
  const endRun = (): void => {
    for (let rest = zeros; rest > 0; rest = (rest - 1) >> 1) symbols[length++] = (rest & 1) === 1 ? 0 : 1;
    zeros = 0;
  };
  for (const byte of block) {
    const place = recent.indexOf(byte);
    if (place === 0) {
      zeros++;
      continue;
    }
    endRun();
    recent.copyWithin(1, 0, place);
    recent[0] = byte;
    symbols[length++] = place + 1;
  }
  endRun();
  symbols[length++] = used.length + 1;
  return symbols.subarray(0, length);
}

/** Code lengths as steps up and down from one to the next. */
function writeLengths(bits: HighBitWriter, lengths: Uint8Array): void {
  let current = lengths[0]!;
  bits.write(current, 5);
  for (const length of lengths) {
    for (; current < length; current++) bits.write(0b10, 2);
    for (; current > length; current--) bits.write(0b11, 2);
    bits.write(0, 1);
  }
}

/** Bits into bytes, the highest bit of a byte first. */
class HighBitWriter {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  #pending = 0;
  #pendingBits = 0;

  /** Writes the lowest `count` bits of `value`, at most 24. */
  write(value: number, count: number): void {
    this.#pending = (this.#pending << count) | value;
    this.#pendingBits += count;
    while (this.#pendingBits >= 8) {
      this.#pendingBits -= 8;
      this.#put((this.#pending >>> this.#pendingBits) & 0xff);
    }
    this.#pending &= (1 << this.#pendingBits) - 1;
  }

  /** Writes bits that are stored lowest first. */
  writeReversed(value: number, count: number): void {
    let turned = 0;
    for (let bit = 0; bit < count; bit++) turned |= ((value >>> bit) & 1) << (count - 1 - bit);
    this.write(turned, count);
  }

  align(): void {
    if (this.#pendingBits > 0) this.write(0, 8 - this.#pendingBits);
  }

  /** The whole bytes since the last time. */
  taken(): Bytes {
    const bytes = this.#bytes.slice(0, this.#length);
    this.#length = 0;
    return bytes;
  }

  #put(byte: number): void {
    if (this.#length === this.#bytes.byteLength) {
      const larger = new Uint8Array(this.#length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}
