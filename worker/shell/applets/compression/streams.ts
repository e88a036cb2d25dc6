/** Compressed bytes between a program's inputs and the codecs. */
import { concatBytes } from '../../../base/bytes.ts';
import { chunkStream } from '../../../codec/chunk-stream.ts';
import { decompress, detectCompression, MAGIC_BYTES, type Compression } from '../../../codec/decompress.ts';
import type { Input } from '../streams.ts';

/** Where compressed bytes come from: what was looked at already, and the rest. */
export interface Recognised {
  readonly compression: Compression;
  /** True when there is not a single byte. */
  readonly empty: boolean;
  /** All bytes, from the first. */
  readonly stream: ReadableStream<Uint8Array>;
}

/** Looks at the first bytes of an input to tell what they are compressed with. */
export async function recognise(input: Input): Promise<Recognised> {
  let head = new Uint8Array(0);
  while (head.byteLength < MAGIC_BYTES) {
    const bytes = await input.chunk();
    if (bytes === undefined) break;
    head = concatBytes([head, bytes]);
  }
  return {
    compression: detectCompression(head),
    empty: head.byteLength === 0,
    stream: chunkStream(chunksAfter(head, input)),
  };
}

/** The uncompressed bytes; those of no known compression as they are. */
export async function* uncompressed({ stream }: Recognised): AsyncGenerator<Uint8Array, void> {
  for await (const bytes of decompress(stream)) yield bytes;
}

async function* chunksAfter(head: Uint8Array, input: Input): AsyncGenerator<Uint8Array, void> {
  if (head.byteLength > 0) yield head;
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) yield bytes;
}
