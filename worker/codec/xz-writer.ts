/**
 * Writing xz (the .xz file format 1.1): one block of LZMA2 chunks that hold their bytes as they are. Any xz reads it; nothing gets smaller.
 */
import { concatBytes, ownBytes, type Bytes } from '../base/bytes.ts';
import { chunkStream } from './chunk-stream.ts';
import { crc32 } from './crc32.ts';

const HEADER_MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const FOOTER_MAGIC = [0x59, 0x5a];
/** The check is a CRC-32. */
const STREAM_FLAGS = Uint8Array.of(0, 1);
/** Filter LZMA2 with a dictionary of 4 KiB, which nothing refers to. */
const FILTER = [0x21, 0x01, 0x00];
const CHUNK_BYTES = 0x10000;
const CHUNK_FIRST = 1;
const CHUNK_NEXT = 2;

/** The bytes of a stream as an xz file. */
export function xz(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(writeStream(stream));
}

async function* writeStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  yield concatBytes([Uint8Array.from(HEADER_MAGIC), STREAM_FLAGS, littleEndian(crc32(STREAM_FLAGS))]);
  // size in words of four bytes less one, no optional fields, the filter, padding
  const header = Uint8Array.of(2, 0, ...FILTER, 0, 0, 0);
  const blockHeader = concatBytes([header, littleEndian(crc32(header))]);
  let started = false;
  let blockBytes = blockHeader.byteLength;
  let plainBytes = 0;
  let sum = 0;
  for await (const bytes of stream) {
    for (let at = 0; at < bytes.byteLength; at += CHUNK_BYTES) {
      const part = bytes.subarray(at, at + CHUNK_BYTES);
      if (!started) yield blockHeader;
      const size = part.byteLength - 1;
      yield Uint8Array.of(started ? CHUNK_NEXT : CHUNK_FIRST, size >>> 8, size & 0xff);
      yield ownBytes(part);
      started = true;
      blockBytes += 3 + part.byteLength;
      plainBytes += part.byteLength;
      sum = crc32(part, sum);
    }
  }
  const records: Uint8Array[] = [];
  if (started) {
    blockBytes += 1;
    yield concatBytes([new Uint8Array(1 + padding(blockBytes)), littleEndian(sum)]);
    records.push(variable(blockBytes + 4), variable(plainBytes));
  }
  yield indexAndFooter(records);
}

function indexAndFooter(records: readonly Uint8Array[]): Bytes {
  const index = concatBytes([Uint8Array.of(0), variable(records.length / 2), ...records]);
  const padded = concatBytes([index, new Uint8Array(padding(index.byteLength))]);
  const footer = concatBytes([littleEndian(padded.byteLength / 4), STREAM_FLAGS]);
  return concatBytes([
    padded,
    littleEndian(crc32(padded)),
    littleEndian(crc32(footer)),
    footer,
    Uint8Array.from(FOOTER_MAGIC),
  ]);
}

/** Bytes up to the next multiple of four. */
function padding(size: number): number {
  return (4 - (size % 4)) % 4;
}

function littleEndian(value: number): Bytes {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}

/** A number of seven bits a byte, the lowest first. */
function variable(value: number): Bytes {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.of(...bytes, rest);
}
