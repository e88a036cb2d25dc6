/**
 * Editing of persistent trees. Nodes an editor has made itself are changed in place, nodes of the tree it started from are
 * copied first, once: so thousands of changes in one directory cost one copy of it, and the tree they started from never
 * changes. `release` hands out the tree as it stands and lets the editor's nodes go: they are shared from then on.
 */
import { childPath, ROOT, segmentsOf, type AbsolutePath } from '../base/path.ts';
import type { DirectoryInode, Inode } from './inode.ts';
import type { TreeNode } from './tree.ts';

/** A directory that the editor may change. */
interface DirectoryNode extends TreeNode {
  readonly children: Map<string, TreeNode>;
}

class EditableNode implements TreeNode {
  inode: Inode;
  layer: number;
  children: Map<string, TreeNode> | undefined;
  opaque: boolean;
  /** Whose node this is: it may be changed in place while this is the editor's own token. */
  readonly owner: object;

  constructor(
    inode: Inode,
    layer: number,
    opaque: boolean,
    children: Map<string, TreeNode> | undefined,
    owner: object,
  ) {
    this.inode = inode;
    this.layer = layer;
    this.opaque = opaque;
    this.children = children;
    this.owner = owner;
  }
}

/** What a new node says; directories start empty. */
export interface NewNode {
  readonly inode: Inode;
  readonly layer: number;
  readonly opaque?: boolean;
}

/** What an edit changes of a node; absent fields stay. */
export interface NodeChange {
  readonly inode?: Inode;
  readonly layer?: number;
}

/** An empty root, as a container without an image would see it. */
const EMPTY_ROOT_INODE: DirectoryInode = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtimeMs: 0 };

/** The root of a tree without layers. */
export const EMPTY_ROOT: TreeNode = { inode: EMPTY_ROOT_INODE, layer: 0, children: new Map(), opaque: false };

/** Edits one tree. Paths are real paths: no link is followed, and a missing parent is an error of the caller. */
export class TreeEditor {
  #owner = {};
  #root: TreeNode;
  /** Directories opened since the last release; emptied whenever one of them may have gone. */
  readonly #opened = new Map<AbsolutePath, DirectoryNode>();

  constructor(root: TreeNode) {
    this.#root = root;
  }

  /** The tree as it stands. It changes under its reader while edits go on; `release` gives one that does not. */
  get root(): TreeNode {
    return this.#root;
  }

  /** The tree as it stands, never to change again. */
  release(): TreeNode {
    this.#owner = {};
    this.#opened.clear();
    return this.#root;
  }

  /** The node at a path, or undefined. */
  node(path: AbsolutePath): TreeNode | undefined {
    const opened = this.#opened.get(path);
    return opened ?? nodeAt(this.#root, path);
  }

  /** Puts a new node at a name, in place of what is there. */
  put(directory: AbsolutePath, name: string, made: NewNode): TreeNode {
    const children = made.inode.kind === 'directory' ? new Map<string, TreeNode>() : undefined;
    const node = new EditableNode(made.inode, made.layer, made.opaque ?? false, children, this.#owner);
    const siblings = this.#open(directory).children;
    if (siblings.get(name)?.children !== undefined) this.#opened.clear();
    siblings.set(name, node);
    return node;
  }

  /** Puts a node of this tree with all below it at a further name, in place of what is there; all of it gets this layer. */
  graft(directory: AbsolutePath, name: string, node: TreeNode, as: { layer: number; opaque: boolean }): void {
    this.remove(directory, name);
    const root = this.#relabelled(node, as.layer);
    root.opaque = as.opaque;
    this.#open(directory).children.set(name, root);
  }

  /** Takes a name away, with all below it. */
  remove(directory: AbsolutePath, name: string): void {
    const { children } = this.#open(directory);
    if (children.get(name)?.children !== undefined) this.#opened.clear();
    children.delete(name);
  }

  /** Changes what a node says; its children stay. */
  change(directory: AbsolutePath, name: string, change: NodeChange): void {
    const { children } = this.#open(directory);
    const before = children.get(name);
    if (before === undefined) throw new RangeError(`no node at ${childPath(directory, name)}`);
    const node = this.#owned(before);
    if (node !== before) children.set(name, node);
    apply(node, change);
  }

  /** The same for the root. */
  changeRoot(change: NodeChange): void {
    const node = this.#owned(this.#root);
    this.#root = node;
    apply(node, change);
  }

  #owned(node: TreeNode): EditableNode {
    if (node instanceof EditableNode && node.owner === this.#owner) return node;
    const children = node.children && new Map(node.children);
    return new EditableNode(node.inode, node.layer, node.opaque, children, this.#owner);
  }

  #relabelled(node: TreeNode, layer: number): EditableNode {
    const own = this.#owned(node);
    own.layer = layer;
    for (const [name, child] of own.children ?? []) own.children?.set(name, this.#relabelled(child, layer));
    return own;
  }

  /** The directory at a path with all above it, made the editor's own. */
  #open(path: AbsolutePath): DirectoryNode {
    const known = this.#opened.get(path);
    if (known !== undefined) return known;
    let node = this.#owned(this.#root);
    this.#root = node;
    for (const name of segmentsOf(path)) {
      const before = node.children?.get(name);
      if (before === undefined) throw new RangeError(`no directory at ${path}`);
      const next = this.#owned(before);
      if (next !== before) node.children?.set(name, next);
      node = next;
    }
    if (!isDirectory(node)) throw new RangeError(`no directory at ${path}`);
    this.#opened.set(path, node);
    return node;
  }
}

function isDirectory(node: TreeNode): node is DirectoryNode {
  return node.children instanceof Map;
}

function apply(node: EditableNode, change: NodeChange): void {
  if (change.inode !== undefined) node.inode = change.inode;
  if (change.layer !== undefined) node.layer = change.layer;
}

/** The node at a real path of a tree, no links followed; undefined when there is none. */
export function nodeAt(root: TreeNode, path: AbsolutePath): TreeNode | undefined {
  if (path === ROOT) return root;
  let node: TreeNode | undefined = root;
  let start = 1;
  while (node !== undefined) {
    const slash = path.indexOf('/', start);
    if (slash < 0) return node.children?.get(path.slice(start));
    node = node.children?.get(path.slice(start, slash));
    start = slash + 1;
  }
  return undefined;
}
