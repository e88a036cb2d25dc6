/**
 * Pushing an image as `docker push` does: layers the registry has are left where they are, or mounted from a repository beside;
 * the others are compressed (once: the blob is kept) and sent; then config and manifest.
 */
import type { Job } from '../base/job.ts';
import type { ProgressSink } from '../base/progress.ts';
import type { SegmentPacker } from '../codec/deflate/segment.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { DiffID } from '../oci/digest.ts';
import type { Reference } from '../oci/reference.ts';
import type { ContentStore } from '../store/content.ts';
import type { Lease } from '../store/leases.ts';
import type { SnapshotStore } from '../store/snapshots.ts';
import { hasBlob } from './blobs.ts';
import type { RegistryClient } from './client.ts';
import { forEachConcurrently } from './concurrency.ts';
import { compressedLayer, ownManifest, type StoredImage } from './compressed-image.ts';
import { newManifest } from './new-manifest.ts';
import { putManifest, type Repository } from './repository.ts';
import { TransferStatus } from './transfer-status.ts';
import { mountBlob, uploadBlob } from './uploads.ts';

export interface PushRequest {
  readonly client: RegistryClient;
  /** Where to; its tag is set, `latest` when there is none. */
  readonly reference: Reference;
  readonly image: StoredImage;
  readonly content: ContentStore;
  readonly snapshots: SnapshotStore;
  /** Compressed blobs of layers, as far as they are known (`knownLayerBlobs`). */
  readonly layerBlobs: ReadonlyMap<DiffID, Descriptor>;
  /** For a layer, repositories of the same registry that have it: it may be mounted from there. */
  readonly mountFrom?: (diffID: DiffID) => readonly string[];
  readonly lease?: Lease;
  /** What compresses layers; done in line where it is absent. */
  readonly packer?: SegmentPacker;
  readonly job: Job;
  readonly progress: ProgressSink;
  readonly vertex: string;
}

/** What the registry has now. */
export interface PushedManifest {
  readonly descriptor: Descriptor;
  readonly tag: string;
}

/** Docker's `max-concurrent-uploads`. */
const CONCURRENT_UPLOADS = 5;
/** Repositories asked for a layer before it is sent, as Docker has it. */
const MAX_MOUNT_ATTEMPTS = 4;

/**
 * Pushes an image and returns its manifest, which is in the content store then. Throws what the registry refuses with,
 * `cors` where a browser is kept from the answer, `not-found` when a layer is missing here.
 */
export async function pushImage(request: PushRequest): Promise<PushedManifest> {
  const { client, reference, image, content, lease, job, progress, vertex } = request;
  const repository = { endpoint: client.registry(reference.domain), path: reference.path };
  const tag = reference.tag ?? 'latest';
  const blobs = new Map<DiffID, Descriptor>();
  // from the top down, as Docker goes through them
  const distinct = [...new Set(image.layers.toReversed())];
  const statuses = new Map(distinct.map((diffID) => [diffID, layerStatus(request, diffID)]));
  for (const status of statuses.values()) status.report('Preparing');
  for (const diffID of distinct.slice(CONCURRENT_UPLOADS)) statuses.get(diffID)?.report('Waiting');

  await forEachConcurrently(distinct, CONCURRENT_UPLOADS, job, async (diffID, layerJob) => {
    const status = statuses.get(diffID)!;
    blobs.set(diffID, await pushLayer({ ...request, job: status.watch(layerJob) }, repository, diffID, status));
  });
  // Docker tells nothing of config and manifest: they are heard of where they have to wait
  const documents = new TransferStatus(progress, client.clock, vertex, 'config and manifest').watch(job);
  if (!(await hasBlob(client, repository, image.config.digest, documents))) {
    await uploadBlob(client, repository, image.config.digest, await content.readBytes(image.config.digest), documents);
  }
  const layers = image.layers.map((diffID) => blobs.get(diffID)!);
  const manifest = (await ownManifest(image, layers, content)) ?? (await newManifest(image.config, layers));
  await putManifest(client, repository, tag, manifest, documents);
  await lease?.add(`content/${manifest.digest}`);
  return { descriptor: await content.ingestBytes(manifest.mediaType, manifest.bytes), tag };
}

function layerStatus({ client, progress, vertex }: PushRequest, diffID: DiffID): TransferStatus {
  return new TransferStatus(progress, client.clock, vertex, diffID);
}

/** Sees to it that the repository has the layer; returns the blob it has it as. */
async function pushLayer(
  request: PushRequest,
  repository: Repository,
  diffID: DiffID,
  status: TransferStatus,
): Promise<Descriptor> {
  const { client, layerBlobs, mountFrom, job } = request;
  const known = layerBlobs.get(diffID);
  if (known !== undefined) {
    if (await hasBlob(client, repository, known.digest, job)) {
      status.complete('Layer already exists');
      return known;
    }
    const sources = (mountFrom?.(diffID) ?? []).filter((from) => from !== repository.path);
    for (const from of sources.slice(0, MAX_MOUNT_ATTEMPTS)) {
      if (await mountBlob(client, repository, known.digest, from, job)) {
        status.complete(`Mounted from ${from}`);
        return known;
      }
    }
  }
  const blob = await compressedLayer(request, diffID, known);
  if (blob.digest !== known?.digest && (await hasBlob(client, repository, blob.digest, job))) {
    status.complete('Layer already exists');
    return blob;
  }
  status.begin(blob.size, 'Pushing');
  await uploadBlob(client, repository, blob.digest, await request.content.readBlob(blob.digest), job, (sentBytes) =>
    status.advance(sentBytes, 'Pushing'),
  );
  status.advance(blob.size, 'Pushing');
  status.complete('Pushed');
  return blob;
}
