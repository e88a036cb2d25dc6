/** The index that is shipped beside a large layer (`worker/store/ready-index.ts`): a first visit need not unpack the layer then. */
import { gzipSync } from 'fflate';
import type { Bytes } from '../../worker/base/bytes.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import type { Digest } from '../../worker/oci/digest.ts';
import { writeReadyIndex } from '../../worker/store/ready-index.ts';
import type { LayerIndex } from '../../worker/vfs/layer-entry.ts';

/** A layer of fewer bytes is unpacked as soon as an index is fetched; one that is more than so many times its blob is kept packed. */
const WORTH_AN_INDEX = { fromTarBytes: 1 << 20, timesItsBlob: 8 };

/** The blob of a layer's index. */
export interface IndexBlob {
  readonly digest: Digest;
  readonly bytes: Bytes;
}

/** The index of a layer whose tar has `tarBytes` and whose blob has `blobBytes`; undefined where it is not worth its own bytes. */
export async function indexBlob(
  index: LayerIndex,
  tarBytes: number,
  blobBytes: number,
): Promise<IndexBlob | undefined> {
  if (tarBytes < WORTH_AN_INDEX.fromTarBytes || tarBytes < blobBytes * WORTH_AN_INDEX.timesItsBlob) return undefined;
  // fflate alone, which gives the same bytes on every machine
  const bytes = gzipSync(writeReadyIndex({ tarBytes, index }), { level: 9, mem: 12, mtime: 0 });
  return { digest: await digestOf(bytes), bytes };
}
