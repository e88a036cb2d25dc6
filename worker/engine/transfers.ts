/** Images in and out: pull and push, and the archive `docker save` writes. */
import type { Job } from '../base/job.ts';
import type { ProgressSink } from '../base/progress.ts';
import { MEDIA_TYPES } from '../oci/descriptor.ts';
import { DEFAULT_PLATFORM } from '../oci/platform.ts';
import { fullReference, parseReference } from '../oci/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { Credentials } from '../registry/credentials.ts';
import { writeDockerArchive } from '../registry/docker-archive.ts';
import { credentialsKey } from '../registry/endpoint.ts';
import { knownLayerBlobs } from '../registry/layer-blobs.ts';
import { pushImage } from '../registry/push.ts';
import type { BaseImages } from './base-images.ts';
import type { EngineParts } from './engine.ts';
import type { Images } from './images.ts';
import type { ImageDetail, PushOptions } from './model.ts';

/** Credentials for this session alone, by the key of Docker's config.json. Never stored. */
export type SessionCredentials = Map<string, Credentials>;

/** The engine's calls that move images. */
export function createTransfers(
  parts: EngineParts,
  client: RegistryClient,
  credentials: SessionCredentials,
  baseImages: BaseImages,
  images: Images,
) {
  const { store } = parts;
  return {
    async pull(reference: string, job: Job, progress: ProgressSink): Promise<ImageDetail> {
      const record = await baseImages.pull(parseReference(reference), DEFAULT_PLATFORM, job, progress);
      return images.detail(record.id);
    },

    /** Sends what the registry lacks; the image gets the pushed name, as `docker tag` before `docker push` would. */
    async push(options: PushOptions, job: Job, progress: ProgressSink): Promise<{ digest: string }> {
      const reference = parseReference(options.reference);
      const name = fullReference(reference);
      const record = await images.find(options.image);
      if (options.username !== undefined && options.password !== undefined) {
        credentials.set(credentialsKey(reference.domain), {
          kind: 'basic',
          username: options.username,
          password: options.password,
        });
        client.forgetCredentials(reference.domain);
      }
      const lease = await store.leases.create();
      try {
        await lease.add(`images/${record.id}`);
        await store.images.tag(record.id, name);
        const config = await store.content.info(record.id);
        const pushed = await pushImage({
          client,
          reference,
          image: {
            config: { mediaType: MEDIA_TYPES.dockerConfig, digest: record.id, size: config?.sizeBytes ?? 0 },
            layers: record.config.rootfs.diff_ids,
            ...(record.manifestDigest === undefined ? {} : { manifest: record.manifestDigest }),
          },
          content: store.content,
          snapshots: store.snapshots,
          layerBlobs: await knownLayerBlobs(store.images, store.content),
          lease,
          job,
          progress,
          vertex: `push ${name}`,
        });
        const { digest } = pushed.descriptor;
        await store.images.put({ ...record, manifestDigest: digest }, [
          `${reference.domain}/${reference.path}@${digest}`,
        ]);
        return { digest };
      } finally {
        await lease.release();
      }
    },

    /** A `docker save` archive of one image with its names. */
    async save(image: string): Promise<Blob> {
      const record = await images.find(image);
      const names = (await store.images.names()).flatMap(([name, id]) =>
        id === record.id && !name.includes('@') ? [name] : [],
      );
      return writeDockerArchive({ images: [{ record, names }], content: store.content, snapshots: store.snapshots });
    },
  };
}
