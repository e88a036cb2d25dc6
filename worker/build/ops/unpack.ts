/**
 * Archives of ADD: known by their content, unpacked into the destination as Docker's `archive.Unpack` does it: owners and modes
 * are the archive's, files and links replace what has their name, directories merge.
 */
import { ownBytes } from '../../base/bytes.ts';
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import { ROOT, isWithin, parentPath, resolvePath, type AbsolutePath } from '../../base/path.ts';
import { chunkStream } from '../../codec/chunk-stream.ts';
import { decompress } from '../../codec/decompress.ts';
import type { TarEntry } from '../../codec/tar-entry.ts';
import { TarReader } from '../../codec/tar-reader.ts';
import { createBlobBuilder } from '../../store/blob-builder.ts';
import { bodyChunks, type Body, type Segment } from '../../vfs/body.ts';
import type { CreateOptions, UnionView } from '../../vfs/view.ts';
import { rootPath } from './copy/root-path.ts';
import { makeDirectories, type CopySettings } from './copy/tree-copier.ts';

/** A tar that was read: what it says of its entries, and the bytes they lie in. */
export interface Archive {
  /** The uncompressed tar. */
  readonly tar: Blob;
  readonly entries: readonly TarEntry[];
}

/** Unpacks `source` into the directory `destination`; false, and nothing done, when it is no archive. Throws `build` for a damaged one. */
export async function unpackArchive(
  from: UnionView,
  source: AbsolutePath,
  to: UnionView,
  destination: string,
  settings: CopySettings,
): Promise<boolean> {
  const inode = from.lookup(source, { follow: false });
  if (inode?.kind !== 'file') return false;
  const archive = await readTar(chunkStream(bodyChunks(inode.body)), settings.job);
  if (archive === undefined) return false;
  const root = rootPath(to, destination, settings.rootName);
  makeDirectories(to, root, settings);
  await unpackEntries(archive, to, root, settings);
  return true;
}

/** Unpacks into the directory `root`, which is there. Throws `build` for names that lead out of it. */
export async function unpackEntries(
  archive: Archive,
  to: UnionView,
  root: AbsolutePath,
  settings: CopySettings,
): Promise<void> {
  const directories: { readonly path: AbsolutePath; readonly mtimeMs: number }[] = [];
  for (const entry of archive.entries) {
    const pause = settings.job.budget.checkpoint();
    if (pause) await pause;
    const path = placeOf(entry, root);
    if (path === undefined) continue;
    unpackEntry(to, entry, path, root, archive.tar, settings);
    if (entry.type === 'directory') directories.push({ path, mtimeMs: entry.mtimeMs });
  }
  // what was put into a directory changed its time
  for (const { path, mtimeMs } of directories) {
    if (to.lookup(path, { follow: false })?.kind === 'directory') to.setAttributes(path, { mtimeMs });
  }
}

/** Undefined for what does not begin like an archive. */
export async function readTar(chunks: ReadableStream<Uint8Array>, job: Job): Promise<Archive | undefined> {
  const entries: TarEntry[] = [];
  const blob = createBlobBuilder();
  const reader = new TarReader((entry) => entries.push(entry));
  try {
    for await (const chunk of decompress(chunks)) {
      job.budget.throwIfCancelled();
      reader.write(chunk);
      blob.append(ownBytes(chunk));
    }
    reader.end();
  } catch (error) {
    if (isEngineError(error, 'cancelled')) throw error;
    if (entries.length === 0) return undefined;
    throw new EngineError('build', `archive/tar: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return entries.length === 0 ? undefined : { tar: blob.finish(), entries };
}

/** Where an entry goes; undefined for the root of the archive itself. Throws `build` for a name that leads out. */
function placeOf(entry: TarEntry, root: AbsolutePath): AbsolutePath | undefined {
  const segments: string[] = [];
  for (const segment of entry.path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) {
      throw new EngineError('build', `"${entry.path}" is outside of "${root}"`, { data: { path: entry.path } });
    }
  }
  return segments.length === 0 ? undefined : resolvePath(segments.join('/'), root);
}

function unpackEntry(
  view: UnionView,
  entry: TarEntry,
  path: AbsolutePath,
  root: AbsolutePath,
  tar: Blob,
  settings: CopySettings,
): void {
  makeDirectories(view, parentPath(path), { ...settings, owner: undefined });
  const existing = view.lookup(path, { follow: false });
  const { mode, uid, gid, mtimeMs, xattrs } = entry;
  const attributes: CreateOptions = { mode, uid, gid, mtimeMs, ...(xattrs === undefined ? {} : { xattrs }) };
  if (entry.type === 'directory' && existing?.kind === 'directory') {
    view.setAttributes(path, attributes);
    return;
  }
  if (existing !== undefined) view.removeAll(path);
  switch (entry.type) {
    case 'directory':
      view.mkdir(path, attributes);
      break;
    case 'file':
      view.writeFile(path, bodyIn(tar, entry), attributes);
      break;
    case 'symlink':
      view.symlink(path, checkedTarget(entry, path, root), { ...attributes, mode: 0o777 });
      break;
    case 'hardlink':
      view.link(linkedPath(entry, root), path);
      break;
    case 'character':
    case 'block':
    case 'fifo':
      view.mknod(path, entry.type, entry.device, attributes);
  }
}

/** A symbolic link's text. Throws `build` where it climbs out of the archive's root, as Docker does. */
function checkedTarget(entry: TarEntry, path: AbsolutePath, root: AbsolutePath): string {
  const target = entry.linkTarget ?? '';
  const depth = (from: AbsolutePath): number => (from === ROOT ? 0 : from.split('/').length - 1);
  let level = depth(parentPath(path)) - depth(root);
  for (const segment of target.startsWith('/') ? [] : target.split('/')) {
    if (segment === '..') level--;
    else if (segment !== '' && segment !== '.') level++;
    if (level < 0) {
      throw new EngineError('build', `invalid symlink "${path}" -> "${target}"`, { data: { path } });
    }
  }
  return target;
}

function linkedPath(entry: TarEntry, root: AbsolutePath): AbsolutePath {
  const target = resolvePath(`./${entry.linkTarget ?? ''}`, root);
  if (isWithin(target, root)) return target;
  throw new EngineError('build', `invalid hardlink "${entry.path}" -> "${entry.linkTarget ?? ''}"`, {
    data: { path: entry.path },
  });
}

/** A file's bytes as slices of the archive. */
export function bodyIn(tar: Blob, entry: TarEntry): Body {
  const segments = entry.extents.map(({ tarOffset, length }): Segment =>
    tarOffset === undefined
      ? { kind: 'hole', length }
      : { kind: 'data', source: tar, start: tarOffset, end: tarOffset + length },
  );
  return { sizeBytes: entry.sizeBytes, segments };
}
