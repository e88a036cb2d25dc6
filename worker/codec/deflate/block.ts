/**
 * Blocks of DEFLATE (RFC 1951, 3.2.3 to 3.2.7). A span of bytes is written as a block with codes of its own, or as it is where that
 * is no longer: executables in archives, pictures, noise.
 */
import type { BitWriter, SymbolCode } from './bit-writer.ts';
import type { Sequences } from './find-matches.ts';
import { huffmanCode } from './huffman.ts';

/** The most bytes a stored block holds. */
export const MAX_BLOCK_BYTES = 0xffff;

const STORED = 0;
const DYNAMIC = 2;
const END_OF_BLOCK = 256;
const LITERAL_SYMBOLS = 286;
const DISTANCE_SYMBOLS = 30;
const MAX_CODE_BITS = 15;
const MAX_LENGTH_CODE_BITS = 7;

/** Symbol, number of further bits, and the first value, for each value that a symbol may stand for. */
interface ValueTable {
  readonly symbolOf: Uint16Array;
  readonly extraBits: Uint8Array;
  readonly first: Uint16Array;
}

/** Lengths 3 to 258, symbols from 257 on; 258 has a symbol for itself. */
const LENGTHS = ((): ValueTable => {
  const symbolOf = new Uint16Array(259);
  const extraBits = new Uint8Array(LITERAL_SYMBOLS);
  const first = new Uint16Array(LITERAL_SYMBOLS);
  let length = 3;
  for (let symbol = 257; symbol < 285; symbol++) {
    extraBits[symbol] = symbol < 265 ? 0 : (symbol - 261) >> 2;
    first[symbol] = length;
    for (let i = 0; i < 1 << extraBits[symbol]!; i++) symbolOf[length++] = symbol;
  }
  symbolOf[258] = 285;
  first[285] = 258;
  return { symbolOf, extraBits, first };
})();

/** Distances 1 to 32768. */
const DISTANCES = ((): ValueTable => {
  const symbolOf = new Uint16Array(32 * 1024 + 1);
  const extraBits = new Uint8Array(DISTANCE_SYMBOLS);
  const first = new Uint16Array(DISTANCE_SYMBOLS);
  let distance = 1;
  for (let symbol = 0; symbol < DISTANCE_SYMBOLS; symbol++) {
    extraBits[symbol] = symbol < 4 ? 0 : (symbol - 2) >> 1;
    first[symbol] = distance;
    for (let i = 0; i < 1 << extraBits[symbol]!; i++) symbolOf[distance++] = symbol;
  }
  return { symbolOf, extraBits, first };
})();

/** How often each symbol occurs in a block. */
interface Frequencies {
  readonly literals: Uint32Array;
  readonly distances: Uint32Array;
}

/** Writes `data` from `start` to `end`, of which `found` tells the repetitions, as a block that is not the last. */
export function writeBlock(out: BitWriter, data: Uint8Array, start: number, end: number, found: Sequences): void {
  const frequencies = countSymbols(data, start, found);
  const literals = huffmanCode(frequencies.literals, MAX_CODE_BITS);
  const distances = huffmanCode(frequencies.distances, MAX_CODE_BITS);
  const header = codeHeader(literals.lengths, distances.lengths);
  const bits = header.bits + encodedBits(frequencies, literals, distances);
  if (bits >= (end - start) * 8) {
    writeStored(out, data.subarray(start, end));
    return;
  }
  out.write(DYNAMIC << 1, 3);
  header.write(out);
  writeSequences(out, data, start, found, literals, distances);
}

/** Writes bytes as they are. Of none at all it is what ends on a byte boundary (zlib's "sync flush"). */
export function writeStored(out: BitWriter, bytes: Uint8Array): void {
  out.write(STORED << 1, 3);
  out.align();
  const { byteLength } = bytes;
  out.writeBytes(Uint8Array.of(byteLength, byteLength >>> 8, ~byteLength, ~byteLength >>> 8));
  out.writeBytes(bytes);
}

function countSymbols(data: Uint8Array, start: number, found: Sequences): Frequencies {
  const literals = new Uint32Array(LITERAL_SYMBOLS);
  const distances = new Uint32Array(DISTANCE_SYMBOLS);
  let at = start;
  for (let i = 0; i < found.count; i++) {
    for (const end = at + found.literals[i]!; at < end; at++) literals[data[at]!]!++;
    const length = found.lengths[i]!;
    if (length === 0) continue;
    literals[LENGTHS.symbolOf[length]!]!++;
    distances[DISTANCES.symbolOf[found.distances[i]!]!]!++;
    at += length;
  }
  literals[END_OF_BLOCK] = 1;
  return { literals, distances };
}

