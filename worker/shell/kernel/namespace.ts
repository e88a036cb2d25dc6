/** The mount table of a container: which file system a path belongs to. */
import {
  baseName,
  childPath,
  isWithin,
  parentPath,
  resolvePath,
  ROOT,
  segmentsOf,
  type AbsolutePath,
} from '../../base/path.ts';
import type { Inode } from '../../vfs/inode.ts';
import { compareBytes } from '../../vfs/byte-order.ts';
import type { UnionView } from '../../vfs/view.ts';

/** What a mount needs of a file system; a union view has it all, /proc implements it read-only. */
export type FileSystem = Pick<
  UnionView,
  | 'lookup'
  | 'linkCount'
  | 'writeFile'
  | 'mkdir'
  | 'symlink'
  | 'link'
  | 'mknod'
  | 'unlink'
  | 'rmdir'
  | 'rename'
  | 'setAttributes'
> & { list(path: AbsolutePath): readonly Entry[] };

/** A name in a directory. */
export interface Entry {
  readonly name: string;
  readonly inode: Inode;
}

export interface MountPoint {
  readonly target: AbsolutePath;
  readonly fileSystem: FileSystem;
  /** The path of `fileSystem` seen at `target`. */
  readonly source: AbsolutePath;
  readonly readOnly: boolean;
  /** `st_dev`: differs between mounts. */
  readonly device: number;
  /** As /proc/mounts names it. */
  readonly type: string;
}

/** A path of the container, and the same place inside the file system it lies on. */
export interface Location {
  readonly path: AbsolutePath;
  readonly mount: MountPoint;
  readonly inner: AbsolutePath;
}

/** A directory that exists only because something is mounted below it. */
const MOUNT_PARENT: Inode = { kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtimeMs: 0 };

export class Namespace {
  readonly #root: MountPoint;
  /** Longest target first, so that the first match is the innermost mount. */
  readonly #mounts: readonly MountPoint[];
  readonly #firstSegments: ReadonlySet<string>;

  constructor(root: MountPoint, mounts: readonly MountPoint[]) {
    this.#root = root;
    // of several on one path the last covers the others
    this.#mounts = [...mounts].reverse().sort((a, b) => b.target.length - a.target.length);
    this.#firstSegments = new Set(mounts.map((mount) => segmentsOf(mount.target)[0] ?? ''));
  }

  get mounts(): readonly MountPoint[] {
    return [this.#root, ...[...this.#mounts].reverse()];
  }

  /** What is seen by whoever has the directory `path` for a root: it, and what is mounted below it. */
  below(path: AbsolutePath): Namespace {
    const { mount, inner } = this.locate(path);
    const kept = this.#mounts.filter(({ target }) => target !== path && isWithin(target, path));
    return new Namespace(
      { ...mount, target: ROOT, source: inner },
      kept.map((one) => ({ ...one, target: path === ROOT ? one.target : resolvePath(one.target.slice(path.length)) })),
    );
  }

  /** Where a path without links lies. */
  locate(path: AbsolutePath): Location {
    const mount = this.#mountOf(path);
    if (mount === this.#root && mount.source === ROOT) return { path, mount, inner: path };
    const below = path.slice(mount.target === ROOT ? 1 : mount.target.length + 1);
    if (below === '') return { path, mount, inner: mount.source };
    return {
      path,
      mount,
      inner: mount.source === ROOT ? (`/${below}` as AbsolutePath) : childPath(mount.source, below),
    };
  }

  /** The inode at a path whose parents are no links; a link in the last segment is not followed. */
  inodeAt({ path, mount, inner }: Location): Inode | undefined {
    return mount.fileSystem.lookup(inner, { follow: false }) ?? (this.#hasMountBelow(path) ? MOUNT_PARENT : undefined);
  }

  /** Names in a directory in byte order, mount points included. */
  entriesOf(location: Location): Entry[] {
    const { mount, inner, path } = location;
    const exists = mount.fileSystem.lookup(inner, { follow: false }) !== undefined;
    const entries = new Map((exists ? mount.fileSystem.list(inner) : []).map((entry) => [entry.name, entry]));
    for (const name of this.#mountedNames(path)) {
      const inode = this.inodeAt(this.locate(childPath(path, name)));
      if (inode !== undefined) entries.set(name, { name, inode });
    }
    return [...entries.values()].sort((a, b) => compareBytes(a.name, b.name));
  }

  isMountPoint(path: AbsolutePath): boolean {
    return path === ROOT || this.#mounts.some((mount) => mount.target === path);
  }

  #mountOf(path: AbsolutePath): MountPoint {
    const end = path.indexOf('/', 1);
    if (!this.#firstSegments.has(end === -1 ? path.slice(1) : path.slice(1, end))) return this.#root;
    return this.#mounts.find((mount) => isWithin(path, mount.target)) ?? this.#root;
  }

  #hasMountBelow(path: AbsolutePath): boolean {
    return this.#mounts.some((mount) => mount.target !== path && isWithin(mount.target, path));
  }

  #mountedNames(path: AbsolutePath): Set<string> {
    const names = new Set<string>();
    for (const { target } of this.#mounts) {
      let at = target;
      while (at !== ROOT && parentPath(at) !== path) at = parentPath(at);
      if (at !== ROOT) names.add(baseName(at));
    }
    return names;
  }
}
