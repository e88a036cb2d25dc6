/** A file, or a directory with all below it, as the entries of an archive. */
import { childPath, type AbsolutePath } from '../../base/path.ts';
import type { Inode } from '../../vfs/inode.ts';
import type { UnionView } from '../../vfs/view.ts';
import type { TarFile } from './tar-stream.ts';

/** What is seen at a path and below it, named `name`; a second name of one file is a hard link to the first. */
export function subtreeFiles(view: UnionView, path: AbsolutePath, inode: Inode, name: string): readonly TarFile[] {
  const files: TarFile[] = [];
  collect(view, path, inode, name, new Map(), files);
  return files;
}

function collect(
  view: UnionView,
  path: AbsolutePath,
  inode: Inode,
  name: string,
  linked: Map<number, string>,
  out: TarFile[],
): void {
  if (inode.kind === 'socket') return;
  const first = inode.kind === 'file' && inode.linkGroup !== undefined ? linked.get(inode.linkGroup) : undefined;
  out.push({ name, inode, ...(first === undefined ? {} : { hardLinkTo: first }) });
  if (inode.kind === 'file' && inode.linkGroup !== undefined && first === undefined) linked.set(inode.linkGroup, name);
  if (inode.kind !== 'directory') return;
  for (const entry of view.list(path)) {
    const below = name === '/' ? entry.name : `${name}/${entry.name}`;
    collect(view, childPath(path, entry.name), entry.inode, below, linked, out);
  }
}
