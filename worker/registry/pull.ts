/**
 * Fetching an image: its documents into the content store, its layers through the sink. A layer's bytes pass once: they are
 * stored compressed, decompressed, unpacked and hashed (both ways) while they stream.
 */
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { ProgressSink } from '../base/progress.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { DiffID } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import { fullReference, type Reference } from '../oci/reference.ts';
import type { ContentStore } from '../store/content.ts';
import type { Lease, LeasedResource } from '../store/leases.ts';
import { blobBytes, blobStream } from './blobs.ts';
import type { RegistryClient } from './client.ts';
import { forEachConcurrently } from './concurrency.ts';
import type { LayerSink } from './layer-sink.ts';
import { readReadyIndex, readyIndexOf, type ReadyIndex } from '../store/ready-index.ts';
import type { Repository } from './repository.ts';
import { countingTransform, TransferStatus } from './transfer-status.ts';
import { resolveImage, type RemoteImage } from './resolve.ts';
import { lockstepTee } from './tee.ts';

/** Where a pull puts things, and whom it tells. */
export interface PullTarget {
  readonly content: ContentStore;
  readonly sink: LayerSink;
  /** Protects what arrives until an image refers to it. */
  readonly lease?: Lease;
  readonly job: Job;
  readonly progress: ProgressSink;
  /** The vertex that the statuses belong to. */
  readonly vertex: string;
  /** The largest layers are fetched first, so that no thread is left with one at the end; `docker pull` goes from the bottom up. */
  readonly largestFirst?: boolean;
  /** Whether layers that come with their index are taken at its word, which is for who made and checked both (`store/ready-index.ts`). */
  readonly trustsIndexes?: boolean;
}

export interface PullRequest extends PullTarget {
  readonly client: RegistryClient;
  readonly reference: Reference;
  readonly platform: Platform;
}

/** Layers fetched at once, Docker's `max-concurrent-downloads`. */
const CONCURRENT_LAYERS = 3;

const FOREIGN_LAYERS: readonly string[] = [
  MEDIA_TYPES.dockerForeignLayer,
  'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd',
];

/** Finds an image and fetches all of it. Throws what {@link resolveImage} and {@link fetchImage} throw. */
export async function pullImage(request: PullRequest): Promise<RemoteImage> {
  const { client, reference, platform, job, progress, vertex } = request;
  const resolving = new TransferStatus(progress, client.clock, vertex, `resolve ${fullReference(reference)}`);
  resolving.report('Resolving');
  const image = await resolveImage(client, reference, platform, resolving.watch(job));
  resolving.complete('Resolved');
  await fetchImage(client, image, request);
  return image;
}

/**
 * Fetches what is missing of a resolved image. When it returns, documents and config are in the content store and every layer
 * is in the sink. Throws `corrupt` naming the digest, `unsupported` for foreign layers, what the registry refuses with.
 */
export async function fetchImage(client: RegistryClient, image: RemoteImage, target: PullTarget): Promise<void> {
  // An image may hold the same layer twice; it is fetched once.
  const layers = new Map<DiffID, Descriptor>();
  image.config.rootfs.diff_ids.forEach((diffID, index) => {
    const descriptor = image.manifest.layers[index];
    if (descriptor !== undefined) layers.set(diffID, descriptor);
  });
  // all at once: each time a lease grows it is written
  await target.lease?.add(...resourcesOf(image, layers));
  await storeDocuments(image, target);
  const statuses = new Map<DiffID, TransferStatus>();
  for (const [diffID, { digest, size }] of layers) {
    statuses.set(diffID, new TransferStatus(target.progress, client.clock, target.vertex, digest, size));
  }
  const missing = [...layers].slice(await existingBelow([...layers.keys()], target.sink));
  for (const [diffID, status] of statuses) {
    if (missing.some(([missingID]) => missingID === diffID)) status.report('Pulling fs layer');
    else status.complete('Already exists');
  }
  const told = bottomUp(missing.map(([diffID]) => diffID));
  if (target.largestFirst === true) missing.sort(([, a], [, b]) => b.size - a.size);
  for (const [diffID] of missing.slice(CONCURRENT_LAYERS)) statuses.get(diffID)?.report('Waiting');
  await forEachConcurrently(missing, CONCURRENT_LAYERS, target.job, async ([diffID, descriptor], job) => {
    const status = statuses.get(diffID)!;
    const { repository } = image;
    const layerTarget = { ...target, job: status.watch(job) };
    const came = await fetchLayer({ client, repository, descriptor, diffID, status, target: layerTarget });
    told(diffID, () => {
      status.complete(came ? 'Pull complete' : 'Already exists');
    });
  });
}

/** How many layers from the bottom up are there already. */
async function existingBelow(diffIDs: readonly DiffID[], sink: LayerSink): Promise<number> {
  let count = 0;
  for (const diffID of diffIDs) {
    if (!(await sink.has(diffID))) return count;
    count++;
  }
  return count;
}

/** Docker puts a layer on those below it, so it is told as complete after them: holds back what is to be told until it is its turn. */
function bottomUp(diffIDs: readonly DiffID[]): (diffID: DiffID, tell: () => void) => void {
  const waiting = new Map<DiffID, () => void>();
  let next = 0;
  return (diffID, tell) => {
    waiting.set(diffID, tell);
    for (let at = diffIDs[next]; at !== undefined && waiting.has(at); at = diffIDs[++next]) waiting.get(at)?.();
  };
}

