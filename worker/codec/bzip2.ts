/**
 * bzip2, reading only (the format as libbzip2 1.0 writes it): `ADD` unpacks archives in it. Streams one after another read as one.
 * Memory: the compressed bytes, and one block of at most 900 kB with its tables.
 */
import { readAll, type Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import { BitReader } from './bit-reader.ts';
import { decodeBzip2Symbols } from './bzip2-symbols.ts';
import { chunkStream } from './chunk-stream.ts';

const BLOCK_MAGIC = '314159265359';
const END_MAGIC = '177245385090';
const LEVEL_BYTES = 100_000;

/** The uncompressed bytes of a bzip2 stream. Fails with `corrupt` where the data is damaged or cut short. */
export function bunzip2(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(decodeStreams(stream));
}

async function* decodeStreams(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  const input = await readAll(stream);
  let reader = new BitReader(input);
  try {
    while (reader.byteOffset < input.byteLength) {
      const blockBytes = readHeader(reader);
      let combined = 0;
      for (let magic = readMagic(reader); magic !== END_MAGIC; magic = readMagic(reader)) {
        if (magic !== BLOCK_MAGIC) throw new RangeError('no block begins here');
        const stated = readWord(reader);
        const block = readBlock(reader, blockBytes);
        const found = blockChecksum(block);
        if (found !== stated) throw new RangeError('a block does not have the checksum it states');
        combined = (((combined << 1) | (combined >>> 31)) ^ found) >>> 0;
        yield block;
      }
      if (readWord(reader) !== combined) throw new RangeError('the stream does not have the checksum it states');
      reader.alignToByte();
      reader = new BitReader(input, reader.byteOffset);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EngineError('corrupt', `The bzip2 data is damaged or cut short: ${error.message}.`, {
      data: { format: 'bzip2' },
      cause: error,
    });
  }
}

/** Reads `BZh1` to `BZh9`; gives the bytes a block may have. */
function readHeader(reader: BitReader): number {
  const level = reader.read(24) === 0x425a68 ? reader.read(8) - 0x30 : 0;
  if (level < 1 || level > 9) throw new RangeError('no stream begins here');
  return level * LEVEL_BYTES;
}

function readMagic(reader: BitReader): string {
  return [reader.read(24), reader.read(24)].map((part) => part.toString(16).padStart(6, '0')).join('');
}

function readWord(reader: BitReader): number {
  return ((reader.read(16) << 16) | reader.read(16)) >>> 0;
}

/** One block, uncompressed. */
function readBlock(reader: BitReader, blockBytes: number): Bytes {
  if (reader.read(1) === 1) throw new RangeError('it is of the randomised form, which nothing writes since 1999');
  const origin = reader.read(24);
  const symbols = decodeBzip2Symbols(reader, blockBytes);
  if (origin >= symbols.byteLength) throw new RangeError('a block begins outside of itself');
  return expandRuns(invertTransform(symbols, origin));
}

/** Undoes the Burrows-Wheeler transform: follows each byte to the one that came after it. */
function invertTransform(last: Uint8Array, origin: number): Uint8Array {
  const starts = new Uint32Array(257);
  for (const byte of last) starts[byte + 1]!++;
  for (let byte = 0; byte < 256; byte++) starts[byte + 1]! += starts[byte]!;
  const next = new Uint32Array(last.byteLength);
  for (let i = 0; i < last.byteLength; i++) next[starts[last[i]!]!++] = i;
  const out = new Uint8Array(last.byteLength);
  let at = next[origin]!;
  for (let i = 0; i < out.byteLength; i++) {
    out[i] = last[at]!;
    at = next[at]!;
  }
  return out;
}

const RUN_LENGTH = 4;

/** Undoes the first run-length coding: four equal bytes are followed by how many more there are. */
function expandRuns(coded: Uint8Array): Bytes {
  const out = new Uint8Array(expandedLength(coded));
  let at = 0;
  let equal = 0;
  let previous = -1;
  for (const byte of coded) {
    if (equal === RUN_LENGTH) {
      out.fill(previous, at, at + byte);
      at += byte;
      equal = 0;
      previous = -1;
      continue;
    }
    equal = byte === previous ? equal + 1 : 1;
    previous = byte;
    out[at++] = byte;
  }
  return out;
}

function expandedLength(coded: Uint8Array): number {
  let length = 0;
  let equal = 0;
  let previous = -1;
  for (const byte of coded) {
    if (equal === RUN_LENGTH) {
      length += byte;
      equal = 0;
      previous = -1;
      continue;
    }
    equal = byte === previous ? equal + 1 : 1;
    previous = byte;
    length++;
  }
  return length;
}

/** CRC-32 with the most significant bit first, as bzip2 counts it. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = (value & 0x80000000) !== 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** The sum of a block's bytes, as they were before they were packed. */
export function blockChecksum(block: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of block) crc = ((crc << 8) ^ CRC_TABLE[((crc >>> 24) ^ byte) & 0xff]!) >>> 0;
  return ~crc >>> 0;
}
