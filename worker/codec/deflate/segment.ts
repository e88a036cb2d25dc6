/** Segments of a layer: parts that are compressed by themselves, up to a byte boundary, so that it can be done in any order and anywhere. */
import type { Bytes } from '../../base/bytes.ts';
import { crc32 } from '../crc32.ts';
import { BitWriter } from './bit-writer.ts';
import { MAX_BLOCK_BYTES, writeBlock, writeStored } from './block.ts';
import { MatchFinder, sequencesFor } from './find-matches.ts';

/**
 * The longest a segment is. It is part of every layer's digest, as all of this folder is: a change makes other blobs of the same
 * layers.
 */
export const SEGMENT_BYTES = 16 * MAX_BLOCK_BYTES;

/** A segment, compressed. */
export interface PackedSegment {
  /** Blocks of DEFLATE, none of them the last. */
  readonly packed: Bytes;
  /** CRC-32 of the segment. */
  readonly sum: number;
  readonly sizeBytes: number;
}

/** Where segments are compressed: here, or in threads beside. */
export interface SegmentPacker {
  /** Segments that are worth having under way at once, beside the one that is waited for. */
  readonly width: number;
  /**
   * Compresses a segment as {@link SegmentDeflater} does, and takes its buffer over. Rejects where the thread that had it breaks
   * down.
   */
  pack(segment: Bytes): Promise<PackedSegment>;
}

/** Compresses segments one by one; none knows of another. */
export class SegmentDeflater {
  readonly #finder = new MatchFinder();
  readonly #found = sequencesFor(MAX_BLOCK_BYTES);
  /** No block is longer than its bytes stored, which take five bytes more. */
  readonly #out = new BitWriter(SEGMENT_BYTES + 1024);

  /** At most {@link SEGMENT_BYTES} of them. */
  deflate(segment: Uint8Array): PackedSegment {
    this.#finder.reset();
    for (let start = 0; start < segment.byteLength; start += MAX_BLOCK_BYTES) {
      const end = Math.min(start + MAX_BLOCK_BYTES, segment.byteLength);
      this.#finder.find(segment, start, end, this.#found);
      writeBlock(this.#out, segment, start, end, this.#found);
    }
    writeStored(this.#out, new Uint8Array(0));
    return { packed: this.#out.take(), sum: crc32(segment), sizeBytes: segment.byteLength };
  }
}

/** Compresses where it is called, one segment at a time. */
export function inlinePacker(): SegmentPacker {
  const deflater = new SegmentDeflater();
  return { width: 0, pack: (segment) => Promise.resolve(deflater.deflate(segment)) };
}
