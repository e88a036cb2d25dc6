/** Images of an archive into the stores: all of them or none, since the last one may be the one that lies. */
import type { Job } from '../../../base/job.ts';
import { unpackInline } from '../../../layer/unpack-layer.ts';
import type { ChainID } from '../../../oci/digest.ts';
import { familiarReference, parseReference } from '../../../oci/reference.ts';
import { snapshotLayerSink } from '../../../registry/layer-sink.ts';
import { loadImage, type ArchivedImage } from '../../../registry/load.ts';
import type { ImageID, ImageRecord } from '../../../store/images.ts';
import type { Lease } from '../../../store/leases.ts';
import type { Store } from '../../../store/index.ts';
import type { EngineParts } from '../../parts.ts';

type Parts = Pick<EngineParts, 'store' | 'clock' | 'unpackLayer'>;

/** An image that is stored now. */
export interface LoadedImage {
  readonly id: ImageID;
  /** Full references. */
  readonly names: readonly string[];
  /** For each name that another image had: what Docker says of it. */
  readonly moved: readonly string[];
}

/**
 * Stores images, in order. Layers and documents come first, under a lease; only when all are there does the first image appear.
 * Throws `corrupt` for bytes that are not what they claim, `limit`, `cancelled`; no image is stored then.
 */
export async function storeLoaded(
  parts: Parts,
  images: readonly ArchivedImage[],
  job: Job,
): Promise<readonly LoadedImage[]> {
  const { store } = parts;
  const lease = store.leases.create();
  try {
    const records: { readonly record: ImageRecord; readonly names: readonly string[] }[] = [];
    for (const image of images) {
      records.push({ record: await storeParts(parts, image, lease, job), names: image.names });
    }
    const loaded: LoadedImage[] = [];
    for (const { record, names } of records) {
      const moved: string[] = [];
      for (const name of names) moved.push(...(await movedName(store, name, record.id)));
      await store.images.put(record, names);
      loaded.push({ id: record.id, names, moved });
    }
    return loaded;
  } finally {
    await lease.release();
  }
}

async function storeParts(
  { store, clock, unpackLayer = unpackInline }: Parts,
  image: ArchivedImage,
  lease: Lease,
  job: Job,
): Promise<ImageRecord> {
  const sink = snapshotLayerSink(store.snapshots, unpackLayer);
  const config = await loadImage(image, { content: store.content, sink, lease, job });
  let chainID: ChainID | undefined;
  let sizeBytes = 0;
  for (const diffID of image.config.rootfs.diff_ids) {
    chainID = await store.snapshots.putSnapshot(chainID, diffID);
    await lease.add(`snapshots/${chainID}`);
    sizeBytes += (await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0;
  }
  return {
    id: config.digest,
    config: image.config,
    ...(chainID === undefined ? {} : { chainID }),
    sizeBytes,
    ...(image.manifest === undefined ? {} : { manifestDigest: image.manifest.descriptor.digest }),
    createdMs: clock.nowMs(),
    marks: [],
  };
}

/** A name that another image had is taken from it. */
async function movedName(store: Store, name: string, id: ImageID): Promise<readonly string[]> {
  const owner = await store.images.resolve(name);
  if (owner === undefined || owner === id) return [];
  return [
    `The image ${familiarReference(parseReference(name))} already exists, renaming the old one with ID ${owner} to empty string`,
  ];
}
