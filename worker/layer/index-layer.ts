/** Reading a layer in one pass: its diffID, its bytes as a Blob, and the index of its entries, in constant memory. */
import { ownBytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { TarReader } from '../codec/tar-reader.ts';
import type { NewLayer } from '../store/snapshots.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import { layerEntryOf } from './entry-names.ts';
import { TarBytes } from './tar-bytes.ts';

/** Entries a layer may have: three times those of the largest images in common use, in some 300 MB of memory. */
const MAX_ENTRIES = 900_000;
/** Bytes a layer's tar may have: no browser would store more, and what was compressed a thousandfold ends here. */
const MAX_TAR_BYTES = 16 * 2 ** 30;

/** Bounds of a layer; those above when left out. */
export interface LayerLimits {
  readonly maxEntries?: number;
  readonly maxTarBytes?: number;
}

/** A layer that was read, its tar as a Blob. */
export interface IndexedLayer extends NewLayer {
  readonly tar: Blob;
}

/** Reads a layer's uncompressed tar to its end, into a Blob. Throws what {@link readLayer} throws. */
export async function indexLayer(
  tar: ReadableStream<Uint8Array>,
  job: Job,
  limits: LayerLimits = {},
): Promise<IndexedLayer> {
  const kept = new TarBytes();
  const layer = await readLayer(tar, job, kept, limits);
  return { ...layer, tar: kept.blob() };
}

/**
 * Reads a layer's uncompressed tar to its end, and has its bytes kept. The diffID is that of the bytes as they came. Throws
 * `invalid-document` or `corrupt` for what is no tar or no layer, `limit` for too many entries or bytes, `cancelled`; the stream is
 * cancelled then.
 */
export async function readLayer(
  tar: ReadableStream<Uint8Array>,
  job: Job,
  kept: TarBytes,
  { maxEntries = MAX_ENTRIES, maxTarBytes = MAX_TAR_BYTES }: LayerLimits = {},
): Promise<Pick<NewLayer, 'diffID' | 'index'>> {
  const entries: LayerEntry[] = [];
  let sizeBytes = 0;
  const reader = new TarReader(
    (entry) => {
      const meaning = layerEntryOf(entry);
      if (meaning === undefined) return;
      entries.push(meaning);
      sizeBytes += meaning.sizeBytes;
    },
    { maxEntries },
  );
  for await (const chunk of tar) {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    job.budget.throwIfCancelled();
    const own = ownBytes(chunk);
    reader.write(own);
    kept.append(own);
    if (kept.sizeBytes > maxTarBytes) {
      throw new EngineError('limit', `A layer unpacks to more than ${maxTarBytes} bytes.`, { data: { maxTarBytes } });
    }
  }
  reader.end();
  if (!Number.isSafeInteger(sizeBytes)) throw new EngineError('limit', 'The files of the layer are too large.');
  return { diffID: await kept.digest(), index: { entries, sizeBytes } };
}
