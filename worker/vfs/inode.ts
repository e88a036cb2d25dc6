/**
 * Inodes: what a file system says of one file, apart from its names. Values, never changed in place: a change makes a
 * new inode, so a lower layer can be shared by every view that stands on it.
 */
import type { Body } from './body.ts';

/** POSIX file types, as tar, `stat` and the image spec know them. */
export type FileKind = 'file' | 'directory' | 'symlink' | 'character' | 'block' | 'fifo' | 'socket';

/** Major and minor number of a device node. */
export interface DeviceNumber {
  readonly major: number;
  readonly minor: number;
}

/** Metadata that every kind of file has. */
export interface InodeAttributes {
  /** Permission bits with set-uid, set-gid and sticky: 0o0000 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Modification time in milliseconds since 1970, with a fraction where the source knows it finer. */
  readonly mtimeMs: number;
  /** Extended attributes by name (`security.capability`); absent when there are none. */
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

export interface FileInode extends InodeAttributes {
  readonly kind: 'file';
  readonly body: Body;
  /**
   * Equal for all names of one hard-linked file, and unique among the files of one view; absent for a file that has
   * one name. A write through any name is seen through all.
   */
  readonly linkGroup?: number;
}
export interface DirectoryInode extends InodeAttributes {
  readonly kind: 'directory';
}
export interface SymlinkInode extends InodeAttributes {
  readonly kind: 'symlink';
  /** The link's text, as written. */
  readonly target: string;
}
export interface DeviceInode extends InodeAttributes {
  readonly kind: 'character' | 'block';
  readonly device: DeviceNumber;
}
export interface FifoInode extends InodeAttributes {
  readonly kind: 'fifo';
}
/** Lives as long as its process: no layer holds one. */
export interface SocketInode extends InodeAttributes {
  readonly kind: 'socket';
}

export type Inode = FileInode | DirectoryInode | SymlinkInode | DeviceInode | FifoInode | SocketInode;

/** Logical size in bytes: a file's length, a link text's UTF-8 length, 0 for the rest. */
export function inodeSize(inode: Inode): number {
  if (inode.kind === 'file') return inode.body.sizeBytes;
  if (inode.kind === 'symlink') return new TextEncoder().encode(inode.target).byteLength;
  return 0;
}
