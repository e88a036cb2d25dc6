/**
 * Layers and snapshots. A layer is one Blob (its uncompressed tar) with one index record, stored once by diffID; a
 * snapshot is a chainID: a layer on a parent. Both are immutable once written.
 */
import type { LayerIndex } from '../vfs/layer-entry.ts';
import type { Tree } from '../vfs/tree.ts';
import type { ChainID, DiffID } from '../oci/digest.ts';

export interface LayerRecord {
  readonly tar: Blob | Uint8Array<ArrayBuffer>;
  /** The index in its stored form (`vfs/layer-index-codec.ts`): columns, not rows. */
  readonly index: unknown;
  readonly sizeBytes: number;
  readonly createdMs: number;
}

export interface SnapshotRecord {
  readonly parent?: ChainID;
  readonly diffID: DiffID;
  readonly createdMs: number;
}

/** A layer as it is put in and taken out. */
export interface Layer {
  readonly diffID: DiffID;
  readonly tar: Blob;
  readonly index: LayerIndex;
}

export interface LayerInfo {
  readonly diffID: DiffID;
  /** Logical size: the sum of its files' sizes. */
  readonly sizeBytes: number;
  /** Bytes the tar takes in storage. */
  readonly tarBytes: number;
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
  hasLayer(diffID: DiffID): Promise<boolean>;
  layerInfo(diffID: DiffID): Promise<LayerInfo | undefined>;
  /** Throws `not-found` naming the digest. Decoded indexes are cached, a bounded number of them. */
  layer(diffID: DiffID): Promise<Layer>;
  /** Stores a layer whose tar was hashed by the caller; storing it again is no error. */
  putLayer(layer: Layer): Promise<void>;
  snapshot(chainID: ChainID): Promise<SnapshotInfo | undefined>;
  /** Puts a stored layer on a parent and returns the new chain's ID (an existing one is returned as it is). Throws `not-found`. */
  putSnapshot(parent: ChainID | undefined, diffID: DiffID): Promise<ChainID>;
  /** diffIDs of a chain, bottom up. Throws `not-found`. */
  chain(chainID: ChainID | undefined): Promise<readonly DiffID[]>;
  /** The merged tree of a chain (of the empty root for undefined). Cached: trees of one chain share structure with their parents. */
  tree(chainID: ChainID | undefined): Promise<Tree>;
  /** Hashes a stored tar anew: throws `corrupt` naming the diffID when it does not match, `not-found` when it is gone. */
  verifyLayer(diffID: DiffID): Promise<void>;
  listLayers(): Promise<readonly LayerInfo[]>;
  listSnapshots(): Promise<readonly SnapshotInfo[]>;
}
