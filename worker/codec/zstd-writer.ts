/**
 * Writing Zstandard (RFC 8878): one frame of blocks that hold their bytes as they are, or one byte many times. Any zstd reads it; little gets
 * smaller.
 */
import { concatBytes, ownBytes, type Bytes } from '../base/bytes.ts';
import { chunkStream } from './chunk-stream.ts';

/** Magic number; a header without checksum and size; a window of 128 KiB. */
const FRAME_HEADER = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
const BLOCK_BYTES = 128 * 1024;
const RAW = 0;
const REPEATED = 1;

/** The bytes of a stream as a Zstandard file. */
export function zstd(stream: ReadableStream<Uint8Array>): ReadableStream<Bytes> {
  return chunkStream(writeFrame(stream));
}

async function* writeFrame(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  yield Uint8Array.from(FRAME_HEADER);
  for await (const bytes of stream) {
    for (let at = 0; at < bytes.byteLength; at += BLOCK_BYTES) yield block(bytes.subarray(at, at + BLOCK_BYTES));
  }
  yield blockHeader(true, RAW, 0);
}

function block(bytes: Uint8Array): Bytes {
  const [first = 0] = bytes;
  const repeated = bytes.every((byte) => byte === first);
  const header = blockHeader(false, repeated ? REPEATED : RAW, bytes.byteLength);
  return concatBytes([header, repeated ? Uint8Array.of(first) : ownBytes(bytes)]);
}

function blockHeader(last: boolean, type: number, size: number): Bytes {
  const header = (last ? 1 : 0) | (type << 1) | (size << 3);
  return Uint8Array.of(header, header >>> 8, header >>> 16);
}
