/**
 * Snapshots of file systems (containerd's `Snapshotter`): `prepare` opens a writable view on a chain of layers, `commit`
 * stores what was written as one more layer. A view that is not committed leaves nothing behind. What a commit stores is
 * kept from gc by the caller's lease, taken before.
 */
import type { Job } from '../base/job.ts';
import type { ChainID, DiffID } from '../oci/digest.ts';
import type { SnapshotStore } from '../store/snapshots.ts';
import type { Tree } from '../vfs/tree.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { UnionView } from '../vfs/view.ts';
import { commitLayer, type WriteLayerOptions } from './write-layer.ts';

/** What a commit stored. */
export interface CommittedSnapshot {
  readonly chainID: ChainID;
  readonly diffID: DiffID;
  /** Logical size of the new layer. */
  readonly sizeBytes: number;
}

export interface Snapshotter {
  /** A writable view on a chain; on the empty root for undefined. Throws `not-found`. */
  prepare(parent: ChainID | undefined): Promise<UnionView>;
  /**
   * Stores the upper of a view that was prepared on `parent` as a layer on it; an empty upper gives the empty layer. The view
   * stays as it is. Throws `cancelled` and `storage`; nothing is stored then.
   */
  commit(
    view: UnionView,
    parent: ChainID | undefined,
    job: Job,
    options?: WriteLayerOptions,
  ): Promise<CommittedSnapshot>;
  /** The merged tree of a chain. Throws `not-found`. */
  tree(chainID: ChainID | undefined): Promise<Tree>;
}

/** The snapshotter over a store. `now` is wall-clock milliseconds: the time of files that views make. */
export function createSnapshotter(snapshots: SnapshotStore, now: () => number): Snapshotter {
  return {
    async prepare(parent) {
      return createUnionView(await snapshots.tree(parent), { now });
    },

    async commit(view, parent, job, options = {}) {
      const layer = await commitLayer(view, options, job);
      const { diffID, sizeBytes } = layer;
      await snapshots.putLayer(layer);
      return { chainID: await snapshots.putSnapshot(parent, diffID), diffID, sizeBytes };
    },

    tree: (chainID) => snapshots.tree(chainID),
  };
}