/** All that is stored of an image: documents, config, and each layer, compressed and not. */
function resourcesOf(image: RemoteImage, layers: ReadonlyMap<DiffID, Descriptor>): readonly LeasedResource[] {
  return [
    ...image.documents.map(({ descriptor }) => `content/${descriptor.digest}` as const),
    `content/${image.manifest.config.digest}`,
    ...[...layers].flatMap(([diffID, { digest }]) => [`layers/${diffID}`, `content/${digest}`] as const),
  ];
}

async function storeDocuments(image: RemoteImage, { content }: PullTarget): Promise<void> {
  await Promise.all([
    ...image.documents.map(({ descriptor, bytes }) => content.ingestBytes(descriptor.mediaType, bytes)),
    content.ingestBytes(image.manifest.config.mediaType, image.configBytes),
  ]);
}

/** A layer that is to be fetched. */
interface LayerFetch {
  readonly client: RegistryClient;
  readonly repository: Repository;
  readonly descriptor: Descriptor;
  readonly diffID: DiffID;
  readonly target: PullTarget;
  readonly status: TransferStatus;
}

/** Fetches a layer and has it unpacked; false where it is here already. */
async function fetchLayer(fetch: LayerFetch): Promise<boolean> {
  const { descriptor, diffID, target } = fetch;
  if (await target.sink.has(diffID)) return false;
  if (FOREIGN_LAYERS.includes(descriptor.mediaType)) {
    throw new EngineError(
      'unsupported',
      `layer ${descriptor.digest} may not be distributed by registries (a Windows base layer); it cannot be pulled here`,
      { data: { digest: descriptor.digest, mediaType: descriptor.mediaType } },
    );
  }
  if (!(await keepWithIndex(fetch)) && !(await unpackStored(fetch))) await unpackArriving(fetch);
  return true;
}

/** Keeps a layer by the index it comes with; false where it has none that may be trusted and can be had. */
async function keepWithIndex(fetch: LayerFetch): Promise<boolean> {
  const { descriptor, diffID, target } = fetch;
  const { content, sink, job } = target;
  const named = target.trustsIndexes === true ? readyIndexOf(descriptor) : undefined;
  if (named === undefined) return false;
  // without it the layer is unpacked, as any other
  const fetched = fetchReadyIndex(fetch, named).catch(() => undefined);
  if (!(await isStored(fetch))) await content.ingest(descriptor, arrivingBlob(fetch), job);
  const ready = await fetched;
  if (ready === undefined) return false;
  return unlessDamaged(fetch, async () => {
    await sink.keepPacked(diffID, await content.readBytes(descriptor.digest, descriptor.size), ready);
  });
}

async function fetchReadyIndex({ client, repository, target }: LayerFetch, named: Descriptor): Promise<ReadyIndex> {
  return readReadyIndex(await blobBytes(client, repository, named, target.job));
}

/** Unpacks a blob that is here already; false where there is none. */
async function unpackStored(fetch: LayerFetch): Promise<boolean> {
  const { descriptor, diffID, target, status } = fetch;
  const { content, sink, job } = target;
  if (!(await isStored(fetch))) return false;
  status.report('Extracting');
  return unlessDamaged(fetch, async () => {
    await sink.unpack(diffID, await content.read(descriptor.digest, { verify: true }), job);
  });
}

/** Whether the layer's blob is here, as far as its head tells. */
async function isStored({ descriptor, target }: LayerFetch): Promise<boolean> {
  return (await target.content.info(descriptor.digest)) !== undefined;
}

/** Works with a stored blob. One that storage has damaged is dropped: false, and it has to be fetched again. */
async function unlessDamaged(
  { descriptor: { digest }, target }: LayerFetch,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isEngineError(error, 'corrupt') || error.data['digest'] !== digest) throw error;
    await target.content.delete(digest);
    return false;
  }
}

async function unpackArriving(fetch: LayerFetch): Promise<void> {
  const { descriptor, diffID, target } = fetch;
  const { content, sink, job } = target;
  const stop = new AbortController();
  const arriving = arrivingBlob(fetch, stop);
  // An uncompressed layer is its own tar, which the sink keeps and verifies; there is nothing further to store.
  if (descriptor.digest === diffID) {
    await sink.unpack(diffID, arriving, job);
  } else {
    const [compressed, copy] = lockstepTee(arriving);
    await bothOrFirstError(stop, [content.ingest(descriptor, compressed, job), sink.unpack(diffID, copy, job)]);
  }
}

/** The layer's blob as it comes, its status told. */
function arrivingBlob(fetch: LayerFetch, stop = new AbortController()): ReadableStream<Uint8Array> {
  const { client, repository, descriptor, target, status } = fetch;
  status.report('Downloading');
  const counting = countingTransform((bytes) => {
    status.advance(bytes, 'Downloading');
    if (bytes !== descriptor.size) return;
    // Docker's words and their order; here a layer is hashed and unpacked while it arrives
    for (const action of ['Verifying Checksum', 'Download complete', 'Extracting']) status.report(action);
  });
  return blobStream(client, repository, descriptor, target.job).pipeThrough(counting, { signal: stop.signal });
}

/** Waits for all to settle. The first failure stops the source, so that the others end too, and is the one that is told. */
async function bothOrFirstError(stop: AbortController, works: readonly Promise<unknown>[]): Promise<void> {
  let first: { readonly error: unknown } | undefined;
  const note = (error: unknown): void => {
    first ??= { error };
    stop.abort(error);
  };
  await Promise.all(works.map((work) => work.catch(note)));
  if (first !== undefined) throw first.error;
}
