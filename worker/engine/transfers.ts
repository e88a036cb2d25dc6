/** Images in and out: pull and push, and the archive `docker save` writes. */
import type { Job } from '../base/job.ts';
import { squash } from '../layer/squash.ts';
import type { ProgressSink } from '../base/progress.ts';
import { MEDIA_TYPES } from '../oci/descriptor.ts';
import { DEFAULT_PLATFORM, parsePlatform } from '../oci/platform.ts';
import { fullReference, parseReference } from '../oci/reference.ts';
import type { RegistryClient } from '../registry/client.ts';
import type { StoredImage } from '../registry/compressed-image.ts';
import { writeDockerArchive } from '../registry/docker-archive.ts';
import { knownLayerBlobs } from '../registry/layer-blobs.ts';
import { writeOciLayout } from '../registry/oci-layout.ts';
import { pushImage } from '../registry/push.ts';
import type { ImageRecord } from '../store/images.ts';
import type { BaseImages } from './base-images.ts';
import type { EngineParts } from './parts.ts';
import type { Images } from './images.ts';
import type { Logins } from './logins.ts';
import type { ImageDetail, PublishPlan, PushOptions, SaveFormat } from './model.ts';
import { mountSources, planPublish } from './publish.ts';

/** The engine's calls that move images. */
export function createTransfers(
  parts: EngineParts,
  client: RegistryClient,
  logins: Logins,
  baseImages: BaseImages,
  images: Images,
) {
  const { store } = parts;
  const packing = parts.packer === undefined ? {} : { packer: parts.packer };

  /** A record in the terms of the registry room. */
  async function storedImage({ id, config, manifestDigest }: ImageRecord): Promise<StoredImage> {
    const size = (await store.content.info(id))?.sizeBytes ?? 0;
    return {
      config: { mediaType: MEDIA_TYPES.dockerConfig, digest: id, size },
      layers: config.rootfs.diff_ids,
      ...(manifestDigest === undefined ? {} : { manifest: manifestDigest }),
    };
  }

  return {
    async pull(reference: string, job: Job, progress: ProgressSink, platform?: string): Promise<ImageDetail> {
      const wanted = platform === undefined ? DEFAULT_PLATFORM : parsePlatform(platform);
      const record = await baseImages.pull(parseReference(reference), wanted, job, progress);
      return images.detail(record.id);
    },

    /** What {@link push} would send. */
    planPublish: (options: Pick<PushOptions, 'image' | 'reference'>, job: Job): Promise<PublishPlan> =>
      planPublish(store, client, images, options, job),

    /** Sends what the registry lacks; the image gets the pushed name, as `docker tag` before `docker push` would. */
    async push(options: PushOptions, job: Job, progress: ProgressSink): Promise<{ digest: string }> {
      const reference = parseReference(options.reference);
      const name = fullReference(reference);
      const record = await images.find(options.image);
      if (options.username !== undefined && options.password !== undefined) {
        const { username, password } = options;
        logins.keep(reference.domain, { kind: 'basic', username, password });
        client.forgetCredentials(reference.domain);
      }
      const lease = store.leases.create();
      try {
        await lease.add(`images/${record.id}`);
        await store.images.tag(record.id, name);
        const pushed = await pushImage({
          client,
          reference,
          image: await storedImage(record),
          content: store.content,
          snapshots: store.snapshots,
          layerBlobs: await knownLayerBlobs(store.images, store.content),
          mountFrom: await mountSources(store, reference.domain),
          lease,
          ...packing,
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

    /** One image with its names, as a file. */
    async save(image: string, job: Job, format: SaveFormat = 'docker'): Promise<Blob> {
      const record = await images.find(image);
      if (format === 'root') return (await squash(await store.snapshots.tree(record.chainID), {}, job)).tar;
      const names = (await store.images.names()).flatMap(([name, id]) =>
        id === record.id && !name.includes('@') ? [name] : [],
      );
      const { content, snapshots } = store;
      if (format === 'docker') return writeDockerArchive({ images: [{ record, names }], content, snapshots });
      const lease = store.leases.create();
      try {
        await lease.add(`images/${record.id}`);
        const layerBlobs = await knownLayerBlobs(store.images, content);
        return await writeOciLayout({
          image: await storedImage(record),
          names,
          layerBlobs,
          content,
          snapshots,
          lease,
          ...packing,
          job,
        });
      } finally {
        await lease.release();
      }
    },
  };
}
