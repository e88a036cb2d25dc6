/**
 * The union view over a merged tree (`view.ts` says what it promises). It edits a persistent tree, so making one costs
 * nothing, lower layers stay as they are, and what the upper holds is the difference of two trees. What overlayfs does on
 * disk (copy-up of files and of the directories above them, whiteouts, opaque directories) happens here in the owner of a
 * node, and is told to the listeners as it would happen there.
 */
import { baseName, isWithin, parentPath, ROOT, segmentsOf, type AbsolutePath } from '../base/path.ts';
import type { Body } from './body.ts';
import { sortNames } from './byte-order.ts';
import { diffTrees } from './diff-trees.ts';
import { filesystemError } from './errno.ts';
import { inodeSize, type DeviceNumber, type Inode, type InodeAttributes } from './inode.ts';
import { LinkGroups } from './link-groups.ts';
import { resolveInTree, type Place } from './resolve.ts';
import { TreeEditor, type NodeChange } from './tree-editor.ts';
import { tracePath } from './trace.ts';
import type { Tree, TreeNode } from './tree.ts';
import type {
  AttributeChange,
  Change,
  CreateOptions,
  Dirent,
  FollowOption,
  LayerHit,
  UnionView,
  ViewEvent,
} from './view.ts';

/** A writable view over a merged tree. `now` is wall-clock milliseconds since 1970, asked once for each change. */
export function createUnionView(base: Tree, options: { now(): number }): UnionView {
  return new EditedTree(base, () => options.now());
}

/** A place where something is. */
interface Existing extends Place {
  readonly node: TreeNode;
}

/** Bytes a name may have, and a path (NAME_MAX, PATH_MAX of Linux). */
const MAX_NAME_BYTES = 255;
const MAX_PATH_BYTES = 4095;

class EditedTree implements UnionView {
  readonly base: Tree;
  readonly depth: number;
  readonly #now: () => number;
  readonly #editor: TreeEditor;
  readonly #links: LinkGroups;
  readonly #listeners = new Set<(event: ViewEvent) => void>();

  constructor(base: Tree, now: () => number) {
    this.base = base;
    this.depth = base.layers.length;
    this.#now = now;
    this.#editor = new TreeEditor(base.root);
    this.#links = new LinkGroups(base.nextLinkGroup);
  }

  lookup(path: AbsolutePath, options?: FollowOption): Inode | undefined {
    const place = this.#find(path, options?.follow ?? true);
    return place?.node && this.#links.current(place.node.inode);
  }

  realPath(path: AbsolutePath, options?: FollowOption): AbsolutePath {
    return this.#resolve(path, options?.follow ?? true).path;
  }

  owner(path: AbsolutePath): number | undefined {
    const node = this.#find(path, true)?.node;
    return node && this.#ownerOf(node);
  }

