/**
 * File systems as the solver hands them from step to step. The tree of stored layers is read when a step works on it: a build that
 * comes whole from the cache reads none, where an image of a compiler has tens of thousands of paths.
 */
import type { ChainID } from '../oci/digest.ts';
import type { SnapshotStore } from '../store/snapshots.ts';
import type { FileSystem } from './operation.ts';

export interface SolvedFileSystem {
  /** The layers it stands on; undefined for the empty root, and for what has no layers (a build context). */
  readonly chainID?: ChainID;
  /** How many layers it has. */
  readonly layerCount: number;
  /** With its tree. Throws `not-found` and `corrupt` for a stored layer that is gone or damaged. */
  open(): Promise<FileSystem>;
}

/** One whose tree is at hand. */
export function openFileSystem(fileSystem: FileSystem): SolvedFileSystem {
  const { tree, chainID } = fileSystem;
  return {
    ...(chainID === undefined ? {} : { chainID }),
    layerCount: tree.layers.length,
    open: () => Promise.resolve(fileSystem),
  };
}

/** One of stored layers; undefined is the empty root. Throws `not-found`. */
export async function storedFileSystem(
  snapshots: SnapshotStore,
  chainID: ChainID | undefined,
): Promise<SolvedFileSystem> {
  const layers = await snapshots.chain(chainID);
  return {
    ...(chainID === undefined ? {} : { chainID }),
    layerCount: layers.length,
    open: async () => ({ tree: await snapshots.tree(chainID), ...(chainID === undefined ? {} : { chainID }) }),
  };
}
