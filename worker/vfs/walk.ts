/** Walks: everything below a directory, parents before what they hold, names in byte order (as Go's `filepath.Walk`). */
import { childPath, ROOT, type AbsolutePath } from '../base/path.ts';
import { sortNames } from './byte-order.ts';
import type { Inode } from './inode.ts';
import type { TreeNode } from './tree.ts';
import type { UnionView } from './view.ts';

/** What a walk comes by. */
export interface WalkEntry {
  readonly path: AbsolutePath;
  readonly inode: Inode;
  /** The layer that owns it. */
  readonly layer: number;
}

/** All nodes at and below `node`, which stands at `path`. */
export function* walkTree(node: TreeNode, path: AbsolutePath = ROOT): Generator<WalkEntry> {
  yield { path, inode: node.inode, layer: node.layer };
  if (node.children === undefined) return;
  for (const name of sortNames([...node.children.keys()])) {
    const child = node.children.get(name);
    if (child !== undefined) yield* walkTree(child, childPath(path, name));
  }
}

/**
 * All that is below `directory` in a view, links not followed; nothing when it is no directory. What the caller changes
 * meanwhile shows as far as the walk has not come there.
 */
export function* walkView(view: UnionView, directory: AbsolutePath = ROOT): Generator<WalkEntry> {
  if (view.lookup(directory, { follow: false })?.kind !== 'directory') return;
  for (const { name, inode, layer } of view.list(directory)) {
    const path = childPath(directory, name);
    yield { path, inode, layer };
    if (inode.kind === 'directory') yield* walkView(view, path);
  }
}
