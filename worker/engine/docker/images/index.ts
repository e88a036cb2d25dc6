/** Images as Docker's API has them, over the engine's store. */
import { ownBytes } from '../../../base/bytes.ts';
import { EngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import { familiarReference, fullReference, parseReference } from '../../../oci/reference.ts';
import type { EngineParts } from '../../parts.ts';
import type { ImageAPI } from '../api.ts';
import { createBlobBuilder } from '../../../store/blob-builder.ts';
import { loadImages, saveImages } from './archives.ts';
import { findImage } from './find.ts';
import { importImage } from './import.ts';
import { imageHistory, inspectImage } from './inspect.ts';
import { listImages } from './list.ts';
import { pruneImages } from './prune.ts';
import { removeImage } from './remove.ts';
import { remoteManifest } from './manifest.ts';
import { pushManifestList, remoteDescriptor } from './manifest-list.ts';
import { pullAllTags, pullImage, pushImages, type TransferParts } from './transfers.ts';

/** What images are made of. */
export type ImageParts = Pick<EngineParts, 'store' | 'clock'> & TransferParts;

export function createImageAPI(parts: ImageParts): ImageAPI {
  const { store, events } = parts;
  return {
    list: (options) => listImages(parts, options),
    inspect: (name) => inspectImage(store, name),
    history: (name) => imageHistory(store, name),
    async tag(source, target) {
      if (/^sha256(?::|$)/.test(target)) {
        throw new EngineError('invalid-argument', 'refusing to create an ambiguous tag using digest algorithm as name');
      }
      const { id } = await findImage(store, source);
      const reference = parseReference(target);
      if (reference.digest !== undefined) {
        throw new EngineError('invalid-argument', 'refusing to create a tag with a digest reference');
      }
      await store.images.tag(id, fullReference(reference));
      events.add('image', 'tag', id, { name: familiarReference(reference) });
    },
    remove: (name, options) => removeImage(store, events, name, options),
    prune: (filters) => pruneImages(parts, events, filters),
    pull: (reference, options, listener, job) =>
      options.allTags === true
        ? pullAllTags(parts, reference, options, listener, job)
        : pullImage(parts, reference, options, listener, job),
    push: (reference, options, listener, job) => pushImages(parts, reference, options, listener, job),
    manifest: (reference, options, job) => remoteManifest(parts, reference, options, job),
    descriptor: (reference, options, job) => remoteDescriptor(parts, reference, options, job),
    pushList: (list, options, told, job) => pushManifestList(parts, list, options, told, job),
    save: async (names) => (await saveImages(store, events, names)).stream(),
    async load(archive, listener, job) {
      await loadImages(parts, events, await blobOf(archive, job), listener, job);
    },
    import: (archive, options, job) => importImage(parts, events, archive, options, job),
  };
}

/** A stream as a Blob, which takes no memory of the script's. */
async function blobOf(stream: ReadableStream<Uint8Array>, job: Job): Promise<Blob> {
  const builder = createBlobBuilder();
  for await (const chunk of stream) {
    job.budget.throwIfCancelled();
    builder.append(ownBytes(chunk));
  }
  return builder.finish();
}
