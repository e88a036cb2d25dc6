/**
 * Path resolution (path_resolution(7)): from what a process writes to a place in a file system, following links, crossing
 * mounts, and checking that every directory on the way may be searched.
 */
import { childPath, parentPath, ROOT, type AbsolutePath } from '../../base/path.ts';
import type { Inode, SymlinkInode } from '../../vfs/inode.ts';
import type { Credentials } from '../process.ts';
import { EXECUTE, mayAccess } from './credentials.ts';
import { systemError } from './errno.ts';
import type { Location, Namespace } from './namespace.ts';
import type { OpenFile } from './open-file.ts';

/** Links followed before a path is taken for a loop, as on Linux. */
const MAX_LINKS = 40;
const MAX_NAME_BYTES = 255;
const MAX_PATH_LENGTH = 4096;

/** From where, and as whom, a path is resolved. */
export interface Walker {
  readonly namespace: Namespace;
  readonly cwd: AbsolutePath;
  readonly credentials: Credentials;
  /** The open file a link of /proc stands for (`/proc/self/fd/1`); undefined for every other link. */
  openFileOf(location: Location): OpenFile | undefined;
  /** The text of a link as this walker sees it: /proc/self differs from process to process. */
  linkTarget(location: Location, link: SymlinkInode): string;
}

/** What a path names. */
export interface Resolved {
  readonly location: Location;
  /** Undefined when the last segment does not exist; its directory does. */
  readonly inode: Inode | undefined;
  /** The path was a link to an open file that has no path of its own (a pipe, a terminal, a removed file). */
  readonly openFile?: OpenFile;
  /** Written with a slash at its end: it must be, or become, a directory. */
  readonly wantsDirectory: boolean;
  /** How the last segment was written: `.` and `..` cannot be made or removed. */
  readonly lastSegment: string;
}

/**
 * Resolves `path`. With `follow` false a link in the last segment is not followed (but one before a final slash is).
 * Throws ENOENT (a parent is missing, or the path is empty), ENOTDIR, EACCES, ELOOP and ENAMETOOLONG.
 */
export function walkPath(walker: Walker, path: string, follow: boolean): Resolved {
  if (path === '') throw systemError('ENOENT', path);
  if (path.length >= MAX_PATH_LENGTH) throw systemError('ENAMETOOLONG', path);
  const wantsDirectory = path.endsWith('/');
  const pending = segments(path).reverse();
  const lastSegment = pending[0] ?? '';
  let current = locate(walker, path.startsWith('/') ? ROOT : walker.cwd);
  let inode = walker.namespace.inodeAt(current);
  let links = 0;
  while (pending.length > 0) {
    const segment = pending.pop() ?? '';
    requireSearchable(walker, inode, path);
    if (segment === '.') continue;
    const next = locate(
      walker,
      segment === '..' ? parentPath(current.path) : childPath(current.path, checkName(segment)),
    );
    const found = walker.namespace.inodeAt(next);
    const last = pending.length === 0;
    if (found?.kind === 'symlink' && (!last || follow || wantsDirectory)) {
      if (++links > MAX_LINKS) throw systemError('ELOOP', path);
      const openFile = walker.openFileOf(next);
      if (openFile !== undefined && openFile.path() === undefined) {
        if (!last) throw systemError('ENOTDIR', path);
        return { location: next, inode: openFile.inode(), openFile, wantsDirectory, lastSegment };
      }
      const target = openFile?.path() ?? walker.linkTarget(next, found);
      if (target === '') throw systemError('ENOENT', path);
      pending.push(...segments(target).reverse());
      if (target.startsWith('/')) current = locate(walker, ROOT);
      inode = walker.namespace.inodeAt(current);
      continue;
    }
    if (found === undefined && !last && pending.some((rest) => rest !== '')) throw systemError('ENOENT', path);
    current = next;
    inode = found;
  }
  if (wantsDirectory && inode !== undefined && inode.kind !== 'directory') throw systemError('ENOTDIR', path);
  return { location: current, inode, wantsDirectory, lastSegment };
}

function locate(walker: Walker, path: AbsolutePath): Location {
  return walker.namespace.locate(path);
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function checkName(name: string): string {
  const tooLong = name.length > MAX_NAME_BYTES || (name.length * 3 > MAX_NAME_BYTES && bytesOf(name) > MAX_NAME_BYTES);
  if (tooLong) throw systemError('ENAMETOOLONG', name);
  return name;
}

function bytesOf(name: string): number {
  return new TextEncoder().encode(name).byteLength;
}

function requireSearchable(walker: Walker, directory: Inode | undefined, path: string): void {
  if (directory === undefined) throw systemError('ENOENT', path);
  if (directory.kind !== 'directory') throw systemError('ENOTDIR', path);
  if (!mayAccess(directory, walker.credentials, EXECUTE)) throw systemError('EACCES', path);
}
