/**
 * Layers and snapshots. A layer is its tar, as a Blob or compressed, with one index record, stored once by diffID; a snapshot is a
 * chainID: a layer on a parent. Both are immutable once written.
 */
import type { BlobLike } from '../base/blob-like.ts';
import { utf8, type Bytes } from '../base/bytes.ts';
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Clock } from '../base/ports.ts';
import { digestOf } from '../codec/sha256.ts';
import type { ChainID, DiffID } from '../oci/digest.ts';
import type { LayerIndex } from '../vfs/layer-entry.ts';
import { decodeLayerIndex, encodeLayerIndex, isStoredIndex } from '../vfs/layer-index-codec.ts';
import { applyLayerEntries, EMPTY_TREE } from '../vfs/merge.ts';
import type { Tree } from '../vfs/tree.ts';
import type { Database } from './database.ts';
import { againstGc } from './locks.ts';
import { checkedLayerRecord, corruptLayer, layerBodyKey, missingLayer, type LayerRecord } from './layer-record.ts';
import { createLayerTars } from './layer-tars.ts';
import type { PackedTar } from './packed-tar.ts';
import { RecentCache } from './recent-cache.ts';
import { checkRecord, corruptRecord, isAmount, isDigestText, optional, type Shape } from './record.ts';
import { storedBytes, type StoredBytes } from './stored-bytes.ts';

export interface SnapshotRecord {
  readonly parent?: ChainID;
  readonly diffID: DiffID;
  readonly createdMs: number;
}

/** A layer as it is taken out. */
export interface Layer {
  readonly diffID: DiffID;
  /** Uncompressed. */
  readonly tar: BlobLike;
  readonly index: LayerIndex;
}

/** A layer as it is put in. */
export interface NewLayer {
  readonly diffID: DiffID;
  readonly tar: Blob | PackedTar;
  readonly index: LayerIndex;
  /** The index in its stored form, where whoever puts the layer in has it. */
  readonly storedIndex?: unknown;
}

export interface LayerInfo {
  readonly diffID: DiffID;
  /** Logical size: the sum of its files' sizes. */
  readonly sizeBytes: number;
  readonly tarBytes: number;
  /** Bytes the tar takes in storage, where it may be compressed. */
  readonly storedBytes: number;
  readonly createdMs: number;
}

export interface SnapshotInfo {
  readonly chainID: ChainID;
  readonly parent?: ChainID;
  readonly diffID: DiffID;
  readonly createdMs: number;
}

/** Stores layers and chains, and gives the merged tree of a chain. */
export interface SnapshotStore {
  /** True when the layer is there and can be used; a damaged one counts as missing, and putting it again heals it. */
  hasLayer(diffID: DiffID): Promise<boolean>;
  layerInfo(diffID: DiffID): Promise<LayerInfo | undefined>;
  /** Throws `not-found` naming the digest. Decoded indexes are cached, a bounded number of them. */
  layer(diffID: DiffID): Promise<Layer>;
  /** Stores a layer whose tar was hashed by the caller; storing it again is no error. */
  putLayer(layer: NewLayer): Promise<void>;
  snapshot(chainID: ChainID): Promise<SnapshotInfo | undefined>;
  /** Puts a stored layer on a parent and returns the new chain's ID (an existing one is returned as it is). Throws `not-found`. */
  putSnapshot(parent: ChainID | undefined, diffID: DiffID): Promise<ChainID>;
  /** The snapshots of a chain, bottom up. Of one that was read before it is told without looking. Throws `not-found`. */
  snapshots(chainID: ChainID | undefined): Promise<readonly SnapshotInfo[]>;
  /** diffIDs of a chain, bottom up, as {@link SnapshotStore.snapshots} tells them. Throws `not-found`. */
  chain(chainID: ChainID | undefined): Promise<readonly DiffID[]>;
  /**
   * True when a chain is stored with the layers above `base`, which is known to be; as far as their heads and lengths tell. A chain
   * that does not stand on `base` is looked at to its bottom.
   */
  isComplete(chainID: ChainID | undefined, base?: ChainID): Promise<boolean>;
  /** The merged tree of a chain (of the empty root for undefined). Cached: trees of one chain share structure with their parents. */
  tree(chainID: ChainID | undefined): Promise<Tree>;
  /**
   * Hashes a stored tar anew: throws `corrupt` naming the diffID when it does not match, and lets the damaged tar go, so that
   * the layer can be pulled or built again; `not-found` when there is none.
   */
  verifyLayer(diffID: DiffID): Promise<void>;
  listLayers(): Promise<readonly LayerInfo[]>;
  listSnapshots(): Promise<readonly SnapshotInfo[]>;
}

