/** The entropy coding of a bzip2 block: Huffman codes, a second run-length coding, and move-to-front. */
import type { BitReader } from './bit-reader.ts';

/** Symbols coded with one table before the next may be chosen. */
const GROUP_SIZE = 50;
const MAX_CODE_LENGTH = 20;
const RUN_A = 0;
const RUN_B = 1;

/** Decodes a block's symbols: the last column of its sorted rotations. Throws RangeError for what no block can hold. */
export function decodeBzip2Symbols(reader: BitReader, maxBytes: number): Uint8Array {
  const alphabet = readAlphabet(reader);
  const tableCount = reader.read(3);
  const selectors = readSelectors(reader, tableCount);
  const symbolCount = alphabet.length + 2;
  const tables = Array.from({ length: tableCount }, () => readTable(reader, symbolCount));
  const endOfBlock = symbolCount - 1;
  const out = new Uint8Array(maxBytes);
  let at = 0;
  let run = 0;
  let runUnit = 1;
  for (let group = 0; ; group++) {
    const table = tables[selectors[group] ?? -1];
    if (table === undefined) throw new RangeError('a block has no table for its symbols');
    for (let i = 0; i < GROUP_SIZE; i++) {
      const symbol = decodeSymbol(reader, table);
      if (symbol === RUN_A || symbol === RUN_B) {
        // runs of the front symbol are numbers in base two with the digits 1 and 2
        run += symbol === RUN_A ? runUnit : runUnit * 2;
        runUnit *= 2;
        if (run > maxBytes) throw new RangeError('a block is too long');
        continue;
      }
      if (at + run + 1 > maxBytes && symbol !== endOfBlock) throw new RangeError('a block is too long');
      if (run > 0) out.fill(alphabet[0] ?? 0, at, at + run);
      at += run;
      run = 0;
      runUnit = 1;
      if (symbol === endOfBlock) return out.subarray(0, Math.min(at, maxBytes));
      const byte = alphabet[symbol - 1] ?? 0;
      alphabet.copyWithin(1, 0, symbol - 1);
      alphabet[0] = byte;
      out[at++] = byte;
    }
  }
}

/** The bytes that occur, in order: a map of sixteen ranges, then of the bytes in each range that is used. */
function readAlphabet(reader: BitReader): Uint8Array {
  const ranges = reader.read(16);
  const alphabet: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (((ranges >> (15 - range)) & 1) === 0) continue;
    const used = reader.read(16);
    for (let i = 0; i < 16; i++) if (((used >> (15 - i)) & 1) === 1) alphabet.push(range * 16 + i);
  }
  if (alphabet.length === 0) throw new RangeError('a block has no symbols');
  return Uint8Array.from(alphabet);
}

/** Which table each group of symbols uses, itself coded by move-to-front. */
function readSelectors(reader: BitReader, tableCount: number): Uint8Array {
  const count = reader.read(15);
  if (tableCount < 2 || tableCount > 6 || count === 0) throw new RangeError('a block has no tables');
  const order = Array.from({ length: tableCount }, (_, table) => table);
  return Uint8Array.from({ length: count }, () => {
    let place = 0;
    while (reader.read(1) === 1) place++;
    if (place >= tableCount) throw new RangeError('a block uses a table it does not have');
    const [table = 0] = order.splice(place, 1);
    order.unshift(table);
    return table;
  });
}

/** A canonical Huffman code: for each length the last code, and where its symbols stand in the list. */
interface CodeTable {
  readonly symbols: readonly number[];
  readonly limits: Int32Array;
  readonly bases: Int32Array;
  readonly shortest: number;
}

function readTable(reader: BitReader, symbolCount: number): CodeTable {
  let length = reader.read(5);
  const lengths = Array.from({ length: symbolCount }, () => {
    while (reader.read(1) === 1) length += reader.read(1) === 0 ? 1 : -1;
    if (length < 1 || length > MAX_CODE_LENGTH) throw new RangeError('a code has an impossible length');
    return length;
  });
  const symbols: number[] = [];
  const limits = new Int32Array(MAX_CODE_LENGTH + 2).fill(-1);
  const bases = new Int32Array(MAX_CODE_LENGTH + 2);
  let code = 0;
  for (let bits = 1; bits <= MAX_CODE_LENGTH; bits++) {
    const base = symbols.length - code;
    bases[bits] = base;
    lengths.forEach((of, symbol) => {
      if (of === bits) symbols.push(symbol);
    });
    code = symbols.length - base;
    limits[bits] = code - 1;
    code <<= 1;
  }
  return { symbols, limits, bases, shortest: Math.min(...lengths) };
}

function decodeSymbol(reader: BitReader, { symbols, limits, bases, shortest }: CodeTable): number {
  let code = reader.read(shortest);
  for (let bits = shortest; bits <= MAX_CODE_LENGTH; bits++) {
    if (code <= limits[bits]!) {
      const symbol = symbols[code + bases[bits]!];
      if (symbol !== undefined) return symbol;
    }
    code = (code << 1) | reader.read(1);
  }
  throw new RangeError('a code stands for nothing');
}
