/** What can be read like a Blob: a Blob, or bytes that are kept in another form. */
import { utf8Text, type Bytes } from './bytes.ts';

/** Immutable bytes that are read by slices. Every Blob is one. */
export interface BlobLike {
  readonly size: number;
  /** From `start` to `end` (exclusive), without reading anything. */
  slice(start?: number, end?: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
  stream(): ReadableStream<Bytes>;
}

/** A Blob of parts, for storage and other threads, which take no other form. What is no Blob is read. */
export async function blobOf(parts: readonly (Bytes | BlobLike)[], type = ''): Promise<Blob> {
  const taken: (Bytes | Blob | ArrayBuffer)[] = [];
  for (const part of parts) {
    taken.push(part instanceof Blob || part instanceof Uint8Array ? part : await part.arrayBuffer());
  }
  return new Blob(taken, { type });
}

/** The same bytes as a Blob. */
export async function asBlob(bytes: BlobLike): Promise<Blob> {
  return bytes instanceof Blob ? bytes : blobOf([bytes]);
}

const CHUNK_BYTES = 1 << 20;

/** `size` bytes that are had when they are first read. `bytes` gives all of them each time it is asked; nobody changes them. */
export function lateBlob(size: number, bytes: () => Promise<Bytes>): BlobLike {
  return sliceOf(bytes, 0, size);
}

function sliceOf(bytes: () => Promise<Bytes>, from: number, to: number): BlobLike {
  const size = to - from;
  const inside = (offset: number): number => from + Math.min(Math.max(offset, 0), size);
  const copy = async (start: number, end: number): Promise<Bytes> => (await bytes()).slice(start, end);
  return {
    size,
    slice: (start = 0, end = size) => sliceOf(bytes, inside(start), Math.max(inside(end), inside(start))),
    arrayBuffer: async () => (await copy(from, to)).buffer,
    text: async () => utf8Text(await copy(from, to)),
    stream() {
      let at = from;
      return new ReadableStream<Bytes>(
        {
          async pull(controller) {
            const end = Math.min(at + CHUNK_BYTES, to);
            if (end > at) controller.enqueue(await copy(at, end));
            at = end;
            if (at === to) controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
