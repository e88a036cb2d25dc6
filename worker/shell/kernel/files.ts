/**
 * The system calls on paths, as one process may make them: relative to its working directory, with its permissions and its
 * umask. Failures are `filesystem` errors with an errno (see errno.ts).
 */
import { parentPath, ROOT, type AbsolutePath } from '../../base/path.ts';
import { EMPTY_BODY, type Body } from '../../vfs/body.ts';
import type { DeviceNumber, Inode } from '../../vfs/inode.ts';
import type { AttributeChange, CreateOptions } from '../../vfs/view.ts';
import {
  EXECUTE,
  inGroup,
  mayAccess,
  mayChangeOwner,
  mayRemoveFrom,
  ownsFile,
  READ,
  withoutPrivilegeBits,
  WRITE,
} from './credentials.ts';
import { systemError } from './errno.ts';
import { statusOf, type FileStatus } from './file-status.ts';
import type { Entry, Location } from './namespace.ts';
import { Description, type OpenFile } from './open-file.ts';
import { walkPath, type Resolved } from './path-walk.ts';
import type { Process } from './process.ts';
import type { OpenFlags } from './regular-file.ts';
import { openSpecialFile, reopen } from './special-files.ts';

/** The directory mode bits and the file mode bits a program asks for unless it says otherwise. */
export const DEFAULT_DIRECTORY_MODE = 0o777;
export const DEFAULT_FILE_MODE = 0o666;

export class Files {
  readonly #process: Process;

  constructor(process: Process) {
    this.#process = process;
  }

