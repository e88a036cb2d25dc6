/**
 * Hard links of a view. A tree holds an inode with each name; names of one file carry the same `linkGroup`. While a view
 * is written to, the inode of a changed group is kept here once, so that a write through one name is seen through all, and
 * brought to the names when the tree is handed out.
 */
import { childPath, parentPath, baseName, ROOT, type AbsolutePath } from '../base/path.ts';
import type { FileInode, Inode } from './inode.ts';
import type { TreeEditor } from './tree-editor.ts';
import type { TreeNode } from './tree.ts';

export class LinkGroups {
  #next: number;
  /** Groups written to since the last `settle`, with their inode as it is now. */
  readonly #changed = new Map<number, FileInode>();
  /** The inode a group began with, where it began in this view. */
  readonly #origins = new Map<number, FileInode>();
  /** Names of each group; counted when first asked for, kept up from then on. */
  #counts: Map<number, number> | undefined;

  constructor(next: number) {
    this.#next = next;
  }

  /** The first number that is no group yet. */
  get next(): number {
    return this.#next;
  }

  /** An inode of the tree as it is now. */
  current(inode: Inode): Inode {
    if (inode.kind !== 'file' || inode.linkGroup === undefined) return inode;
    return this.#changed.get(inode.linkGroup) ?? inode;
  }

  /** True for a file that was changed through some name, not necessarily through this one. */
  isChanged(inode: Inode): boolean {
    return inode.kind === 'file' && inode.linkGroup !== undefined && this.#changed.has(inode.linkGroup);
  }

  /** Makes `inode` what all names of its group have. */
  change(group: number, inode: FileInode): void {
    this.#changed.set(group, { ...inode, linkGroup: group });
  }

  /** A new group for a file that had one name. */
  found(inode: FileInode): FileInode {
    const group = this.#next++;
    this.#origins.set(group, inode);
    this.#counts?.set(group, 1);
    return { ...inode, linkGroup: group };
  }

  /** Counts a further name. */
  added(inode: Inode): void {
    this.#count(inode, 1);
  }

  /** Takes the names of a node, and of all below it, off the counts. */
  removed(node: TreeNode): void {
    if (this.#counts === undefined) return;
    this.#count(node.inode, -1);
    for (const child of node.children?.values() ?? []) this.removed(child);
  }

  /** Number of names the file has in the tree. */
  count(inode: FileInode, root: TreeNode): number {
    if (inode.linkGroup === undefined) return 1;
    if (this.#counts === undefined) {
      this.#counts = new Map();
      this.#countBelow(root);
    }
    return this.#counts.get(inode.linkGroup) ?? 1;
  }

  /** True when a name that was `lower` still names the same file: not another one, however alike. */
  isSameFile(lower: FileInode, current: FileInode): boolean {
    if (lower.linkGroup === current.linkGroup) return true;
    if (current.linkGroup === undefined) return false;
    return this.#origins.get(current.linkGroup) === lower;
  }

  /** Brings changed inodes to all their names. `layer` is what the names belong to from now on. */
  settle(editor: TreeEditor, layer: number): void {
    if (this.#changed.size === 0) return;
    const stale: AbsolutePath[] = [];
    this.#collectStale(editor.root, ROOT, stale);
    for (const path of stale) {
      const node = editor.node(path);
      if (node !== undefined)
        editor.change(parentPath(path), baseName(path), { inode: this.current(node.inode), layer });
    }
    this.#changed.clear();
  }

  /** Adds the paths of all names whose inode is not the current one. */
  #collectStale(node: TreeNode, path: AbsolutePath, stale: AbsolutePath[]): void {
    if (this.current(node.inode) !== node.inode) stale.push(path);
    for (const [name, child] of node.children ?? []) this.#collectStale(child, childPath(path, name), stale);
  }

  #countBelow(node: TreeNode): void {
    this.#count(node.inode, 1);
    for (const child of node.children?.values() ?? []) this.#countBelow(child);
  }

  #count(inode: Inode, by: number): void {
    if (this.#counts === undefined || inode.kind !== 'file' || inode.linkGroup === undefined) return;
    this.#counts.set(inode.linkGroup, (this.#counts.get(inode.linkGroup) ?? 0) + by);
  }
}
