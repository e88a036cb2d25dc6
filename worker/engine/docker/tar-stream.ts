/** Files as a tar archive and back, for those who copy between file systems through one. */
import { blobOf } from '../../base/blob-like.ts';
import type { Job } from '../../base/job.ts';
import { partsStream, type BytePart } from '../../codec/byte-parts.ts';
import { TarWriter } from '../../codec/tar-writer.ts';
import type { TarHeader } from '../../codec/tar-entry.ts';
import { bodyIn, readTar } from '../../build/ops/unpack.ts';
import { EMPTY_BODY } from '../../vfs/body.ts';
import type { Inode, SocketInode } from '../../vfs/inode.ts';

/** A file in an archive. */
export interface TarFile {
  readonly name: string;
  readonly inode: Exclude<Inode, SocketInode>;
  /** It is a further name of an entry before it. */
  readonly hardLinkTo?: string;
}

/** The archive of these files, in their order. Bodies are not copied before they are read. */
export function tarStream(files: readonly TarFile[]): ReadableStream<Uint8Array> {
  return partsStream(tarParts(files));
}

/** The same, to be handed over whole. */
export async function tarBlob(files: readonly TarFile[]): Promise<Blob> {
  return blobOf(tarParts(files), 'application/x-tar');
}

function tarParts(files: readonly TarFile[]): readonly BytePart[] {
  const writer = new TarWriter();
  for (const { name, inode, hardLinkTo } of files) {
    const { mode, uid, gid, mtimeMs } = inode;
    const header = { path: name, mode, uid, gid, mtimeMs };
    if (hardLinkTo !== undefined) writer.add({ ...header, type: 'hardlink', linkTarget: hardLinkTo });
    else writer.add({ ...header, ...kindOf(inode) }, inode.kind === 'file' ? inode.body : undefined);
  }
  return writer.finish();
}

function kindOf(inode: TarFile['inode']): Pick<TarHeader, 'type' | 'linkTarget' | 'device'> {
  switch (inode.kind) {
    case 'symlink':
      return { type: 'symlink', linkTarget: inode.target };
    case 'character':
    case 'block':
      return { type: inode.kind, device: inode.device };
    case 'file':
    case 'directory':
    case 'fifo':
      return { type: inode.kind };
  }
}

/** The files of an archive, compressed or not; none where it is none. Throws `build` for a damaged one. */
export async function readTarFiles(archive: ReadableStream<Uint8Array>, job: Job): Promise<readonly TarFile[]> {
  const read = await readTar(archive, job);
  if (read === undefined) return [];
  return read.entries.map((entry): TarFile => {
    const { mode, uid, gid, mtimeMs, type, linkTarget = '', device = { major: 0, minor: 0 } } = entry;
    const attributes = { mode, uid, gid, mtimeMs };
    const name = entry.path;
    switch (type) {
      case 'hardlink':
        return { name, inode: { ...attributes, kind: 'file', body: EMPTY_BODY }, hardLinkTo: linkTarget };
      case 'symlink':
        return { name, inode: { ...attributes, kind: type, target: linkTarget } };
      case 'character':
      case 'block':
        return { name, inode: { ...attributes, kind: type, device } };
      case 'file':
        return { name, inode: { ...attributes, kind: type, body: bodyIn(read.tar, entry) } };
      case 'directory':
      case 'fifo':
        return { name, inode: { ...attributes, kind: type } };
    }
  });
}
