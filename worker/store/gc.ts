/**
 * Garbage collection: layers, snapshots and content that nothing refers to any more.
 *
 * What is alive. Roots are images (config document, manifest, chain), containers (their chain, their writable layer), volumes,
 * build cache records (their result) and unexpired leases. From a root everything it refers to is alive: a snapshot's
 * parents and layers; the manifests, config and compressed layers that an index or a manifest names. The rest goes, with
 * the leases that ran out. A manifest that cannot be read protects itself alone: the compressed blobs below it are
 * copies of layers that their chain protects. A damaged *root* stops gc with `corrupt`, since what it protects is unknown.
 *
 * Why nothing in use can go. gc holds the `gc` lock exclusively from reading the roots to the end of its one write. Who
 * makes or drops a root (an image, a container, a cache record, a lease) or relies on something being there (a snapshot
 * on its parent) holds the same lock shared, for one short batch. So the references stand still while gc looks, and none
 * can point at what it has just removed. Between the batches of a job its lease protects: it is taken *before* the job
 * looks whether a resource is there or writes it, and let go after a root refers to the result. A leased layer protects
 * the snapshots it is the top of, since a chainID is known only when there is one.
 *
 * No age limit by default. Content just written under a lease needs none, and a person who asks for room wants all
 * of it. `graceMs` is for collecting unasked: it spares what is younger, however it came to be unreferenced.
 *
 * After a crash. Every batch is atomic, and bytes are written before what refers to them. A tab killed between two
 * batches leaves layers or blobs without a root, never a root without its layers; its lease runs out within a minute,
 * and the next collection frees them. Removal is one batch too: a crash in it removes all or nothing.
 */
