/**
 * Which compressed blobs stand for which layers. Nothing keeps a table of it: every image that came by a manifest tells it,
 * since the manifest's layers and the config's diffIDs go in pairs.
 */
import { isEngineError } from '../base/errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { DiffID } from '../oci/digest.ts';
import { parseManifest } from '../oci/manifest.ts';
import type { ContentStore } from '../store/content.ts';
import type { ImageStore } from '../store/images.ts';

/** The blob of every layer that some stored image was pulled or pushed with. */
export async function knownLayerBlobs(
  images: ImageStore,
  content: ContentStore,
): Promise<ReadonlyMap<DiffID, Descriptor>> {
  const blobs = new Map<DiffID, Descriptor>();
  for (const image of await images.list()) {
    if (image.manifestDigest === undefined) continue;
    const layers = await manifestLayers(image.manifestDigest, content);
    image.config.rootfs.diff_ids.forEach((diffID, index) => {
      const descriptor = layers[index];
      if (descriptor !== undefined) blobs.set(diffID, descriptor);
    });
  }
  return blobs;
}

/** A manifest that is gone, or is an index, tells nothing; that costs a compression, not a push. */
async function manifestLayers(digest: DiffID, content: ContentStore): Promise<readonly Descriptor[]> {
  try {
    return parseManifest(await content.readBytes(digest)).layers;
  } catch (error) {
    if (isEngineError(error, 'not-found') || isEngineError(error, 'invalid-document')) return [];
    throw error;
  }
}
