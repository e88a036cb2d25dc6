/** Where unpacked layers go: the registry room moves bytes, what a layer means is for others to know. */
import type { Bytes } from '../base/bytes.ts';
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { DiffID } from '../oci/digest.ts';
import type { NewLayer, SnapshotStore } from '../store/snapshots.ts';
import type { ReadyIndex } from '../store/ready-index.ts';

export interface LayerSink {
  /** True when the layer is stored and need not be fetched. */
  has(diffID: DiffID): Promise<boolean>;
  /**
   * Reads a layer's tar to its end, compressed or not, and stores it. Throws `corrupt`, and stores nothing, when it is not the
   * layer `expected` names.
   */
  unpack(expected: DiffID, packed: ReadableStream<Uint8Array>, job: Job): Promise<void>;
  /** Stores a compressed layer as it is, on the word of whoever made its index: it is not unpacked. */
  keepPacked(diffID: DiffID, packed: Bytes, ready: ReadyIndex): Promise<void>;
}

/** A sink into a snapshot store; `unpackLayer` reads a tar in whatever compression, hashes it and lists its entries. */
export function snapshotLayerSink(
  snapshots: SnapshotStore,
  unpackLayer: (packed: ReadableStream<Uint8Array>, job: Job) => Promise<NewLayer>,
): LayerSink {
  return {
    has: (diffID) => snapshots.hasLayer(diffID),
    async unpack(expected, packed, job) {
      const layer = await unpackLayer(packed, job);
      if (layer.diffID !== expected) {
        throw new EngineError('corrupt', `layer ${expected} unpacks to other content: ${layer.diffID}`, {
          data: { digest: expected, expected, actual: layer.diffID },
        });
      }
      await snapshots.putLayer(layer);
    },
    keepPacked: (diffID, packed, { tarBytes, index, storedIndex }) =>
      snapshots.putLayer({ diffID, tar: { packed, tarBytes }, index, storedIndex }),
  };
}
