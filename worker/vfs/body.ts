/**
 * File bodies: where a file's bytes are, not the bytes themselves. A body is a list of segments, each a slice of a
 * buffer or a Blob, or a hole. So a file in a layer is a slice of the layer's tar, a copy costs nothing, an append adds a
 * segment, and a replica's binary of 100 MB of nothing takes no room.
 */
import type { BlobLike } from '../base/blob-like.ts';
import { EngineError } from '../base/errors.ts';

/** `source` bytes from `start` (inclusive) to `end` (exclusive). */
export interface DataSegment {
  readonly kind: 'data';
  readonly source: Uint8Array<ArrayBuffer> | BlobLike;
  readonly start: number;
  readonly end: number;
}
/** Zeros that are stored nowhere. */
export interface HoleSegment {
  readonly kind: 'hole';
  readonly length: number;
}
export type Segment = DataSegment | HoleSegment;

/** Immutable. The segments in order make the whole. */
export interface Body {
  readonly sizeBytes: number;
  readonly segments: readonly Segment[];
}

export const EMPTY_BODY: Body = { sizeBytes: 0, segments: [] };

/** A body over bytes in memory; the caller must not change them afterwards. */
export function bodyOf(bytes: Uint8Array<ArrayBuffer>): Body {
  if (bytes.byteLength === 0) return EMPTY_BODY;
  return { sizeBytes: bytes.byteLength, segments: [{ kind: 'data', source: bytes, start: 0, end: bytes.byteLength }] };
}

/** A body over a slice of a Blob. */
export function bodyOfBlob(blob: BlobLike, start = 0, end = blob.size): Body {
  if (end <= start) return EMPTY_BODY;
  return { sizeBytes: end - start, segments: [{ kind: 'data', source: blob, start, end }] };
}

/** One body after another. */
export function joinBodies(bodies: readonly Body[]): Body {
  const segments = bodies.flatMap((body) => body.segments);
  return { sizeBytes: bodies.reduce((sum, body) => sum + body.sizeBytes, 0), segments };
}

const lengthOf = (segment: Segment): number => (segment.kind === 'hole' ? segment.length : segment.end - segment.start);

/** The part of a body from `start` to `end` (exclusive), cut to what there is. */
export function sliceBody(body: Body, start: number, end: number = body.sizeBytes): Body {
  const segments: Segment[] = [];
  let offset = 0;
  let sizeBytes = 0;
  for (const segment of body.segments) {
    const length = lengthOf(segment);
    const from = Math.max(start - offset, 0);
    const to = Math.min(end - offset, length);
    offset += length;
    if (to <= from) continue;
    sizeBytes += to - from;
    segments.push(
      segment.kind === 'hole'
        ? { kind: 'hole', length: to - from }
        : { ...segment, start: segment.start + from, end: segment.start + to },
    );
  }
  return { sizeBytes, segments };
}

/** True when any of it is a hole: the file is stored, and written to tar, sparse. */
export function isSparse(body: Body): boolean {
  return body.segments.some((segment) => segment.kind === 'hole');
}

/** What is read into one buffer at most. A sparse file may claim petabytes, of which nothing is stored. */
const MAX_READ_BYTES = 2 ** 30;

/** All bytes of a body (or of a slice of it) in one new buffer. Holes read as zeros. Throws `limit` for more than a gibibyte. */
export async function readBody(body: Body, start = 0, end: number = body.sizeBytes): Promise<Uint8Array<ArrayBuffer>> {
  const slice = start === 0 && end >= body.sizeBytes ? body : sliceBody(body, start, end);
  const [only] = slice.segments;
  if (slice.segments.length === 1 && only?.kind === 'data' && only.source instanceof Uint8Array) {
    return only.source.slice(only.start, only.end);
  }
  if (slice.sizeBytes > MAX_READ_BYTES) {
    const { sizeBytes } = slice;
    throw new EngineError('limit', `A file of ${sizeBytes} bytes is too large to be read as a whole.`, {
      data: { sizeBytes, maxBytes: MAX_READ_BYTES },
    });
  }
  const out = new Uint8Array(slice.sizeBytes);
  let offset = 0;
  for (const segment of slice.segments) {
    if (segment.kind === 'data') out.set(await segmentBytes(segment), offset);
    offset += lengthOf(segment);
  }
  return out;
}

async function segmentBytes(segment: DataSegment): Promise<Uint8Array> {
  if (segment.source instanceof Uint8Array) return segment.source.subarray(segment.start, segment.end);
  return new Uint8Array(await segment.source.slice(segment.start, segment.end).arrayBuffer());
}

/** Bytes a chunk of `bodyChunks` has at most. */
const CHUNK_BYTES = 1 << 20;
const ZEROS = new Uint8Array(CHUNK_BYTES);

/** The bytes of a body in chunks of at most 1 MiB. A chunk may alias stored bytes: read it, do not write to it. */
export async function* bodyChunks(body: Body): AsyncGenerator<Uint8Array, void> {
  for (const segment of body.segments) {
    const length = lengthOf(segment);
    for (let offset = 0; offset < length; offset += CHUNK_BYTES) {
      const size = Math.min(CHUNK_BYTES, length - offset);
      if (segment.kind === 'hole') yield ZEROS.subarray(0, size);
      else yield await segmentBytes({ ...segment, start: segment.start + offset, end: segment.start + offset + size });
    }
  }
}
