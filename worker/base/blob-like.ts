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

/** A part of some bytes, and where in them it begins. Nobody changes it. */
export interface BytesPart {
  readonly at: number;
  readonly bytes: Bytes;
}

/** Gives a part with the bytes from `start` to `end` (exclusive) in it, and whatever lies around them. */
export type PartWith = (start: number, end: number) => Promise<BytesPart>;

/** `size` bytes that are had when they are first read. */
export function lateBlob(size: number, partWith: PartWith): BlobLike {
  return sliceOf(partWith, 0, size);
}

function sliceOf(partWith: PartWith, from: number, to: number): BlobLike {
  const size = to - from;
  const inside = (offset: number): number => from + Math.min(Math.max(offset, 0), size);
  const copy = ({ at, bytes }: BytesPart, start: number, end: number): Bytes => bytes.slice(start - at, end - at);
  const all = async (): Promise<Bytes> => copy(await partWith(from, to), from, to);
  return {
    size,
    slice: (start = 0, end = size) => sliceOf(partWith, inside(start), Math.max(inside(end), inside(start))),
    arrayBuffer: async () => (await all()).buffer,
    text: async () => utf8Text(await all()),
    stream() {
      let at = from;
      let part: BytesPart | undefined;
      return new ReadableStream<Bytes>(
        {
          async pull(controller) {
            part ??= await partWith(from, to);
            const end = Math.min(at + CHUNK_BYTES, to);
            if (end > at) controller.enqueue(copy(part, at, end));
            at = end;
            if (at === to) controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