import { utf8Text } from '../base/bytes.ts';
import { isEngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import { MEDIA_TYPES } from '../oci/descriptor.ts';
import { isDigest, type Digest } from '../oci/digest.ts';
import { contentDeletion, type ContentInfo, type ContentStore } from './content.ts';
import type { Database, WriteOperation } from './database.ts';
import type { ContainerStore } from './containers.ts';
import type { BuildCache } from './build-cache.ts';
import type { ImageStore } from './images.ts';
import { layerDeletion } from './layer-record.ts';
import { listLeases, type LeaseRecord } from './leases.ts';
import { GC_LOCK } from './locks.ts';
import type { LayerInfo, SnapshotInfo, SnapshotStore } from './snapshots.ts';
import type { VolumeStore } from './volumes.ts';

export interface GarbageReport {
  readonly layers: readonly string[];
  readonly snapshots: readonly string[];
  readonly content: readonly string[];
  /** Bytes in storage: of tars and of blobs. */
  readonly freedBytes: number;
}

export interface CollectOptions {
  /** Spares what was written less than so many milliseconds ago; 0 by default. */
  readonly graceMs?: number;
}

/** Roots that a preview takes for gone: what it tells is what removing them, and then collecting, would free. */
export interface PreviewOptions extends CollectOptions {
  /** IDs of images. */
  readonly withoutImages?: ReadonlySet<string>;
  /** IDs of containers. */
  readonly withoutContainers?: ReadonlySet<string>;
  readonly withoutBuildCache?: boolean;
  /** ID of a lease. */
  readonly withoutLease?: string;
}

export interface GarbageCollector {
  /** What would go, without removing it. Throws `corrupt` when a root is damaged. */
  preview(options?: PreviewOptions): Promise<GarbageReport>;
  /** Removes it. Throws `corrupt`, and removes nothing, when a root is damaged. */
  collect(options?: CollectOptions): Promise<GarbageReport>;
}

/** The stores gc looks into. */
export interface CollectedStores {
  readonly content: ContentStore;
  readonly snapshots: SnapshotStore;
  readonly images: ImageStore;
  readonly containers: ContainerStore;
  readonly volumes: VolumeStore;
  readonly buildCache: BuildCache;
}

/** The collector of a database. */
export function createGarbageCollector(database: Database, stores: CollectedStores, clock: Clock): GarbageCollector {
  async function findGarbage({ graceMs = 0, ...without }: PreviewOptions): Promise<Garbage> {
    const nowMs = clock.nowMs();
    const leases = await listLeases(database);
    const held = leases.filter(({ id, expiresMs }) => expiresMs > nowMs && id !== without.withoutLease);
    const leased = new Set(held.flatMap((lease) => lease.resources));
    const alive = await markRoots(stores, leased, without);
    const [snapshots, layers, content] = await Promise.all([
      stores.snapshots.listSnapshots(),
      stores.snapshots.listLayers(),
      stores.content.list(),
    ]);
    const isYoung = (thing: { readonly createdMs: number }): boolean =>
      graceMs > 0 && nowMs - thing.createdMs < graceMs;
    // What is spared for its youth is a root like any other: what it stands on must stay too.
    for (const young of snapshots.filter(isYoung)) alive.snapshots.add(young.chainID);
    for (const young of layers.filter(isYoung)) alive.layers.add(young.diffID);
    for (const young of content.filter(isYoung)) alive.content.add(young.digest);
    for (const top of snapshots.filter((snapshot) => leased.has(`layers/${snapshot.diffID}`))) {
      alive.snapshots.add(top.chainID);
    }
    markChains(alive, snapshots);
    await markContent(alive, content, stores.content);
    return {
      snapshots: snapshots.filter((snapshot) => !alive.snapshots.has(snapshot.chainID)),
      layers: layers.filter((layer) => !alive.layers.has(layer.diffID)),
      content: content.filter((blob) => !alive.content.has(blob.digest)),
      leases: leases.filter((lease) => lease.expiresMs <= nowMs),
    };
  }

  return {
    preview: (options = {}) =>
      database.withLock(GC_LOCK, 'exclusive', async () => reportOf(await findGarbage(options))),
    collect: (options = {}) =>
      database.withLock(GC_LOCK, 'exclusive', async () => {
        const garbage = await findGarbage(options);
        const removal = removalOf(garbage);
        if (removal.length > 0) await database.write(removal);
        return reportOf(garbage);
      }),
  };
}

interface Garbage {
  readonly snapshots: readonly SnapshotInfo[];
  readonly layers: readonly LayerInfo[];
  readonly content: readonly ContentInfo[];
  readonly leases: readonly LeaseRecord[];
}

/** What must stay, by kind. */
interface Alive {
  readonly snapshots: Set<string>;
  readonly layers: Set<string>;
  readonly content: Set<string>;
}

/** What the roots themselves name. */
async function markRoots(
  stores: CollectedStores,
  leased: ReadonlySet<string>,
  { withoutImages, withoutContainers, withoutBuildCache }: PreviewOptions,
): Promise<Alive> {
  const alive: Alive = { snapshots: new Set(), layers: new Set(), content: new Set() };
  const add = (kind: keyof Alive, digest: string | undefined): void => {
    if (digest !== undefined) alive[kind].add(digest);
  };
  const [images, containers, volumes, cached] = await Promise.all([
    stores.images.list(),
    stores.containers.list(),
    stores.volumes.list(),
    stores.buildCache.list(),
  ]);
  for (const image of images) {
    if (withoutImages?.has(image.id) === true) continue;
    add('content', image.id);
    add('content', image.manifestDigest);
    add('snapshots', image.chainID);
  }
  for (const container of containers) {
    if (withoutContainers?.has(container.id) === true) continue;
    add('snapshots', container.chainID);
    add('layers', container.upper);
  }
  for (const volume of volumes) add('layers', volume.content);
  if (withoutBuildCache !== true) for (const record of cached) add('snapshots', record.result);
  for (const resource of leased) {
    const slash = resource.indexOf('/');
    const digest = resource.slice(slash + 1);
    const kind = resource.slice(0, slash);
    if (kind === 'snapshots' || kind === 'layers' || kind === 'content') add(kind, digest);
    // An image's ID is the digest of its config document; its record, where there is one, is a root by itself.
    if (kind === 'images') add('content', digest);
  }
  return alive;
}

/** Adds the parents and layers of every snapshot that is alive. */
function markChains(alive: Alive, snapshots: readonly SnapshotInfo[]): void {
  const byID = new Map<string, SnapshotInfo>(snapshots.map((snapshot) => [snapshot.chainID, snapshot]));
  // A Set's iteration reaches what is added on the way.
  for (const chainID of alive.snapshots) {
    const snapshot = byID.get(chainID);
    if (snapshot === undefined) continue;
    alive.layers.add(snapshot.diffID);
    if (snapshot.parent !== undefined) alive.snapshots.add(snapshot.parent);
  }
}

const NAMING_OTHERS: ReadonlySet<string> = new Set([
  MEDIA_TYPES.ociIndex,
  MEDIA_TYPES.ociManifest,
  MEDIA_TYPES.dockerManifestList,
  MEDIA_TYPES.dockerManifest,
]);

/** Adds what indexes and manifests that are alive name. */
async function markContent(alive: Alive, content: readonly ContentInfo[], store: ContentStore): Promise<void> {
  const documents = new Set(content.filter((blob) => NAMING_OTHERS.has(blob.mediaType)).map((blob) => blob.digest));
  for (const digest of alive.content) {
    if (!isDigest(digest) || !documents.has(digest)) continue;
    for (const named of await digestsNamedBy(store, digest)) alive.content.add(named);
  }
}

async function digestsNamedBy(store: ContentStore, digest: Digest): Promise<readonly string[]> {
  try {
    const document: unknown = JSON.parse(utf8Text(await store.readBytes(digest)));
    return descriptorsIn(document).flatMap(digestOfDescriptor);
  } catch (error) {
    if (error instanceof SyntaxError || isEngineError(error, 'corrupt') || isEngineError(error, 'limit')) return [];
    throw error;
  }
}

/** The descriptors of an index or a manifest, whatever else is in it. */
function descriptorsIn(document: unknown): readonly unknown[] {
  if (typeof document !== 'object' || document === null) return [];
  const lists = [fieldOf(document, 'manifests'), fieldOf(document, 'layers')];
  return [
    fieldOf(document, 'config'),
    ...lists.flatMap((list: unknown): unknown[] => (Array.isArray(list) ? list : [])),
  ];
}

function digestOfDescriptor(descriptor: unknown): readonly string[] {
  if (typeof descriptor !== 'object' || descriptor === null) return [];
  const digest = fieldOf(descriptor, 'digest');
  return typeof digest === 'string' ? [digest] : [];
}

function fieldOf(object: object, field: string): unknown {
  return (object as Readonly<Record<string, unknown>>)[field];
}

function removalOf({ snapshots, layers, content, leases }: Garbage): readonly WriteOperation[] {
  return [
    ...snapshots.map(({ chainID }) => ({ table: 'snapshots', key: chainID, record: undefined }) as const),
    ...layers.flatMap(({ diffID }) => layerDeletion(diffID)),
    ...content.flatMap(({ digest }) => contentDeletion(digest)),
    ...leases.map(({ id }) => ({ table: 'leases', key: id, record: undefined }) as const),
  ];
}

function reportOf({ snapshots, layers, content }: Garbage): GarbageReport {
  return {
    snapshots: snapshots.map((snapshot) => snapshot.chainID),
    layers: layers.map((layer) => layer.diffID),
    content: content.map((blob) => blob.digest),
    freedBytes:
      layers.reduce((sum, layer) => sum + layer.storedBytes, 0) +
      content.reduce((sum, blob) => sum + blob.sizeBytes, 0),
  };
}
