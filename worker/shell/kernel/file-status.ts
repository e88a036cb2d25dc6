/** What is known of a file without opening it. */
import type { AbsolutePath } from '../../base/path.ts';
import { inodeSize, type Inode } from '../../vfs/inode.ts';
import type { Location } from './namespace.ts';
import type { Process } from './process.ts';

/** What `stat` gives. */
export interface FileStatus {
  readonly path: AbsolutePath;
  readonly inode: Inode;
  readonly sizeBytes: number;
  /** Number of names: counted when asked for, since a directory's entries must be looked through. */
  links(): number;
  /** Together these tell one file from another. */
  readonly device: number;
  readonly ino: number;
}

export function statusOf({ namespace, kernel }: Process, location: Location, inode: Inode): FileStatus {
  const { mount } = location;
  const links = (): number => {
    if (inode.kind === 'file' && inode.linkGroup !== undefined) return mount.fileSystem.linkCount(location.inner);
    if (inode.kind !== 'directory') return 1;
    return 2 + namespace.entriesOf(location).filter((entry) => entry.inode.kind === 'directory').length;
  };
  return {
    path: location.path,
    inode,
    sizeBytes: inodeSize(inode),
    links,
    device: mount.device,
    ino: kernel.inodeNumbers.of(location, inode),
  };
}