  list(path: AbsolutePath): readonly Dirent[] {
    const { children } = this.#existing(path, true).node;
    if (children === undefined) throw filesystemError('ENOTDIR', path);
    return sortNames([...children.keys()]).flatMap((name) => {
      const node = children.get(name);
      return node === undefined ? [] : [{ name, inode: this.#links.current(node.inode), layer: this.#ownerOf(node) }];
    });
  }

  linkCount(path: AbsolutePath): number {
    const { inode } = this.#existing(path, true).node;
    return inode.kind === 'file' ? this.#links.count(inode, this.#editor.root) : 1;
  }

  trace(path: AbsolutePath): readonly LayerHit[] {
    this.#links.settle(this.#editor, this.depth);
    return tracePath(this.base, this.#editor.root, this.depth, path);
  }

  writeFile(path: AbsolutePath, body: Body, create: CreateOptions, changedBytes = body.sizeBytes): void {
    const place = this.#resolve(path, true);
    if (place.node === undefined) {
      this.#create(place.path, { kind: 'file', body, ...this.#attributes(create) });
      return;
    }
    const inode = this.#links.current(place.node.inode);
    if (inode.kind === 'directory') throw filesystemError('EISDIR', path);
    if (inode.kind !== 'file') throw filesystemError('EINVAL', path);
    const emptied = body.sizeBytes === 0;
    const below = this.#ownerOf(place.node) < this.depth;
    this.#copyUp(place.path, place.node, emptied ? 'truncate' : 'data');
    this.#setInode(place.path, { ...inode, body, mtimeMs: create.mtimeMs ?? this.#now() });
    if (emptied && (below || inode.body.sizeBytes === 0)) return;
    this.#tell({ kind: 'write', path: place.path, bytes: body.sizeBytes, changedBytes });
  }

  mkdir(path: AbsolutePath, options: CreateOptions): void {
    this.#create(this.#vacant(path), { kind: 'directory', ...this.#attributes(options) });
  }

  symlink(path: AbsolutePath, target: string, options: CreateOptions): void {
    if (target === '') throw filesystemError('ENOENT', path);
    this.#create(this.#vacant(path), { kind: 'symlink', target, ...this.#attributes(options) });
  }

  mknod(
    path: AbsolutePath,
    kind: 'character' | 'block' | 'fifo' | 'socket',
    device: DeviceNumber | undefined,
    options: CreateOptions,
  ): void {
    const vacant = this.#vacant(path);
    const attributes = this.#attributes(options);
    if (kind === 'fifo' || kind === 'socket') this.#create(vacant, { kind, ...attributes });
    else if (device === undefined) throw filesystemError('EINVAL', path);
    else this.#create(vacant, { kind, device, ...attributes });
  }

  link(existing: AbsolutePath, path: AbsolutePath): void {
    const source = this.#existing(existing, false);
    if (source.node.children !== undefined) throw filesystemError('EPERM', existing);
    const vacant = this.#vacant(path);
    this.#copyUp(source.path, source.node, 'link');
    let inode = this.#links.current(source.node.inode);
    if (inode.kind === 'file' && inode.linkGroup === undefined) inode = this.#links.found(inode);
    this.#change(source.path, { inode, layer: this.depth });
    this.#create(vacant, inode);
    this.#links.added(inode);
  }

  unlink(path: AbsolutePath): void {
    const place = this.#existing(path, false);
    if (place.node.children !== undefined) throw filesystemError('EISDIR', path);
    this.#remove(place);
  }

  rmdir(path: AbsolutePath): void {
    const place = this.#existing(path, false);
    if (place.node.children === undefined) throw filesystemError('ENOTDIR', path);
    if (place.path === ROOT) throw filesystemError('EBUSY', path);
    if (place.node.children.size > 0) throw filesystemError('ENOTEMPTY', path);
    this.#remove(place);
  }

  removeAll(path: AbsolutePath): void {
    const place = this.#find(path, false);
    if (place?.node === undefined) return;
    if (place.path === ROOT) throw filesystemError('EBUSY', path);
    this.#remove({ path: place.path, node: place.node });
  }

  rename(from: AbsolutePath, to: AbsolutePath): void {
    const source = this.#existing(from, false);
    const target = this.#resolve(to, false);
    if (source.path === ROOT || target.path === ROOT) throw filesystemError('EBUSY', from);
    if (target.path === source.path || this.#areOneFile(source.node, target.node)) return;
    if (isWithin(target.path, source.path)) throw filesystemError('EINVAL', to);
    if (target.node !== undefined) this.#checkReplaceable(source.node, target.node, to);
    else checkLength(target.path);
    const lower = this.#lowerNode(target.path);
    this.#copyUpSubtree(source);
    if (target.node !== undefined) this.#links.removed(target.node);
    const moved = this.#editor.node(source.path) ?? source.node;
    this.#take(source.path);
    this.#touch(parentPath(source.path));
    this.#copyUpDirectories(parentPath(target.path));
    const opaque = moved.children !== undefined && lower?.children !== undefined;
    this.#editor.graft(parentPath(target.path), baseName(target.path), moved, { layer: this.depth, opaque });
    this.#touch(parentPath(target.path));
    this.#tellCreated(target.path, moved.inode, opaque ? lower : undefined);
  }

  setAttributes(path: AbsolutePath, change: AttributeChange, options?: FollowOption): void {
    const place = this.#existing(path, options?.follow ?? true);
    this.#copyUp(place.path, place.node, 'metadata');
    this.#setInode(place.path, withAttributes(this.#links.current(place.node.inode), change));
  }

  changes(): readonly Change[] {
    this.#links.settle(this.#editor, this.depth);
    return diffTrees(this.base.root, this.#editor.root, (lower, current) => this.#links.isSameFile(lower, current));
  }

  freeze(): Tree {
    this.#links.settle(this.#editor, this.depth);
    return { root: this.#editor.release(), layers: this.base.layers, nextLinkGroup: this.#links.next };
  }

  onEvent(listener: (event: ViewEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Where a path leads; undefined where it leads nowhere. */
  #find(path: AbsolutePath, follow: boolean): Place | undefined {
    const place = resolveInTree(this.#editor.root, path, { follow });
    if (place === 'ELOOP') throw filesystemError(place, path);
    return typeof place === 'string' ? undefined : place;
  }

  #resolve(path: AbsolutePath, follow: boolean): Place {
    const place = resolveInTree(this.#editor.root, path, { follow });
    if (typeof place === 'string') throw filesystemError(place, path);
    return place;
  }

  #existing(path: AbsolutePath, follow: boolean): Existing {
    const { path: real, node } = this.#resolve(path, follow);
    if (node === undefined) throw filesystemError('ENOENT', path);
    return { path: real, node };
  }

  /** The real path of a name that is to be made. */
  #vacant(path: AbsolutePath): AbsolutePath {
    const place = this.#resolve(path, false);
    if (place.node !== undefined) throw filesystemError('EEXIST', path);
    return place.path;
  }

  #ownerOf(node: TreeNode): number {
    return this.#links.isChanged(node.inode) ? this.depth : node.layer;
  }

  /** Names of one inode. What is no file is one under the names it was given in this view, and in layers one for each name. */
  #areOneFile({ inode: a }: TreeNode, other: TreeNode | undefined): boolean {
    const b = other?.inode;
    if (a.kind !== 'file' || a.linkGroup === undefined) return a === b;
    return b?.kind === 'file' && a.linkGroup === b.linkGroup;
  }

  #checkReplaceable(source: TreeNode, target: TreeNode, to: AbsolutePath): void {
    if (source.children !== undefined && target.children === undefined) throw filesystemError('ENOTDIR', to);
    if (source.children === undefined && target.children !== undefined) throw filesystemError('EISDIR', to);
    if (target.children !== undefined && target.children.size > 0) throw filesystemError('ENOTEMPTY', to);
  }

  #attributes(options: CreateOptions): InodeAttributes {
    const { mode, uid, gid, mtimeMs = this.#now(), xattrs } = options;
    return { mode: mode & 0o7777, uid, gid, mtimeMs, ...(xattrs === undefined || xattrs.size === 0 ? {} : { xattrs }) };
  }

  /** What the lower layers have at a path, as far as no directory above it was made anew. */
  #lowerNode(path: AbsolutePath): TreeNode | undefined {
    let lower: TreeNode | undefined = this.base.root;
    let current: TreeNode | undefined = this.#editor.root;
    for (const name of segmentsOf(path)) {
      if (lower === undefined || (current?.opaque === true && current.layer === this.depth)) return undefined;
      lower = lower.children?.get(name);
      current = current?.children?.get(name);
    }
    return lower;
  }

  #create(path: AbsolutePath, inode: Inode): void {
    checkLength(path);
    const directory = parentPath(path);
    const lower = inode.kind === 'directory' ? this.#lowerNode(path) : undefined;
    const opaque = lower?.children !== undefined;
    this.#copyUpDirectories(directory);
    this.#editor.put(directory, baseName(path), { inode, layer: this.depth, opaque });
    this.#touch(directory);
    this.#tellCreated(path, inode, opaque ? lower : undefined);
  }

  #tellCreated(path: AbsolutePath, inode: Inode, hidden: TreeNode | undefined): void {
    this.#tell({ kind: 'create', path, fileKind: inode.kind, bytes: inodeSize(inode) });
    if (hidden !== undefined) this.#tell({ kind: 'opaque', path, layer: hidden.layer });
  }

