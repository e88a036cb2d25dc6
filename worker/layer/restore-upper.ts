/**
 * A saved writable layer put back as the upper of a view: the inverse of `commitLayer`. A container that ran before is
 * opened again this way, with its writes in the upper and not merged into the lowers.
 */
import { EngineError } from '../base/errors.ts';
import type { AbsolutePath } from '../base/path.ts';
import type { Layer } from '../store/snapshots.ts';
import type { Inode } from '../vfs/inode.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import { inodeOf } from '../vfs/merge.ts';
import type { CreateOptions, UnionView } from '../vfs/view.ts';

/**
 * Applies a layer that `commitLayer` wrote to a fresh view on the same base. Times are restored last, since what is put into
 * a directory changes its own. Throws `corrupt` where the layer does not fit.
 */
export function restoreUpper(view: UnionView, layer: Layer): void {
  const { entries } = layer.index;
  for (const entry of entries) if (entry.kind === 'whiteout') view.removeAll(entry.path);
  for (const entry of entries) {
    if (entry.kind === 'hardlink') putHardLink(view, entry);
    else if (entry.kind !== 'whiteout' && entry.kind !== 'opaque')
      putInode(view, entry.path, inodeOf(entry, layer.tar));
  }
  for (const { kind, path, mtimeMs } of entries) {
    if (kind === 'directory') view.setAttributes(path, { mtimeMs }, { follow: false });
  }
}

function putInode(view: UnionView, path: AbsolutePath, inode: Inode): void {
  const there = view.lookup(path, { follow: false });
  const { mode, uid, gid, mtimeMs, xattrs = new Map<string, Uint8Array>() } = inode;
  const attributes: CreateOptions = { mode, uid, gid, mtimeMs, xattrs };
  const shared = there?.kind === 'file' && there.linkGroup !== undefined;
  if (!shared && inode.kind === there?.kind && (inode.kind === 'file' || inode.kind === 'directory')) {
    if (inode.kind === 'file') view.writeFile(path, inode.body, attributes);
    view.setAttributes(path, attributes, { follow: false });
    return;
  }
  if (there !== undefined) view.removeAll(path);
  switch (inode.kind) {
    case 'file':
      view.writeFile(path, inode.body, attributes);
      break;
    case 'directory':
      view.mkdir(path, attributes);
      break;
    case 'symlink':
      view.symlink(path, inode.target, attributes);
      break;
    case 'character':
    case 'block':
      view.mknod(path, inode.kind, inode.device, attributes);
      break;
    case 'fifo':
    case 'socket':
      view.mknod(path, inode.kind, undefined, attributes);
      break;
  }
}

function putHardLink(view: UnionView, entry: LayerEntry): void {
  const target = entry.target as AbsolutePath | undefined;
  if (target === undefined) {
    throw new EngineError('corrupt', `The saved layer links ${entry.path} to nothing.`, { data: { path: entry.path } });
  }
  view.removeAll(entry.path);
  view.link(target, entry.path);
}
