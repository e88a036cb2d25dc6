/**
 * Layers as gzip (RFC 1952). The compressed bytes are what a manifest names, so they depend on the layer alone: not on how the input
 * is cut, not on how many threads compress it, not on the browser, whose own compressors differ. fflate, which programs in RUN
 * compress with, is as true but slower, and cannot be spread over threads. What comes out is within some percent of gzip's level 6.
 */
import type { Bytes } from '../base/bytes.ts';
import { chunkStream } from './chunk-stream.ts';
import { joinedCrc32 } from './crc32.ts';
import { inlinePacker, SEGMENT_BYTES, type PackedSegment, type SegmentPacker } from './deflate/segment.ts';

/** No name, no time, "Unix" as the system. */
const HEADER = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03] as const;
/** A last block with nothing in it. */
const LAST_BLOCK = [0x03, 0x00] as const;

/**
 * A layer's bytes as one gzip member: the same bytes give the same result, on every machine and however they are cut. No more
 * segments are held than `packer` is wide, and two. Fails with what the source or the packer fails with.
 */
export function gzipLayer(
  tar: ReadableStream<Uint8Array>,
  packer: SegmentPacker = inlinePacker(),
): ReadableStream<Bytes> {
  return chunkStream(gzipMember(tar, packer));
}

async function* gzipMember(tar: ReadableStream<Uint8Array>, packer: SegmentPacker): AsyncGenerator<Bytes, void> {
  let sum = 0;
  let sizeBytes = 0;
  yield Uint8Array.from(HEADER);
  for await (const segment of packedInOrder(tar, packer)) {
    sum = joinedCrc32(sum, segment.sum, segment.sizeBytes);
    sizeBytes += segment.sizeBytes;
    yield segment.packed;
  }
  yield Uint8Array.from(LAST_BLOCK);
  yield trailer(sum, sizeBytes);
}

async function* packedInOrder(
  tar: ReadableStream<Uint8Array>,
  packer: SegmentPacker,
): AsyncGenerator<PackedSegment, void> {
  const underWay: Promise<PackedSegment>[] = [];
  for await (const segment of segmentsOf(tar)) {
    const packing = packer.pack(segment);
    // one that fails is heard of in its turn, or not at all where an earlier one did
    packing.catch(() => undefined);
    underWay.push(packing);
    if (underWay.length > packer.width) yield await underWay.shift()!;
  }
  for (const packing of underWay) yield await packing;
}

/** The stream cut into segments, each in a buffer of its own. */
async function* segmentsOf(tar: ReadableStream<Uint8Array>): AsyncGenerator<Bytes, void> {
  let segment: Bytes | undefined;
  let filled = 0;
  for await (const chunk of tar) {
    for (let at = 0; at < chunk.byteLength;) {
      segment ??= new Uint8Array(SEGMENT_BYTES);
      const taken = Math.min(SEGMENT_BYTES - filled, chunk.byteLength - at);
      segment.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled < SEGMENT_BYTES) break;
      yield segment;
      segment = undefined;
      filled = 0;
    }
  }
  if (segment !== undefined) yield segment.subarray(0, filled);
}

function trailer(sum: number, sizeBytes: number): Bytes {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, sum, true);
  view.setUint32(4, sizeBytes % 2 ** 32, true);
  return bytes;
}
