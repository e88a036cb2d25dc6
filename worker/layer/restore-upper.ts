/**
 * A saved writable layer put back as the upper of a view: the inverse of `commitLayer`. A container that ran before is
 * opened again this way, with its writes in the upper and not merged into the lowers.
 */
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import { EngineError } from '../base/errors.ts';
import { EMPTY_BODY, joinBodies, type Body } from '../vfs/body.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';
import type { CreateOptions, UnionView } from '../vfs/view.ts';
import type { Layer } from '../store/snapshots.ts';

/** Applies a layer's entries to a fresh view, in order; times are restored last, since entries below a directory change it. */
export function restoreUpper(view: UnionView, layer: Layer): void {
  const { entries } = layer.index;
  for (const entry of entries) if (entry.kind === 'whiteout') view.removeAll(entry.path);
  for (const entry of entries) {
    if (entry.kind === 'opaque')
      for (const { name } of view.list(entry.path)) view.removeAll(resolvePath(name, entry.path));
  }
  for (const entry of entries) if (entry.kind !== 'hardlink') putEntry(view, entry, layer.tar);
  for (const entry of entries) if (entry.kind === 'hardlink') putHardLink(view, entry);
  for (const entry of entries) {
    if (entry.kind === 'directory') view.setAttributes(entry.path, { mtimeMs: entry.mtimeMs }, { follow: false });
  }
}

function putEntry(view: UnionView, entry: LayerEntry, tar: Blob): void {
  const { path, kind } = entry;
  if (kind === 'whiteout' || kind === 'opaque' || kind === 'hardlink') return;
  const there = view.lookup(path, { follow: false });
  if (kind === 'directory' && there?.kind === 'directory') {
    view.setAttributes(path, attributes(entry), { follow: false });
    return;
  }
  if (there !== undefined && !(kind === 'file' && there.kind === 'file')) view.removeAll(path);
  switch (kind) {
    case 'file':
      view.writeFile(path, entryBody(entry, tar), attributes(entry));
      view.setAttributes(path, attributes(entry), { follow: false });
      return;
    case 'directory':
      return view.mkdir(path, attributes(entry));
    case 'symlink':
      return view.symlink(path, entry.target ?? '', attributes(entry));
    default:
      return view.mknod(path, kind, entry.device, attributes(entry));
  }
}

function putHardLink(view: UnionView, entry: LayerEntry): void {
  if (entry.target === undefined)
    throw new EngineError('corrupt', `The saved layer links ${entry.path} to nothing.`, { data: { path: entry.path } });
  if (view.lookup(entry.path, { follow: false }) !== undefined) view.removeAll(entry.path);
  view.link(entry.target as AbsolutePath, entry.path);
}

function attributes({
  mode,
  uid,
  gid,
  mtimeMs,
  xattrs,
}: LayerEntry): Required<Omit<CreateOptions, 'xattrs'>> & CreateOptions {
  return { mode, uid, gid, mtimeMs, ...(xattrs === undefined ? {} : { xattrs }) };
}

function entryBody(entry: LayerEntry, tar: Blob): Body {
  if (entry.extents === undefined) return EMPTY_BODY;
  return joinBodies(
    entry.extents.map(({ tarOffset, length }): Body =>
      tarOffset === undefined
        ? { sizeBytes: length, segments: [{ kind: 'hole', length }] }
        : { sizeBytes: length, segments: [{ kind: 'data', source: tar, start: tarOffset, end: tarOffset + length }] },
    ),
  );
}
