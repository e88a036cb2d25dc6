/**
 * The immutable merged tree of a stack of layers, and the stack itself. A tree shares all that did not change with the tree
 * it was made from, so a chain of 20 layers over 50,000 files costs what its changes cost.
 */
import type { BlobLike } from '../base/blob-like.ts';
import type { LayerIndex } from './layer-entry.ts';
import type { Inode } from './inode.ts';

/** A name's node in a merged tree. Never changed once a tree holds it. */
export interface TreeNode {
  readonly inode: Inode;
  /** Index of the layer that last said something of this path: 0 is the lowest. */
  readonly layer: number;
  /** Names in this directory; defined exactly for directories. */
  readonly children: ReadonlyMap<string, TreeNode> | undefined;
  /** True for a directory that `layer` made anew where a lower one was: nothing of the lower layers is seen below it. */
  readonly opaque: boolean;
}

/** One layer as a member of a stack. */
export interface StackLayer {
  readonly index: LayerIndex;
  /** The layer's uncompressed tar: file bodies are slices of it. */
  readonly tar: BlobLike;
}

/** A merged stack. */
export interface Tree {
  readonly root: TreeNode;
  /**
   * Bottom up. Paths in their indexes are real paths of this stack: an entry that a layer's tar names through a link of
   * a lower layer (`/lib/x` where `/lib` links to `/usr/lib`) stands here under the name it has in the tree.
   */
  readonly layers: readonly StackLayer[];
  /** The first number that is not yet a `linkGroup` of its files. */
  readonly nextLinkGroup: number;
}