const SNAPSHOT_SHAPE: Shape<SnapshotRecord> = {
  parent: optional(isDigestText),
  diffID: isDigestText,
  createdMs: isAmount,
};

/** Entries that decoded indexes, and the top layers of merged trees, may have in all before the oldest are dropped. */
const CACHED_ENTRIES = 500_000;
const CACHED_SNAPSHOTS = 10_000;
/** The snapshot store over a database. */
export function createSnapshotStore(database: Database, clock: Clock): SnapshotStore {
  const indexes = new RecentCache<LayerIndex>(CACHED_ENTRIES);
  const trees = new RecentCache<Tree>(CACHED_ENTRIES);
  const tars = createLayerTars(database, indexOf);
  const merging = new Map<ChainID, Promise<Tree>>();
  /** What a chainID stands on can never change, so a link of a chain that was seen once need not be read again. */
  const links = new RecentCache<SnapshotRecord>(CACHED_SNAPSHOTS);

  async function layerInfo(diffID: DiffID): Promise<LayerInfo | undefined> {
    const record = await database.get('layers', diffID);
    return record && infoOf(diffID, record);
  }

  async function indexOf(diffID: DiffID): Promise<LayerIndex> {
    const cached = indexes.get(diffID);
    if (cached !== undefined) return cached;
    const index = await readIndex(database, diffID);
    indexes.set(diffID, index, index.entries.length + 1);
    return index;
  }

  async function layer(diffID: DiffID): Promise<Layer> {
    const tar = await tars.open(diffID);
    return { diffID, tar, index: await indexOf(diffID) };
  }

  async function isUsable(diffID: DiffID): Promise<boolean> {
    return (await orNothing(Promise.all([tars.open(diffID), indexOf(diffID)]))) !== undefined;
  }

  /** As far as {@link isUsable} can tell without decoding the index. */
  async function isThere(diffID: DiffID): Promise<boolean> {
    const read = await orNothing(Promise.all([database.get('layerIndexes', diffID), tars.open(diffID)]));
    return read !== undefined && isStoredIndex(read[0]);
  }

  async function snapshot(chainID: ChainID): Promise<SnapshotInfo | undefined> {
    const record = await database.get('snapshots', chainID);
    if (record === undefined) return undefined;
    const checked = checkRecord('snapshots', chainID, record, SNAPSHOT_SHAPE);
    links.set(chainID, checked, 1);
    return { chainID, ...checked };
  }

  async function requireSnapshot(chainID: ChainID): Promise<SnapshotRecord> {
    const record = await snapshot(chainID);
    if (record === undefined) throw missingSnapshot(chainID);
    return record;
  }

  /** A link of a chain, without looking where it was seen before. */
  const link = async (chainID: ChainID): Promise<SnapshotRecord> =>
    links.get(chainID) ?? (await requireSnapshot(chainID));

  async function snapshotsOf(chainID: ChainID | undefined): Promise<readonly SnapshotInfo[]> {
    const snapshots: SnapshotInfo[] = [];
    for (let at = chainID; at !== undefined; at = snapshots.at(-1)?.parent) {
      snapshots.push({ chainID: at, ...(await link(at)) });
    }
    return snapshots.reverse();
  }

  /** The link of a chain, when it and its layer are there. */
  async function completeLink(chainID: ChainID): Promise<SnapshotRecord | undefined> {
    const known = links.get(chainID);
    // at once, where it is known which layer it is
    const [record, there] = await Promise.all([snapshot(chainID), known === undefined || isThere(known.diffID)]);
    if (record === undefined || !there) return undefined;
    return known !== undefined || (await isThere(record.diffID)) ? record : undefined;
  }

  async function mergedTree(chainID: ChainID, { parent, diffID }: SnapshotRecord): Promise<Tree> {
    const cached = trees.get(chainID);
    if (cached !== undefined) return cached;
    const [below, { index, tar }] = await Promise.all([
      parent === undefined ? EMPTY_TREE : mergeOnce(parent, await link(parent)),
      layer(diffID),
    ]);
    const tree = applyLayerEntries(below, { index, tar });
    trees.set(chainID, tree, index.entries.length + 1);
    return tree;
  }

  /** Two who want one tree at once share the work. */
  function mergeOnce(chainID: ChainID, record: SnapshotRecord): Promise<Tree> {
    const running = merging.get(chainID);
    if (running !== undefined) return running;
    const merge = mergedTree(chainID, record).finally(() => merging.delete(chainID));
    merging.set(chainID, merge);
    return merge;
  }

  return {
    hasLayer: isUsable,
    layerInfo,
    layer,
    snapshot,
    async putLayer({ diffID, tar, index, storedIndex = encodeLayerIndex(index) }) {
      const { bytes, lengths, whole } = storedForm(tar);
      const record: LayerRecord = { sizeBytes: index.sizeBytes, ...lengths, createdMs: clock.nowMs() };
      const stored = await storedBytes(bytes);
      await againstGc(database, async () => {
        if (await isUsable(diffID)) return;
        await database.write([
          { table: 'layers', key: diffID, record },
          { table: 'layerIndexes', key: diffID, record: storedIndex },
          { table: 'bodies', key: layerBodyKey(diffID), record: stored },
        ]);
      });
      indexes.set(diffID, index, index.entries.length + 1);
      if (whole !== undefined) tars.remember(diffID, whole);
    },
    async putSnapshot(parent, diffID) {
      const chainID = await chainIDOf(parent, diffID);
      await againstGc(database, async () => {
        if (await database.has('snapshots', chainID)) return;
        if (parent !== undefined && !(await database.has('snapshots', parent))) throw missingSnapshot(parent);
        if (!(await database.has('layers', diffID))) throw missingLayer(diffID);
        const record = { diffID, createdMs: clock.nowMs(), ...(parent === undefined ? {} : { parent }) };
        await database.write([{ table: 'snapshots', key: chainID, record }]);
      });
      return chainID;
    },
    snapshots: snapshotsOf,
    chain: async (chainID) => (await snapshotsOf(chainID)).map(({ diffID }) => diffID),
    async isComplete(chainID, base) {
      for (let at = chainID; at !== undefined && at !== base;) {
        const record = await completeLink(at);
        if (record === undefined) return false;
        at = record.parent;
      }
      return true;
    },
    tree: async (chainID) => (chainID === undefined ? EMPTY_TREE : mergeOnce(chainID, await requireSnapshot(chainID))),
    async verifyLayer(diffID) {
      if (await tars.isSound(diffID)) return;
      await database.write([{ table: 'bodies', key: layerBodyKey(diffID), record: undefined }]);
      throw corruptLayer(diffID);
    },
    async listLayers() {
      const entries = await database.entries('layers');
      return entries.map(([key, record]) => infoOf(key as DiffID, record));
    },
    async listSnapshots() {
      const entries = await database.entries('snapshots');
      return entries.map(([key, record]) => ({
        chainID: key as ChainID,
        ...checkRecord('snapshots', key, record, SNAPSHOT_SHAPE),
      }));
    },
  };
}

