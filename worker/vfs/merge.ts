/**
 * Merging: a layer put on a tree gives the next tree (image-spec, "layer.md", Applying Changesets). Whiteouts and opaque
 * markers act on what the lower layers left, wherever they stand in the layer, never on the layer's own entries. Links in the
 * parents of an entry are followed inside the root; a directory stays and gets new attributes, anything else is replaced;
 * missing parents are made. Metadata only: bodies are slices of the layer's tar.
 */
import type { BlobLike } from '../base/blob-like.ts';
import { baseName, childPath, parentPath, ROOT, type AbsolutePath } from '../base/path.ts';
import { EngineError } from '../base/errors.ts';
import { EMPTY_BODY, type Body, type Segment } from './body.ts';
import type { DirectoryInode, FileInode, Inode } from './inode.ts';
import type { LayerEntry, TarExtent } from './layer-entry.ts';
import { createParentPaths } from './parent-paths.ts';
import { resolveInTree } from './resolve.ts';
import { EMPTY_ROOT, nodeAt, TreeEditor } from './tree-editor.ts';
import type { StackLayer, Tree, TreeNode } from './tree.ts';

/** The tree without layers: an empty root. */
export const EMPTY_TREE: Tree = { root: EMPTY_ROOT, layers: [], nextLinkGroup: 0 };

/** What a directory gets that no entry describes (as Docker does it). */
export const IMPLIED_DIRECTORY: DirectoryInode = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtimeMs: 0 };

/**
 * The tree of `parent` with `layer` on top. `parent` is not changed, and shares all that the layer does not touch.
 * Throws `invalid-document` where the layer cannot be put there: a file as a parent, a hard link to nothing, a loop of
 * links; `data.path` names the entry.
 */
export function applyLayerEntries(parent: Tree, layer: StackLayer): Tree {
  return new LayerMerge(parent, layer).run();
}

class LayerMerge {
  readonly #parent: Tree;
  readonly #layer: StackLayer;
  readonly #editor: TreeEditor;
  /** Number of the layer in the new stack. */
  readonly #number: number;
  #nextLinkGroup: number;
  readonly #parentOf = createParentPaths();
  /** Real path of each directory that entries were put in, by the path they name it with. */
  readonly #directories = new Map<AbsolutePath, AbsolutePath>();
  /** Entries whose real path is not the one the layer names. */
  readonly #moved = new Map<LayerEntry, LayerEntry>();
  /** Paths the layer itself puts something at; made when first asked for. */
  #ownPaths: ReadonlySet<string> | undefined;

  constructor(parent: Tree, layer: StackLayer) {
    this.#parent = parent;
    this.#layer = layer;
    this.#editor = new TreeEditor(parent.root);
    this.#number = parent.layers.length;
    this.#nextLinkGroup = parent.nextLinkGroup;
  }