function encodedBits(frequencies: Frequencies, literals: SymbolCode, distances: SymbolCode): number {
  let bits = 0;
  frequencies.literals.forEach((count, symbol) => {
    bits += count * (literals.lengths[symbol]! + LENGTHS.extraBits[symbol]!);
  });
  frequencies.distances.forEach((count, symbol) => {
    bits += count * (distances.lengths[symbol]! + DISTANCES.extraBits[symbol]!);
  });
  return bits;
}

function writeSequences(
  out: BitWriter,
  data: Uint8Array,
  start: number,
  found: Sequences,
  literals: SymbolCode,
  distances: SymbolCode,
): void {
  let at = start;
  for (let i = 0; i < found.count; i++) {
    const literalsEnd = at + found.literals[i]!;
    out.writeSymbols(data, at, literalsEnd, literals);
    at = literalsEnd;
    const length = found.lengths[i]!;
    if (length === 0) continue;
    writeValue(out, length, LENGTHS, literals);
    writeValue(out, found.distances[i]!, DISTANCES, distances);
    at += length;
  }
  out.write(literals.bits[END_OF_BLOCK]!, literals.lengths[END_OF_BLOCK]!);
}

function writeValue(out: BitWriter, value: number, { symbolOf, extraBits, first }: ValueTable, code: SymbolCode): void {
  const symbol = symbolOf[value]!;
  out.write(code.bits[symbol]!, code.lengths[symbol]!);
  const extra = extraBits[symbol]!;
  if (extra > 0) out.write(value - first[symbol]!, extra);
}

/** The lengths of both codes, packed and coded themselves (3.2.7). */
interface CodeHeader {
  readonly bits: number;
  readonly write: (out: BitWriter) => void;
}

/** In this order their lengths are told: those seldom used come last and are left out. */
const LENGTH_CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
const [REPEAT_LAST, FEW_ZEROS, MANY_ZEROS] = [16, 17, 18] as const;
const REPEAT_BITS: Readonly<Record<number, number>> = { [REPEAT_LAST]: 2, [FEW_ZEROS]: 3, [MANY_ZEROS]: 7 };

function codeHeader(literalLengths: Uint8Array, distanceLengths: Uint8Array): CodeHeader {
  const literals = withoutLastZeros(literalLengths, 257);
  const distances = withoutLastZeros(distanceLengths, 1);
  const packed = packLengths([...literals, ...distances]);
  const frequencies = new Uint32Array(LENGTH_CODE_ORDER.length);
  for (const { symbol } of packed) frequencies[symbol]!++;
  const code = huffmanCode(frequencies, MAX_LENGTH_CODE_BITS);
  let told: number = LENGTH_CODE_ORDER.length;
  while (told > 4 && code.lengths[LENGTH_CODE_ORDER[told - 1]!] === 0) told--;

  let bits = 3 + 5 + 5 + 4 + told * 3;
  for (const { symbol } of packed) bits += code.lengths[symbol]! + (REPEAT_BITS[symbol] ?? 0);
  return {
    bits,
    write(out) {
      out.write(literals.length - 257, 5);
      out.write(distances.length - 1, 5);
      out.write(told - 4, 4);
      for (const symbol of LENGTH_CODE_ORDER.slice(0, told)) out.write(code.lengths[symbol]!, 3);
      for (const { symbol, repeat } of packed) {
        out.write(code.bits[symbol]!, code.lengths[symbol]!);
        out.write(repeat, REPEAT_BITS[symbol] ?? 0);
      }
    },
  };
}

function withoutLastZeros(lengths: Uint8Array, least: number): Uint8Array {
  let kept = lengths.length;
  while (kept > least && lengths[kept - 1] === 0) kept--;
  return lengths.subarray(0, kept);
}

/** A code length, or a repetition with the number to write behind it. */
interface PackedLength {
  readonly symbol: number;
  readonly repeat: number;
}

function packLengths(lengths: readonly number[]): readonly PackedLength[] {
  const packed: PackedLength[] = [];
  for (let at = 0; at < lengths.length;) {
    const length = lengths[at]!;
    let run = 1;
    while (lengths[at + run] === length) run++;
    at += run;
    if (length !== 0) {
      packed.push({ symbol: length, repeat: 0 });
      run--;
    }
    while (run >= 3) {
      const [symbol, least, most] =
        length !== 0 ? [REPEAT_LAST, 3, 6] : run <= 10 ? [FEW_ZEROS, 3, 10] : [MANY_ZEROS, 11, 138];
      const taken = Math.min(run, most);
      packed.push({ symbol, repeat: taken - least });
      run -= taken;
    }
    for (; run > 0; run--) packed.push({ symbol: length, repeat: 0 });
  }
  return packed;
}