function infoOf(diffID: DiffID, record: unknown): LayerInfo {
  const { sizeBytes, tarBytes, packedBytes = tarBytes, createdMs } = checkedLayerRecord(diffID, record);
  return { diffID, sizeBytes, tarBytes, storedBytes: packedBytes, createdMs };
}

/** What is written of a tar; `whole` is what it unpacks to, where that is at hand. */
function storedForm(tar: Blob | PackedTar): {
  readonly bytes: StoredBytes;
  readonly lengths: Pick<LayerRecord, 'tarBytes' | 'packedBytes'>;
  readonly whole?: Bytes;
} {
  if (tar instanceof Blob) return { bytes: tar, lengths: { tarBytes: tar.size } };
  const { packed, tarBytes, unpacked } = tar;
  return {
    bytes: packed,
    lengths: { tarBytes, packedBytes: packed.byteLength },
    ...(unpacked === undefined ? {} : { whole: unpacked }),
  };
}

/** What was read; undefined where it is gone or damaged. */
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isEngineError(error, 'not-found') || isEngineError(error, 'corrupt')) return undefined;
    throw error;
  }
}

/** ChainID of a layer on a parent (image-spec, "config.md", Layer ChainID). */
async function chainIDOf(parent: ChainID | undefined, diffID: DiffID): Promise<ChainID> {
  return parent === undefined ? diffID : digestOf(utf8(`${parent} ${diffID}`));
}

async function readIndex(database: Database, diffID: DiffID): Promise<LayerIndex> {
  const rows = await database.get('layerIndexes', diffID);
  if (rows === undefined) throw corruptLayer(diffID);
  try {
    return decodeLayerIndex(rows);
  } catch (error) {
    throw corruptRecord('layerIndexes', diffID, error instanceof Error ? error.message : 'its form');
  }
}

function missingSnapshot(chainID: ChainID): EngineError {
  return new EngineError('not-found', `snapshot ${chainID} is not stored`, { data: { digest: chainID } });
}
