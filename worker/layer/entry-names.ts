/**
 * From the names in a layer's tar to the meaning of its entries (image-spec, "layer.md": `.wh.NAME`, `.wh..wh..opq`). Names
 * are taken as containerd and Docker take them: cleaned lexically and kept inside the root, so `../../x` is `/x`.
 */
import { EngineError } from '../base/errors.ts';
import { baseName, childPath, parentPath, resolvePath, ROOT, type AbsolutePath } from '../base/path.ts';
import type { TarEntry } from '../codec/tar-entry.ts';
import type { LayerEntry } from '../vfs/layer-entry.ts';

export const WHITEOUT_PREFIX = '.wh.';
/** Names with this prefix at the top level are bookkeeping of AUFS, but for the opaque marker. */
const META_PREFIX = '.wh..wh.';
export const OPAQUE_MARKER = '.wh..wh..opq';

/**
 * What a tar entry says; undefined for one that says nothing (AUFS bookkeeping, and names that end up at the root without
 * being it). Throws `invalid-document` for a whiteout of nothing or of a directory by another name, and for names with NUL.
 */
export function layerEntryOf(entry: TarEntry): LayerEntry | undefined {
  if (entry.path.includes('\0') || entry.linkTarget?.includes('\0') === true) {
    throw new EngineError('invalid-document', 'invalid layer: a name contains NUL', { data: { path: entry.path } });
  }
  const path = resolvePath('/' + entry.path);
  const name = baseName(path);
  if (path === ROOT) return entry.type === 'directory' && isRootName(entry.path) ? plainEntry(path, entry) : undefined;
  if (path.startsWith('/' + META_PREFIX) && path !== '/' + OPAQUE_MARKER) return undefined;
  if (name === OPAQUE_MARKER) return markerEntry(parentPath(path), 'opaque', entry);
  if (!name.startsWith(WHITEOUT_PREFIX)) return plainEntry(path, entry);
  const hidden = name.slice(WHITEOUT_PREFIX.length);
  if (hidden === '' || hidden === '.' || hidden === '..') {
    throw new EngineError('invalid-document', `invalid whiteout name: ${name}`, { data: { path } });
  }
  return markerEntry(childPath(parentPath(path), hidden), 'whiteout', entry);
}

/** The name of the root itself (`/`, `./`), not one that leads back to it (`..`, `a/..`). */
function isRootName(name: string): boolean {
  return name !== '' && /^[./]*$/.test(name) && !name.includes('..');
}

function markerEntry(path: AbsolutePath, kind: 'whiteout' | 'opaque', entry: TarEntry): LayerEntry {
  return { path, kind, mode: 0, uid: 0, gid: 0, mtimeMs: entry.mtimeMs, sizeBytes: 0 };
}

/** An entry while it is put together. */
type Meaning = { -readonly [Field in keyof LayerEntry]: LayerEntry[Field] };

function plainEntry(path: AbsolutePath, entry: TarEntry): LayerEntry {
  const { type: kind, mode, uid, gid, mtimeMs, sizeBytes } = entry;
  const meaning: Meaning = { path, kind, mode, uid, gid, mtimeMs, sizeBytes };
  // set one by one, since spreading what is there costs as much as all the rest
  if (entry.extents.length > 0) meaning.extents = entry.extents;
  const target = kind === 'hardlink' ? resolvePath('/' + (entry.linkTarget ?? '')) : entry.linkTarget;
  if (target !== undefined) meaning.target = target;
  if (entry.device !== undefined) meaning.device = entry.device;
  if (entry.xattrs !== undefined) meaning.xattrs = entry.xattrs;
  return meaning;
}
