/**
 * Which compression bytes are in, told by their first bytes as Docker tells it, and their uncompressed form. To read a further
 * format, give it a decoder in `DECODERS`.
 */
import { concatBytes, type Bytes } from '../base/bytes.ts';
import { bunzip2 } from './bzip2.ts';
import { chunkStream } from './chunk-stream.ts';
import { gunzip } from './gzip.ts';
import { unxz } from './xz.ts';
import { unzstd } from './zstd.ts';

export type Compression = 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz';

const MAGICS: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];
/** Magic numbers of skippable zstd frames end so; their first byte is 50 to 5f. */
const ZSTD_SKIPPABLE = [0x2a, 0x4d, 0x18];

/** First bytes that `detectCompression` wants to see. */
export const MAGIC_BYTES = 6;

type Decoder = (stream: ReadableStream<Uint8Array>) => ReadableStream<Bytes>;

const DECODERS: Readonly<Record<Exclude<Compression, 'none'>, Decoder>> = {
  gzip: gunzip,
  zstd: unzstd,
  bzip2: bunzip2,
  xz: unxz,
};

/** The compression that bytes beginning with `head` are in; `none` where no magic number is known. */
export function detectCompression(head: Uint8Array): Compression {
  const startsWith = (magic: readonly number[], at = 0): boolean => magic.every((byte, i) => head[at + i] === byte);
  for (const [compression, magic] of MAGICS) if (startsWith(magic)) return compression;
  const skippable = ((head[0] ?? 0) & 0xf0) === 0x50 && startsWith(ZSTD_SKIPPABLE, 1);
  return skippable ? 'zstd' : 'none';
}

/**
 * A stream's uncompressed bytes, whatever it is compressed with; a plain stream comes out as it is. The result fails with
 * `corrupt` where the data is damaged, `unsupported` and `limit` for xz files of unusual kinds.
 */
export function decompress(stream: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  return chunkStream(decompressedChunks(stream));
}

async function* decompressedChunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    const head = await readHead(reader);
    const compression = detectCompression(head);
    const chunks = chunksFrom(head, reader);
    if (compression === 'none') yield* chunks;
    else yield* DECODERS[compression](chunkStream(chunks));
  } finally {
    await reader.cancel();
  }
}

/** Chunks until the magic number is there, joined. */
async function readHead(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < MAGIC_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.byteLength;
  }
  return parts.length === 1 ? parts[0]! : concatBytes(parts);
}

async function* chunksFrom(
  first: Uint8Array,
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  if (first.byteLength > 0) yield first;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
