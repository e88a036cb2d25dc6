/** Images of registries, fetched into the stores. */
import type { Job } from '../base/job.ts';
import { SILENT, type ProgressSink } from '../base/progress.ts';
import { unpackInline } from '../layer/unpack-layer.ts';
import type { ChainID } from '../oci/digest.ts';
import type { RegistryClient } from '../registry/client.ts';
import { snapshotLayerSink } from '../registry/layer-sink.ts';
import { fetchImage } from '../registry/pull.ts';
import type { RemoteImage } from '../registry/resolve.ts';
import type { ImageRecord } from '../store/images.ts';
import type { EngineParts } from './parts.ts';

/** Label that the bundled mirror's replicas carry. */
const REPLICA_LABEL = 'org.strata.replica';

/** An image to fetch, and who asks. */
export interface ImageFetch {
  readonly found: RemoteImage;
  readonly job: Job;
  readonly progress: ProgressSink;
  /** The vertex that the progress belongs to. */
  readonly vertex: string;
  /** Names that it gets; none for an image of the build cache. */
  readonly names: readonly string[];
}

/**
 * Gives what fetches an image: what is missing of it, and a record of it in the store. Throws what `fetchImage` throws; nothing is
 * recorded then.
 */
export function createImageFetch(
  { store, clock, registryMirrors, unpackLayer = unpackInline }: EngineParts,
  client: RegistryClient,
): (fetch: ImageFetch) => Promise<ImageRecord> {
  const sink = snapshotLayerSink(store.snapshots, unpackLayer);

  /** The chain of an image's layers, which are stored. A lease on the layers protects the snapshots they are the tops of. */
  async function chainOf(found: RemoteImage): Promise<ChainID | undefined> {
    let chainID: ChainID | undefined;
    for (const diffID of found.config.rootfs.diff_ids) chainID = await store.snapshots.putSnapshot(chainID, diffID);
    return chainID;
  }

  async function sizeOf(found: RemoteImage): Promise<number> {
    let bytes = 0;
    for (const diffID of found.config.rootfs.diff_ids)
      bytes += (await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0;
    return bytes;
  }

  return async ({ found, job, progress, vertex, names }) => {
    const id = found.manifest.config.digest;
    const isNamed = names.length > 0;
    const known = await store.images.get(id);
    if (known !== undefined && !isNamed) return known;
    const lease = store.leases.create();
    try {
      // of an image that is here Docker tells nothing but that
      const isHere = known !== undefined && (await store.snapshots.isComplete(known.chainID));
      await fetchImage(client, found, {
        content: store.content,
        sink,
        lease,
        job,
        progress: isHere ? SILENT : progress,
        vertex,
        largestFirst: !isNamed,
        trustsIndexes: registryMirrors.includes(found.repository.endpoint.baseUrl),
      });
      const chainID = await chainOf(found);
      const record: ImageRecord = {
        id,
        config: found.config,
        ...(chainID === undefined ? {} : { chainID }),
        sizeBytes: await sizeOf(found),
        manifestDigest: found.manifestDescriptor.digest,
        createdMs: known?.createdMs ?? clock.nowMs(),
        ...(isNamed ? { lastTaggedMs: clock.nowMs() } : {}),
        marks: [...(isReplica(found) ? (['replica'] as const) : []), ...(isNamed ? [] : (['build-cache'] as const))],
      };
      await store.images.put(record, names);
      return record;
    } finally {
      await lease.release();
    }
  };
}

/** Whether an image stands for the one it is named after, its large bodies left out. */
export function isReplica(image: RemoteImage): boolean {
  return image.config.config?.Labels?.[REPLICA_LABEL] !== undefined;
}