  #remove(place: Existing): void {
    this.#copyUpDirectories(parentPath(place.path));
    this.#links.removed(place.node);
    this.#take(place.path);
    this.#touch(parentPath(place.path));
  }

  /** Takes a name out of the tree and says whether that leaves a whiteout. */
  #take(path: AbsolutePath): void {
    const lower = this.#lowerNode(path);
    this.#editor.remove(parentPath(path), baseName(path));
    this.#tell(lower === undefined ? { kind: 'remove', path } : { kind: 'whiteout', path, layer: lower.layer });
  }

  /** Makes a node the upper's own, with the directories above it; tells so where a lower layer had it. */
  #copyUp(path: AbsolutePath, node: TreeNode, reason: 'data' | 'metadata' | 'link' | 'truncate'): void {
    if (node.children !== undefined) {
      this.#copyUpDirectories(path);
      return;
    }
    this.#copyUpDirectories(parentPath(path));
    const layer = this.#ownerOf(node);
    if (layer >= this.depth) return;
    const bytes = reason === 'truncate' ? 0 : inodeSize(node.inode);
    this.#tell({ kind: 'copy-up', path, layer, bytes, reason });
  }

  #copyUpDirectories(path: AbsolutePath): void {
    const node = this.#editor.node(path);
    if (node === undefined || node.layer >= this.depth) return;
    if (path !== ROOT) this.#copyUpDirectories(parentPath(path));
    this.#change(path, { layer: this.depth });
    if (path !== ROOT) this.#tell({ kind: 'copy-up', path, layer: node.layer, bytes: 0, reason: 'metadata' });
  }

  /** Tells of the copy that a rename makes of what lower layers own: overlayfs refuses, and `mv` copies. */
  #copyUpSubtree(source: Existing): void {
    this.#copyUpDirectories(parentPath(source.path));
    const { node, path } = source;
    const bytes = this.#lowerBytes(node);
    if (bytes > 0 || node.layer < this.depth) {
      this.#tell({ kind: 'copy-up', path, layer: node.layer, bytes, reason: 'rename' });
    }
  }

  /** Bytes at and below a node that lower layers own. */
  #lowerBytes(node: TreeNode): number {
    let bytes = this.#ownerOf(node) < this.depth && node.inode.kind === 'file' ? node.inode.body.sizeBytes : 0;
    for (const child of node.children?.values() ?? []) bytes += this.#lowerBytes(child);
    return bytes;
  }

  #setInode(path: AbsolutePath, inode: Inode): void {
    if (inode.kind === 'file' && inode.linkGroup !== undefined) this.#links.change(inode.linkGroup, inode);
    else this.#change(path, { inode, layer: this.depth });
  }

  /** Sets a directory's modification time: an entry came or went. */
  #touch(path: AbsolutePath): void {
    const inode = this.#editor.node(path)?.inode;
    if (inode !== undefined) this.#change(path, { inode: { ...inode, mtimeMs: this.#now() } });
  }

  #change(path: AbsolutePath, change: NodeChange): void {
    if (path === ROOT) this.#editor.changeRoot(change);
    else this.#editor.change(parentPath(path), baseName(path), change);
  }

  #tell(event: ViewEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** An inode with some attributes changed. As on Linux, a change of owner takes set-id bits off a file unless a mode is given. */
function withAttributes(inode: Inode, change: AttributeChange): Inode {
  const { xattrs, mode: given, ...rest } = change;
  const ownerChanges = change.uid !== undefined || change.gid !== undefined;
  const mode = given ?? (ownerChanges && inode.kind !== 'directory' ? withoutSetID(inode.mode) : inode.mode);
  const { xattrs: before, ...plain } = inode;
  const kept = xattrs ?? before;
  return { ...plain, ...rest, mode: mode & 0o7777, ...(kept === undefined || kept.size === 0 ? {} : { xattrs: kept }) };
}

/** Set-group-id without group execution is no set-id bit but a mark for mandatory locks: it stays. */
function withoutSetID(mode: number): number {
  return mode & ((mode & 0o010) !== 0 ? ~0o6000 : ~0o4000);
}

function checkLength(path: AbsolutePath): void {
  const tooLong = (text: string, limit: number): boolean =>
    text.length > limit || (text.length * 3 > limit && new TextEncoder().encode(text).byteLength > limit);
  if (tooLong(baseName(path), MAX_NAME_BYTES) || tooLong(path, MAX_PATH_BYTES)) {
    throw filesystemError('ENAMETOOLONG', path);
  }
}