  /** Resolves a path; see {@link walkPath}. */
  resolve(path: string, follow = true): Resolved {
    return walkPath(this.#process, path, follow);
  }

  /** Status of what a path names; ENOENT when there is nothing. */
  stat(path: string, follow = true): FileStatus {
    const resolved = this.resolve(path, follow);
    if (resolved.inode === undefined) throw systemError('ENOENT', path);
    return statusOf(this.#process, resolved.location, resolved.inode);
  }

  /** The same without following a link. */
  lstat(path: string): FileStatus {
    return this.stat(path, false);
  }

  /** Status, or undefined where there is nothing to be found (ENOENT, ENOTDIR, EACCES, ELOOP). */
  find(path: string, follow = true): FileStatus | undefined {
    try {
      return this.stat(path, follow);
    } catch {
      return undefined;
    }
  }

  /** True when this process may read, write, execute (bits added) what is there. */
  mayAccess(path: string, wanted: number): boolean {
    const found = this.find(path);
    if (found === undefined || !mayAccess(found.inode, this.#process.credentials, wanted)) return false;
    return (wanted & WRITE) === 0 || !this.resolve(path).location.mount.readOnly;
  }

  /** The path with every link resolved; the last segment need not exist. */
  realPath(path: string): AbsolutePath {
    return this.resolve(path).location.path;
  }

  readLink(path: string): string {
    const { location, inode } = this.#existing(path, false);
    if (inode.kind !== 'symlink') throw systemError('EINVAL', path);
    return this.#process.linkTarget(location, inode);
  }

  /** The entries of a directory in byte order, without `.` and `..`. */
  list(path: string): Entry[] {
    const { location, inode } = this.resolve(path);
    if (inode === undefined) throw systemError('ENOENT', path);
    if (inode.kind !== 'directory') throw systemError('ENOTDIR', path);
    this.#require(inode, READ, path);
    return this.#process.namespace.entriesOf(location);
  }

  /** Opens a file; the caller owns the description and releases it. */
  async open(path: string, flags: OpenFlags, mode = DEFAULT_FILE_MODE): Promise<Description> {
    const resolved = this.resolve(path, flags.exclusive !== true);
    const { inode, location, openFile } = resolved;
    if (openFile !== undefined) return reopen(this.#process, openFile, path);
    if (inode === undefined) {
      if (flags.create !== true) throw systemError('ENOENT', path);
      if (resolved.wantsDirectory) throw systemError('EISDIR', path);
      this.#create(resolved, path, (options) => {
        location.mount.fileSystem.writeFile(location.inner, EMPTY_BODY, options(mode));
      });
      return new Description(this.#process.kernel.regularFiles.open(location, flags));
    }
    if (flags.create === true && flags.exclusive === true) throw systemError('EEXIST', path);
    if (inode.kind === 'directory' && (flags.write === true || flags.create === true))
      throw systemError('EISDIR', path);
    this.#require(inode, (flags.read === true ? READ : 0) | (flags.write === true ? WRITE : 0), path);
    return new Description(
      inode.kind === 'file'
        ? this.#openFile(location, inode, flags, path)
        : await openSpecialFile(this.#process, location, inode, flags, path),
    );
  }

  /** The whole of a regular file without reading it (for copies); EISDIR, ENOENT, EACCES. */
  body(path: string): Body {
    const { inode } = this.stat(path);
    this.#require(inode, READ, path);
    if (inode.kind === 'directory') throw systemError('EISDIR', path);
    if (inode.kind !== 'file') throw systemError('EINVAL', path);
    return inode.body;
  }

  /** Makes a regular file with this body, or replaces the body of one. */
  writeBody(path: string, body: Body, mode = DEFAULT_FILE_MODE): void {
    const resolved = this.resolve(path);
    const { inode, location } = resolved;
    if (inode === undefined) {
      this.#create(resolved, path, (options) => {
        location.mount.fileSystem.writeFile(location.inner, body, options(mode));
      });
      return;
    }
    if (inode.kind === 'directory') throw systemError('EISDIR', path);
    this.#require(inode, WRITE, path);
    this.#requireWritable(location, path);
    location.mount.fileSystem.writeFile(location.inner, body, inode);
  }

  makeDirectory(path: string, mode = DEFAULT_DIRECTORY_MODE): void {
    const resolved = this.resolve(path, false);
    if (resolved.inode !== undefined) throw systemError('EEXIST', path);
    this.#create(resolved, path, (options, parent) => {
      const { mount, inner } = resolved.location;
      mount.fileSystem.mkdir(inner, options(mode | (parent.mode & 0o2000)));
    });
  }

  makeSymlink(target: string, path: string): void {
    if (target === '') throw systemError('ENOENT', path);
    const resolved = this.resolve(path, false);
    if (resolved.inode !== undefined) throw systemError('EEXIST', path);
    if (resolved.wantsDirectory) throw systemError('ENOENT', path);
    this.#create(resolved, path, (options) => {
      resolved.location.mount.fileSystem.symlink(resolved.location.inner, target, { ...options(0), mode: 0o777 });
    });
  }

  makeLink(existing: string, path: string, follow = false): void {
    const source = this.resolve(existing, follow);
    if (source.inode === undefined) throw systemError('ENOENT', existing);
    const resolved = this.resolve(path, false);
    if (resolved.inode !== undefined) throw systemError('EEXIST', path);
    if (source.inode.kind === 'directory') throw systemError('EPERM', path);
    if (source.location.mount !== resolved.location.mount) throw systemError('EXDEV', path);
    this.#create(resolved, path, () => {
      resolved.location.mount.fileSystem.link(source.location.inner, resolved.location.inner);
    });
  }

  makeNode(
    path: string,
    kind: 'character' | 'block' | 'fifo' | 'socket',
    mode = DEFAULT_FILE_MODE,
    device?: DeviceNumber,
  ): void {
    const resolved = this.resolve(path, false);
    if (resolved.inode !== undefined) throw systemError('EEXIST', path);
    if (device !== undefined && this.#process.credentials.uid !== 0) throw systemError('EPERM', path);
    this.#create(resolved, path, (options) => {
      resolved.location.mount.fileSystem.mknod(resolved.location.inner, kind, device, options(mode));
    });
  }

  /** Removes a name that is no directory. */
  unlink(path: string): void {
    const { location, inode, wantsDirectory } = this.resolve(path, false);
    if (inode === undefined) throw systemError('ENOENT', path);
    if (wantsDirectory) throw systemError('ENOTDIR', path);
    this.#requireRemovable(location, inode, path);
    if (inode.kind === 'directory') throw systemError('EISDIR', path);
    this.#process.kernel.regularFiles.beforeUnlink(location.path);
    location.mount.fileSystem.unlink(location.inner);
  }

  removeDirectory(path: string): void {
    const { location, inode, lastSegment } = this.resolve(path, false);
    if (inode === undefined) throw systemError('ENOENT', path);
    if (lastSegment === '.') throw systemError('EINVAL', path);
    if (lastSegment === '..') throw systemError('ENOTEMPTY', path);
    this.#requireRemovable(location, inode, path);
    if (inode.kind !== 'directory') throw systemError('ENOTDIR', path);
    location.mount.fileSystem.rmdir(location.inner);
  }

  rename(from: string, to: string): void {
    const source = this.resolve(from, false);
    if (source.inode === undefined) throw systemError('ENOENT', from);
    const target = this.resolve(to, false);
    if (source.location.mount !== target.location.mount) throw systemError('EXDEV', to);
    this.#requireRemovable(source.location, source.inode, from);
    this.#requireParentWritable(target.location, to);
    if (target.inode !== undefined) this.#requireRemovable(target.location, target.inode, to);
    if (target.wantsDirectory && source.inode.kind !== 'directory') throw systemError('ENOTDIR', to);
    if (target.location.path === source.location.path) return;
    if (target.inode !== undefined) this.#process.kernel.regularFiles.beforeUnlink(target.location.path);
    source.location.mount.fileSystem.rename(source.location.inner, target.location.inner);
    this.#process.kernel.regularFiles.afterRename(source.location, target.location);
  }

  /** Changes the permission bits (0 to 0o7777). */
  changeMode(path: string, mode: number): void {
    const { location, inode } = this.#existing(path, true);
    if (!ownsFile(inode, this.#process.credentials)) throw systemError('EPERM', path);
    const groupLost = this.#process.credentials.uid !== 0 && !inGroup(this.#process.credentials, inode.gid);
    this.#setAttributes(location, { mode: groupLost && inode.kind !== 'directory' ? mode & ~0o2000 : mode }, path);
  }

  /** Changes the owner; undefined leaves one as it is. */
  changeOwner(path: string, uid: number | undefined, gid: number | undefined, follow = true): void {
    const { location, inode } = this.#existing(path, follow);
    if (!mayChangeOwner(inode, this.#process.credentials, uid, gid)) throw systemError('EPERM', path);
    const mode = inode.kind === 'file' ? { mode: withoutPrivilegeBits(inode.mode) } : {};
    this.#setAttributes(location, { ...mode, uid: uid ?? inode.uid, gid: gid ?? inode.gid }, path);
  }

  /** Sets the modification time, in milliseconds since 1970; the time now needs write permission alone. */
  changeTime(path: string, mtimeMs: number | 'now', follow = true): void {
    const { location, inode } = this.#existing(path, follow);
    const { credentials, kernel } = this.#process;
    if (!ownsFile(inode, credentials)) {
      if (mtimeMs !== 'now') throw systemError('EPERM', path);
      this.#require(inode, WRITE, path);
    }
    this.#setAttributes(location, { mtimeMs: mtimeMs === 'now' ? kernel.clock.nowMs() : mtimeMs }, path);
  }

  /** Cuts or extends a regular file. */
  async truncate(path: string, sizeBytes: number): Promise<void> {
    const description = await this.open(path, { write: true });
    try {
      description.file.truncate(sizeBytes);
    } finally {
      description.release();
    }
  }

  /** The directory a process may move to: it must be searchable. */
  directoryToEnter(path: string): AbsolutePath {
    const { location, inode } = this.#existing(path, true);
    if (inode.kind !== 'directory') throw systemError('ENOTDIR', path);
    this.#require(inode, EXECUTE, path);
    return location.path;
  }

  /** Makes a directory the root of all paths of this process and its children to come (chroot(2)): for root alone. */
  changeRoot(path: string): void {
    const target = this.directoryToEnter(path);
    if (this.#process.credentials.uid !== 0) throw systemError('EPERM', path);
    this.#process.namespace = this.#process.namespace.below(target);
    this.#process.cwd = ROOT;
  }

  #existing(path: string, follow: boolean): { location: Location; inode: Inode } {
    const { location, inode } = this.resolve(path, follow);
    if (inode === undefined) throw systemError('ENOENT', path);
    return { location, inode };
  }

  #openFile(location: Location, inode: Inode & { kind: 'file' }, flags: OpenFlags, path: string): OpenFile {
    if (flags.write === true) {
      this.#requireWritable(location, path);
      this.#dropPrivilegeBits(location, inode, path);
    }
    if (flags.truncate === true) location.mount.fileSystem.writeFile(location.inner, EMPTY_BODY, inode);
    return this.#process.kernel.regularFiles.open(location, flags);
  }

  #create(
    resolved: Resolved,
    path: string,
    make: (options: (mode: number) => CreateOptions, parent: Inode) => void,
  ): void {
    const parent = this.#requireParentWritable(resolved.location, path);
    this.#process.kernel.countFile();
    const { credentials, umask } = this.#process;
    const gid = (parent.mode & 0o2000) !== 0 ? parent.gid : credentials.gid;
    make((mode) => ({ mode: mode & ~umask, uid: credentials.uid, gid }), parent);
  }

  #requireParentWritable(location: Location, path: string): Inode {
    const { namespace } = this.#process;
    const parent = namespace.inodeAt(namespace.locate(parentPath(location.path)));
    if (parent === undefined) throw systemError('ENOENT', path);
    if (parent.kind !== 'directory') throw systemError('ENOTDIR', path);
    this.#requireWritable(location, path);
    this.#require(parent, WRITE | EXECUTE, path);
    return parent;
  }

  #requireRemovable(location: Location, inode: Inode, path: string): void {
    if (location.path === ROOT || this.#process.namespace.isMountPoint(location.path)) throw systemError('EBUSY', path);
    const parent = this.#requireParentWritable(location, path);
    if (!mayRemoveFrom(parent, inode, this.#process.credentials)) throw systemError('EPERM', path);
  }

  #require(inode: Inode, wanted: number, path: string): void {
    if (!mayAccess(inode, this.#process.credentials, wanted)) throw systemError('EACCES', path);
  }

  /** A set-uid program is none any more once another than root writes to it. */
  #dropPrivilegeBits(location: Location, inode: Inode, path: string): void {
    const mode = withoutPrivilegeBits(inode.mode);
    if (this.#process.credentials.uid !== 0 && mode !== inode.mode) this.#setAttributes(location, { mode }, path);
  }

  #requireWritable(location: Location, path: string): void {
    if (location.mount.readOnly) throw systemError('EROFS', path);
  }

  #setAttributes(location: Location, change: AttributeChange, path: string): void {
    this.#requireWritable(location, path);
    location.mount.fileSystem.setAttributes(location.inner, change, { follow: false });
  }
}
