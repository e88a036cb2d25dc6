/** From a layer as registries and archives have it to a layer of the store. */
import { concatBytes, ownBytes, type Bytes } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import { chunkStream } from '../codec/chunk-stream.ts';
import { decompress } from '../codec/decompress.ts';
import type { UnpackedTar } from '../store/packed-tar.ts';
import type { NewLayer } from '../store/snapshots.ts';
import { readLayer } from './index-layer.ts';
import { MOST_HELD_BYTES, TarBytes } from './tar-bytes.ts';

/**
 * Reads a layer to its end: uncompressed, hashed and its entries listed. Rejects with what {@link decompress} and {@link readLayer}
 * throw; the stream is cancelled then. Its chunks stay as they are.
 */
export type UnpackLayer = (packed: ReadableStream<Uint8Array>, job: Job) => Promise<UnpackedLayer>;

/** A layer that was unpacked. */
export interface UnpackedLayer extends NewLayer {
  readonly tar: Blob | UnpackedTar;
}

/** A tar from this on is stored compressed, as it came, where it came in so small a part of its bytes: that is written far sooner. */
const WORTH_PACKING = { fromBytes: 256 << 10, part: 1 / 8 };

/** Unpacks in the thread that asks. */
export const unpackInline: UnpackLayer = async (packed, job) => {
  const arrived = new HeldBytes(MOST_HELD_BYTES * WORTH_PACKING.part);
  const tar = new TarBytes();
  const layer = await readLayer(decompress(chunkStream(heldAsTheyPass(packed, arrived))), job, tar);
  const worthPacking =
    tar.sizeBytes >= WORTH_PACKING.fromBytes && arrived.sizeBytes <= tar.sizeBytes * WORTH_PACKING.part;
  const [asItCame, unpacked] = worthPacking ? [arrived.bytes(), tar.bytes()] : [];
  return {
    ...layer,
    tar: asItCame && unpacked ? { packed: asItCame, tarBytes: tar.sizeBytes, unpacked } : tar.blob(),
  };
};

async function* heldAsTheyPass(stream: ReadableStream<Uint8Array>, held: HeldBytes): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of stream) {
    held.append(ownBytes(chunk));
    yield chunk;
  }
}

/** Pieces of a byte sequence, held until they are too many. */
class HeldBytes {
  readonly #mostBytes: number;
  #pieces: Bytes[] = [];
  #sizeBytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes appended so far, held or not. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  append(piece: Bytes): void {
    this.#sizeBytes += piece.byteLength;
    if (this.#sizeBytes > this.#mostBytes) this.#pieces = [];
    else this.#pieces.push(piece);
  }

  /** All bytes, where they are held. */
  bytes(): Bytes | undefined {
    return this.#sizeBytes > this.#mostBytes ? undefined : concatBytes(this.#pieces);
  }
}
