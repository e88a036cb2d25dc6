/**
 * Long byte sequences as lists of parts: buffers, and slices of Blobs that are never copied. What the tar writer makes, what a
 * Blob is composed of, what is hashed and streamed.
 */
import type { BlobLike } from '../base/blob-like.ts';
import type { Bytes } from '../base/bytes.ts';
import { sha256Digest } from '../oci/digest.ts';
import { chunkStream } from './chunk-stream.ts';
import { Sha256, type StreamDigest } from './sha256.ts';

/** A stretch of bytes. Buffers must not be changed by whoever holds one. */
export type BytePart = Bytes | BlobLike;

/** Slices of buffers up to this size are copied together; beyond, a part of its own costs less than a copy. */
const GATHER_BYTES = 64 * 1024;
const PAGE_BYTES = 256 * 1024;
const CHUNK_BYTES = 1 << 20;

/** Builds a list of parts, gathering small ones. */
export class BytePartList {
  readonly #parts: BytePart[] = [];
  #page = new Uint8Array(PAGE_BYTES);
  #pageStart = 0;
  #pageEnd = 0;
  #sizeBytes = 0;

  /** Bytes appended so far. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Appends bytes; a large buffer is kept, not copied. */
  addBytes(bytes: Bytes): void {
    this.addSlice(bytes, 0, bytes.byteLength);
  }

  /** Appends `source` from `start` to `end` (exclusive). */
  addSlice(source: BytePart, start: number, end: number): void {
    if (end <= start) return;
    if (!(source instanceof Uint8Array)) {
      this.#sizeBytes += end - start;
      this.#closeRun();
      this.#parts.push(start === 0 && end === source.size ? source : source.slice(start, end));
    } else if (end - start > GATHER_BYTES) {
      this.#sizeBytes += end - start;
      this.#closeRun();
      this.#parts.push(source.subarray(start, end));
    } else {
      this.#room(end - start).set(source.subarray(start, end));
    }
  }

  /** Appends zeros: few, as padding is. */
  addZeros(count: number): void {
    if (count > 0) this.#room(count).fill(0);
  }

  /** The parts so far; nothing can be appended afterwards. */
  finish(): readonly BytePart[] {
    this.#closeRun();
    return this.#parts;
  }

  /** Space for `count` bytes at the end of the page. */
  #room(count: number): Bytes {
    if (this.#pageEnd + count > this.#page.byteLength) {
      this.#closeRun();
      this.#page = new Uint8Array(PAGE_BYTES);
      this.#pageStart = this.#pageEnd = 0;
    }
    this.#pageEnd += count;
    this.#sizeBytes += count;
    return this.#page.subarray(this.#pageEnd - count, this.#pageEnd);
  }

  /** Makes a part of what was gathered since the last one. */
  #closeRun(): void {
    if (this.#pageEnd > this.#pageStart) this.#parts.push(this.#page.subarray(this.#pageStart, this.#pageEnd));
    this.#pageStart = this.#pageEnd;
  }
}

const partSize = (part: BytePart): number => (part instanceof Uint8Array ? part.byteLength : part.size);

/** Bytes of all parts together. */
export function partsSize(parts: readonly BytePart[]): number {
  return parts.reduce((sum, part) => sum + partSize(part), 0);
}

/** The bytes of the parts in order, in chunks of at most 1 MiB. Chunks may alias the parts: do not write to them. */
export async function* partChunks(parts: readonly BytePart[]): AsyncGenerator<Bytes, void> {
  for (const part of parts) {
    const size = partSize(part);
    for (let start = 0; start < size; start += CHUNK_BYTES) {
      const end = Math.min(start + CHUNK_BYTES, size);
      yield part instanceof Uint8Array
        ? part.subarray(start, end)
        : new Uint8Array(await part.slice(start, end).arrayBuffer());
    }
  }
}

/** The parts as a stream; reads no further than it is asked. */
export function partsStream(parts: readonly BytePart[]): ReadableStream<Bytes> {
  return chunkStream(partChunks(parts));
}

/** Digest and length of the parts. */
export async function hashParts(parts: readonly BytePart[]): Promise<StreamDigest> {
  const hash = new Sha256();
  for await (const chunk of partChunks(parts)) hash.update(chunk);
  return { digest: sha256Digest(hash.digestHex()), sizeBytes: partsSize(parts) };
}
