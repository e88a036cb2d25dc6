/** Where unpacked layers go: the registry room moves bytes, what a layer means is for others to know. */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { DiffID } from '../oci/digest.ts';
import type { Layer, SnapshotStore } from '../store/snapshots.ts';

export interface LayerSink {
  /** True when the layer is stored and need not be fetched. */
  has(diffID: DiffID): Promise<boolean>;
  /**
   * Reads an uncompressed tar to its end and stores it as a layer. Throws `corrupt`, and stores nothing, when it is not the
   * layer `expected` names.
   */
  unpack(expected: DiffID, tar: ReadableStream<Uint8Array>, job: Job): Promise<void>;
}

/** A sink into a snapshot store; `indexLayer` reads a tar, hashes it and lists its entries. */
export function snapshotLayerSink(
  snapshots: SnapshotStore,
  indexLayer: (tar: ReadableStream<Uint8Array>, job: Job) => Promise<Layer>,
): LayerSink {
  return {
    has: (diffID) => snapshots.hasLayer(diffID),
    async unpack(expected, tar, job) {
      const layer = await indexLayer(tar, job);
      if (layer.diffID !== expected) {
        throw new EngineError('corrupt', `layer ${expected} unpacks to other content: ${layer.diffID}`, {
          data: { digest: expected, expected, actual: layer.diffID },
        });
      }
      await snapshots.putLayer(layer);
    },
  };
}