  run(): Tree {
    const { entries } = this.#layer.index;
    for (const entry of entries) if (entry.kind === 'whiteout' || entry.kind === 'opaque') this.#hide(entry);
    this.#directories.clear();
    for (const entry of entries) if (entry.kind !== 'whiteout' && entry.kind !== 'opaque') this.#place(entry);
    return {
      root: this.#editor.release(),
      layers: [...this.#parent.layers, this.#resolvedLayer()],
      nextLinkGroup: this.#nextLinkGroup,
    };
  }

  /** The layer with its entries under their real paths. */
  #resolvedLayer(): StackLayer {
    if (this.#moved.size === 0) return this.#layer;
    const { index, tar } = this.#layer;
    return { tar, index: { ...index, entries: index.entries.map((entry) => this.#moved.get(entry) ?? entry) } };
  }

  #hide(entry: LayerEntry): void {
    if (entry.kind === 'opaque') {
      const path = this.#realDirectory(entry.path, entry);
      if (path !== undefined && path !== entry.path) this.#moved.set(entry, { ...entry, path });
      const node = path === undefined ? undefined : this.#editor.node(path);
      if (path === undefined || node?.children === undefined) return;
      for (const name of [...node.children.keys()]) this.#editor.remove(path, name);
      return;
    }
    if (entry.path === ROOT) throw unusable(entry, 'a whiteout of the root');
    const named = parentPath(entry.path);
    const directory = this.#realDirectory(named, entry);
    if (directory === undefined) return;
    const name = baseName(entry.path);
    if (directory !== named) this.#moved.set(entry, { ...entry, path: childPath(directory, name) });
    if (this.#editor.node(directory)?.children?.has(name) === true) this.#editor.remove(directory, name);
  }

  /**
   * The real path of a directory as the lower layers have it; undefined where it is not one of theirs, since they have
   * none there or the layer replaces the link that leads to it.
   */
  #realDirectory(path: AbsolutePath, entry: LayerEntry): AbsolutePath | undefined {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const place = resolveInTree(this.#parent.root, path, { follow: true });
    if (place === 'ELOOP') throw unusable(entry, 'too many links');
    if (typeof place === 'string' || place.node?.children === undefined) return undefined;
    if (place.path !== path && this.#replacesLinkOf(path)) return undefined;
    this.#directories.set(path, place.path);
    return place.path;
  }

  /** True where the layer puts an entry of its own at a link that `path` leads through. */
  #replacesLinkOf(path: AbsolutePath): boolean {
    this.#ownPaths ??= new Set(
      this.#layer.index.entries
        .filter(({ kind }) => kind !== 'whiteout' && kind !== 'opaque')
        .map((entry) => entry.path),
    );
    for (let prefix = path; prefix !== ROOT; prefix = parentPath(prefix)) {
      if (nodeAt(this.#parent.root, prefix)?.inode.kind === 'symlink') return this.#ownPaths.has(prefix);
    }
    return false;
  }

  #place(entry: LayerEntry): void {
    if (entry.path === ROOT) {
      if (entry.kind === 'directory')
        this.#editor.changeRoot({ inode: inodeOf(entry, this.#layer.tar), layer: this.#number });
      return;
    }
    const named = this.#parentOf(entry.path);
    const directory = this.#madeDirectory(named, entry);
    const name = baseName(entry.path);
    if (directory !== named) this.#moved.set(entry, { ...entry, path: childPath(directory, name) });
    const inode = entry.kind === 'hardlink' ? this.#linkedInode(entry) : inodeOf(entry, this.#layer.tar);
    const before = this.#editor.node(directory)?.children?.get(name);
    if (before?.children !== undefined && inode.kind === 'directory') {
      this.#editor.change(directory, name, { inode, layer: this.#number });
      return;
    }
    // a name that was a directory or a link may be a remembered way to somewhere
    if (before?.children !== undefined || before?.inode.kind === 'symlink') this.#directories.clear();
    this.#editor.put(directory, name, { inode, layer: this.#number });
  }

  /** The real path of the directory an entry is put in; made where it is missing. */
  #madeDirectory(path: AbsolutePath, entry: LayerEntry): AbsolutePath {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const place = resolveInTree(this.#editor.root, path, { follow: true, allowMissing: true });
    if (place === 'ELOOP') throw unusable(entry, 'too many links');
    if (typeof place === 'string') throw unusable(entry, 'a parent is not a directory');
    if (place.node === undefined) this.#makeDirectories(place.path);
    else if (place.node.children === undefined) throw unusable(entry, 'a parent is not a directory');
    this.#directories.set(path, place.path);
    return place.path;
  }

  #makeDirectories(path: AbsolutePath): void {
    if (this.#editor.node(path) !== undefined) return;
    this.#makeDirectories(parentPath(path));
    this.#editor.put(parentPath(path), baseName(path), { inode: IMPLIED_DIRECTORY, layer: this.#number });
  }

  /** The inode a hard link names, made a member of a link group if it is a file. */
  #linkedInode(entry: LayerEntry): Inode {
    const target = entry.target as AbsolutePath | undefined;
    if (target === undefined) throw unusable(entry, 'a hard link without a target');
    const place = resolveInTree(this.#editor.root, parentPath(target), { follow: true });
    const path = typeof place === 'string' ? target : childPath(place.path, baseName(target));
    const node: TreeNode | undefined = this.#editor.node(path);
    if (node === undefined) throw unusable(entry, `a hard link to ${target}, which does not exist`);
    const { inode } = node;
    if (inode.kind === 'directory') throw unusable(entry, `a hard link to ${target}, which is a directory`);
    if (inode.kind !== 'file' || inode.linkGroup !== undefined) return inode;
    const shared: FileInode = { ...inode, linkGroup: this.#nextLinkGroup++ };
    this.#editor.change(parentPath(path), baseName(path), { inode: shared });
    return shared;
  }
}

function unusable(entry: LayerEntry, why: string): EngineError {
  return new EngineError('invalid-document', `The layer cannot be applied at ${entry.path}: ${why}.`, {
    data: { path: entry.path },
  });
}

/** The inode that an entry describes; its body is a slice of the layer's tar. Not for hard links and whiteouts. */
export function inodeOf(entry: LayerEntry, tar: BlobLike): Inode {
  const inode = plainInodeOf(entry, tar);
  return entry.xattrs === undefined ? inode : { ...inode, xattrs: entry.xattrs };
}

function plainInodeOf(entry: LayerEntry, tar: BlobLike): Inode {
  const { kind, mode, uid, gid, mtimeMs } = entry;
  switch (kind) {
    case 'file':
      return { kind, mode, uid, gid, mtimeMs, body: bodyIn(entry, tar) };
    case 'directory':
    case 'fifo':
    case 'socket':
      return { kind, mode, uid, gid, mtimeMs };
    case 'symlink':
      return { kind, mode, uid, gid, mtimeMs, target: entry.target ?? '' };
    case 'character':
    case 'block':
      return { kind, mode, uid, gid, mtimeMs, device: entry.device ?? { major: 0, minor: 0 } };
    case 'hardlink':
    case 'whiteout':
    case 'opaque':
      throw new TypeError(`a ${kind} has no inode of its own`);
  }
}

function bodyIn(entry: LayerEntry, tar: BlobLike): Body {
  const { extents, sizeBytes } = entry;
  if (extents === undefined || sizeBytes === 0) return EMPTY_BODY;
  return { sizeBytes, segments: extents.map((extent) => segmentIn(extent, tar)) };
}

function segmentIn({ tarOffset, length }: TarExtent, tar: BlobLike): Segment {
  if (tarOffset === undefined) return { kind: 'hole', length };
  return { kind: 'data', source: tar, start: tarOffset, end: tarOffset + length };
}
