/** What the store's contract is tried on: databases that a factory opens, a clock the test moves, small layers and images. */
import { utf8 } from '../../worker/base/bytes.ts';
import { createJob, type Job } from '../../worker/base/job.ts';
import type { Random } from '../../worker/base/ports.ts';
import { resolvePath } from '../../worker/base/path.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import { MEDIA_TYPES } from '../../worker/oci/descriptor.ts';
import type { ChainID, Digest } from '../../worker/oci/digest.ts';
import type { BuildCacheRecord } from '../../worker/store/build-cache.ts';
import type { ContainerRecord } from '../../worker/store/containers.ts';
import type { Database } from '../../worker/store/database.ts';
import type { ImageRecord } from '../../worker/store/images.ts';
import { openStore, type Store } from '../../worker/store/index.ts';
import type { IndexedLayer } from '../../worker/layer/index-layer.ts';
import type { NewLayer } from '../../worker/store/snapshots.ts';
import type { LayerEntry } from '../../worker/vfs/layer-entry.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

/** One durable world, empty at first. */
export interface StorageFixture {
  /** A further handle on it, as another tab would have. */
  open(): Promise<Database>;
  destroy(): Promise<void>;
}
export type StorageFactory = () => Promise<StorageFixture>;

/** A world in use by one test. */
export interface World {
  readonly clock: ManualClock;
  readonly database: Database;
  readonly store: Store;
  /** A second tab on the same storage. */
  readonly other: Store;
  readonly job: Job;
  openDatabase(): Promise<Database>;
  /** A store over any database: one that fails, one that counts. */
  storeOn(database: Database): Store;
  close(): Promise<void>;
}

const cryptoRandom: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };

export async function createWorld(factory: StorageFactory): Promise<World> {
  const fixture = await factory();
  const clock = createManualClock();
  const opened: Database[] = [];
  const openDatabase = async (): Promise<Database> => {
    const database = await fixture.open();
    opened.push(database);
    return database;
  };
  const storeOn = (database: Database): Store => openStore({ database, clock, random: cryptoRandom });
  const database = await openDatabase();
  return {
    clock,
    database,
    store: storeOn(database),
    other: storeOn(await openDatabase()),
    job: createJob('test', new AbortController().signal, clock),
    openDatabase,
    storeOn,
    async close() {
      for (const handle of opened) handle.close();
      await fixture.destroy();
    },
  };
}

/** An entry with what a test does not care about filled in. */
export function entry(path: string, fields: Partial<LayerEntry> = {}): LayerEntry {
  const defaults = { kind: 'file', mode: 0o644, uid: 0, gid: 0, mtimeMs: 1000, sizeBytes: 0 } as const;
  return { ...defaults, path: resolvePath(path), ...fields };
}

/** A layer whose "tar" is the text, and whose files are that text whole. Its diffID is true to its bytes. */
export async function layerOf(text: string, ...paths: (string | LayerEntry)[]): Promise<IndexedLayer> {
  const bytes = utf8(text);
  const extents = [{ tarOffset: 0, length: bytes.byteLength }];
  const entries = paths.map((path) =>
    typeof path === 'string' ? entry(path, { sizeBytes: bytes.byteLength, extents }) : path,
  );
  const sizeBytes = entries.reduce((sum, { sizeBytes: size }) => sum + size, 0);
  return { diffID: await digestOf(bytes), tar: new Blob([bytes]), index: { entries, sizeBytes } };
}

/** Stores layers as one chain, bottom up. */
export async function putChain(store: Store, ...layers: readonly NewLayer[]): Promise<ChainID> {
  let chainID: ChainID | undefined;
  for (const layer of layers) {
    await store.snapshots.putLayer(layer);
    chainID = await store.snapshots.putSnapshot(chainID, layer.diffID);
  }
  if (chainID === undefined) throw new TypeError('a chain has a layer');
  return chainID;
}

/** Stores an image over a chain, with a config document of its own. */
export async function putImage(
  store: Store,
  text: string,
  fields: Partial<ImageRecord> = {},
  names: readonly string[] = [],
): Promise<Digest> {
  const { digest: id } = await store.content.ingestBytes(MEDIA_TYPES.ociConfig, utf8(`{"config":"${text}"}`));
  await store.images.put(imageRecord(id, fields), names);
  return id;
}

export function imageRecord(id: Digest, fields: Partial<ImageRecord> = {}): ImageRecord {
  return {
    id,
    config: { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } },
    sizeBytes: 0,
    createdMs: 1,
    marks: [],
    ...fields,
  };
}

export function containerRecord(id: string, imageID: Digest, fields: Partial<ContainerRecord> = {}): ContainerRecord {
  return {
    id,
    name: `name-${id}`,
    imageID,
    imageName: 'busybox',
    config: {},
    state: 'created',
    exitCode: 0,
    createdMs: 1,
    hostConfig: {},
    ...fields,
  };
}

export async function cacheRecord(text: string, fields: Partial<BuildCacheRecord> = {}): Promise<BuildCacheRecord> {
  return {
    key: await digestOf(utf8(text)),
    parts: [{ kind: 'instruction', name: '', value: text }],
    lineage: 'stage/1',
    sizeBytes: 0,
    description: text,
    createdMs: 1,
    lastUsedMs: 1,
    usageCount: 0,
    ...fields,
  };
}

/** A stream of these chunks that knows how far it was read. */
export function chunkSource(...chunks: readonly Uint8Array[]) {
  const seen = { pulled: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[seen.pulled++];
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
      cancel() {
        seen.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, seen };
}
