/**
 * The union view: lower layers merged, one writable upper on top. What a container, and a build step, sees as its root.
 *
 * Life cycle: a view is made over an immutable {@link Tree} (the merged lowers). Reading never changes anything. The
 * first write to a path that a lower layer owns copies it up; removing it leaves a whiteout; both live here and nowhere
 * else, and each is told to `onEvent`. `changes()` tells the upper as `docker diff` would. `freeze()` gives the merged
 * tree as it stands, for a snapshot. A view is used by one job; views over one tree share it and never see each other.
 *
 * Methods act as the file system itself does for root: no permission is checked here (the shell's kernel does).
 * Every path is absolute and normalised, links in its parents are followed within the view's root; the last segment is
 * followed unless said otherwise. Failures are `filesystem` errors with `data.errno` (ENOENT, ENOTDIR, EEXIST, EISDIR,
 * ENOTEMPTY, ELOOP, EINVAL, ENAMETOOLONG, EBUSY for the root, EPERM for a hard link to a directory) and `data.path`; state
 * is as before then.
 */
import type { AbsolutePath } from '../base/path.ts';
import type { Body } from './body.ts';
import type { DeviceNumber, FileKind, Inode } from './inode.ts';
import type { Tree } from './tree.ts';

/** One name in a directory. */
export interface Dirent {
  readonly name: string;
  readonly inode: Inode;
  /** The layer that owns the entry: 0 is the lowest, `view.depth` the writable upper. */
  readonly layer: number;
}

/** What one layer says of a path. */
export type LayerHit =
  | { readonly layer: number; readonly says: 'found'; readonly inode: Inode; readonly visible: boolean }
  | { readonly layer: number; readonly says: 'whiteout' }
  | { readonly layer: number; readonly says: 'opaque'; readonly directory: AbsolutePath }
  | { readonly layer: number; readonly says: 'absent' };

/** A line of `docker diff`. */
export interface Change {
  readonly path: AbsolutePath;
  readonly kind: 'added' | 'modified' | 'deleted';
  /** What is there now; undefined for a deletion. */
  readonly inode?: Inode;
  /** What the lower layers have there; undefined for an addition. */
  readonly lower?: Inode;
}

/** What happened to the upper, as it happened. `layer` is the lower layer concerned. */
export type ViewEvent =
  | {
      readonly kind: 'copy-up';
      readonly path: AbsolutePath;
      readonly layer: number;
      readonly bytes: number;
      /** `truncate`: opened to be emptied, so that overlayfs copies the attributes alone. */
      readonly reason: 'data' | 'metadata' | 'link' | 'rename' | 'truncate';
    }
  | { readonly kind: 'create'; readonly path: AbsolutePath; readonly fileKind: FileKind; readonly bytes: number }
  /** `bytes`: what the file has now; `changedBytes`: how many of them were written. */
  | { readonly kind: 'write'; readonly path: AbsolutePath; readonly bytes: number; readonly changedBytes: number }
  | { readonly kind: 'whiteout'; readonly path: AbsolutePath; readonly layer: number }
  | { readonly kind: 'opaque'; readonly path: AbsolutePath; readonly layer: number }
  | { readonly kind: 'remove'; readonly path: AbsolutePath };

/** Attributes for a new file; time defaults to the view's clock. */
export interface CreateOptions {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeMs?: number;
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** What `setAttributes` changes; absent fields stay, but a new owner takes set-id bits off a file unless `mode` is given. */
export interface AttributeChange {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtimeMs?: number;
  /** Replaces all extended attributes. */
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

export interface FollowOption {
  /** Follow a link in the last segment; default true. */
  readonly follow?: boolean;
}

export interface UnionView {
  /** Number of lower layers; also the `layer` number of the upper. */
  readonly depth: number;
  /** The merged lowers. */
  readonly base: Tree;

  /** The inode at a path; undefined when it (or a parent) does not exist. Throws ELOOP alone. */
  lookup(path: AbsolutePath, options?: FollowOption): Inode | undefined;
  /** The path with all links resolved. The last segment need not exist, its parents must (ENOENT, ENOTDIR, ELOOP). */
  realPath(path: AbsolutePath, options?: FollowOption): AbsolutePath;
  /** Which layer owns the path: 0 lowest, `depth` upper; undefined when it does not exist. */
  owner(path: AbsolutePath): number | undefined;
  /** The entries of a directory, by name in byte order. */
  list(path: AbsolutePath): readonly Dirent[];
  /** Number of names the file has, at least 1 (`st_nlink` of a file). */
  linkCount(path: AbsolutePath): number;
  /** What each layer says of a path, the upper first. Links in the path are not followed. */
  trace(path: AbsolutePath): readonly LayerHit[];

  /**
   * Makes a file with this body, or replaces the body of one; `create` is used where it is new. Existing attributes stay, but
   * for mtime. `changedBytes` of the body are new, all unless given; they are told, nothing else.
   */
  writeFile(path: AbsolutePath, body: Body, create: CreateOptions, changedBytes?: number): void;
  mkdir(path: AbsolutePath, options: CreateOptions): void;
  symlink(path: AbsolutePath, target: string, options: CreateOptions): void;
  /** A further name for a file; the last segment of `existing` is not followed. */
  link(existing: AbsolutePath, path: AbsolutePath): void;
  mknod(
    path: AbsolutePath,
    kind: 'character' | 'block' | 'fifo' | 'socket',
    device: DeviceNumber | undefined,
    options: CreateOptions,
  ): void;
  /** Unlinks a file, link or node (EISDIR for a directory). */
  unlink(path: AbsolutePath): void;
  /** Removes an empty directory (ENOTEMPTY). */
  rmdir(path: AbsolutePath): void;
  /** Removes whatever is there with all below it; nothing when there is nothing. */
  removeAll(path: AbsolutePath): void;
  rename(from: AbsolutePath, to: AbsolutePath): void;
  setAttributes(path: AbsolutePath, change: AttributeChange, options?: FollowOption): void;

  /** The upper as `docker diff` tells it, in path order, parents first. Entries touched but equal to what lies below are left out. */
  changes(): readonly Change[];
  /** The merged tree as it stands now, immutable; further writes to the view do not show in it. Owners are as in the view. */
  freeze(): Tree;
  /** Called for every change of the upper, synchronously; must not throw. Returns how to stop. */
  onEvent(listener: (event: ViewEvent) => void): () => void;
}
