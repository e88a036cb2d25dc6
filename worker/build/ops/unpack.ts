/**
 * Archives of ADD: known by their content, unpacked into the destination as Docker's `archive.Unpack` does it: owners and modes
 * are the archive's, files and links replace what has their name, directories merge.
 */
import { ownBytes } from '../../base/bytes.ts';
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { Job } from '../../base/job.ts';
import { ROOT, baseName, childPath, isWithin, parentPath, resolvePath, type AbsolutePath } from '../../base/path.ts';
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

/**
 * Where archives go. Docker unpacks in a process whose root is the jail: there absolute links and `..` begin and end. For ADD the
 * jail is the destination itself, so that nothing leads out of it; for `docker cp` it is the container.
 */
export interface UnpackPlace {
  readonly view: UnionView;
  /** The process's root, as a path of the view, no link in it. */
  readonly jail: AbsolutePath;
  /** The directory to fill, as the process sees it. */
  readonly directory: AbsolutePath;
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
  await unpackEntries(archive, { view: to, jail: root, directory: ROOT }, settings);
  return true;
}

/** Unpacks into a directory, which is there. Throws `build` for names and links that lead out of it, but not of the jail. */
export async function unpackEntries(archive: Archive, into: UnpackPlace, settings: CopySettings): Promise<void> {
  const to = into.view;
  const directories: { readonly path: AbsolutePath; readonly mtimeMs: number }[] = [];
  for (const entry of archive.entries) {
    const pause = settings.job.budget.checkpoint();
    if (pause) await pause;
    const name = placeOf(entry, into);
    if (name === into.directory) continue;
    makeParents(entry, name, into, settings);
    const path = inView(name, into);
    unpackEntry(entry, name, path, into, archive.tar);
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

/** Where an entry goes, seen from within the jail. Throws `build` for a name that leads out of the directory. */
function placeOf(entry: TarEntry, { directory }: UnpackPlace): AbsolutePath {
  const name = resolvePath(`./${entry.path}`, directory);
  if (isWithin(name, directory)) return name;
  throw new EngineError('build', `"${entry.path}" is outside of "${directory}"`, { data: { path: entry.path } });
}

/** Where in the view a name of the jail is: links on the way are followed, the last segment is not. */
function inView(name: AbsolutePath, { view, jail }: UnpackPlace): AbsolutePath {
  return name === ROOT ? jail : childPath(rootPath(view, parentPath(name), '', jail), baseName(name));
}

/** Makes the directories that `name` lies in. Throws `build` where a link on the way leads to nothing. */
function makeParents(entry: TarEntry, name: AbsolutePath, into: UnpackPlace, settings: CopySettings): void {
  const { view, jail } = into;
  const parent = rootPath(view, parentPath(name), '', jail);
  if (view.lookup(parent, { follow: false }) !== undefined) return;
  if (view.lookup(inView(parentPath(name), into), { follow: false }) !== undefined) throw missing(entry, name);
  makeDirectories(view, parent, { ...settings, owner: undefined });
}

/** What the kernel says to one who makes a file in a directory that is not there. */
function missing(entry: TarEntry, name: AbsolutePath): EngineError {
  const verbs: Partial<Record<TarEntry['type'], string>> = {
    file: `open ${name}: `,
    directory: `mkdir ${name}: `,
    symlink: `symlink ${entry.linkTarget ?? ''} ${name}: `,
  };
  return new EngineError('build', `${verbs[entry.type] ?? ''}no such file or directory`, { data: { path: name } });
}

function unpackEntry(entry: TarEntry, name: AbsolutePath, path: AbsolutePath, into: UnpackPlace, tar: Blob): void {
  const { view } = into;
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
      view.symlink(path, checkedTarget(entry, name, into.directory), { ...attributes, mode: 0o777 });
      break;
    case 'hardlink':
      view.link(linkedPath(entry, name, into), path);
      // what the archive says of the link holds for the file
      if (view.lookup(path, { follow: false })?.kind === 'file') view.setAttributes(path, attributes);
      break;
    case 'character':
    case 'block':
    case 'fifo':
      view.mknod(path, entry.type, entry.device, attributes);
  }
}

/** A symbolic link's text. Throws `build` where it climbs out of the directory, absolute ones taken as if they began at the link. */
function checkedTarget(entry: TarEntry, name: AbsolutePath, directory: AbsolutePath): string {
  const target = entry.linkTarget ?? '';
  if (isWithin(resolvePath(`./${target}`, parentPath(name)), directory)) return target;
  throw new EngineError('build', `invalid symlink "${name}" -> "${target}"`, { data: { path: name } });
}

function linkedPath(entry: TarEntry, name: AbsolutePath, into: UnpackPlace): AbsolutePath {
  const { view, directory } = into;
  const target = resolvePath(`./${entry.linkTarget ?? ''}`, directory);
  if (!isWithin(target, directory)) {
    throw new EngineError('build', `invalid hardlink "${name}" -> "${entry.linkTarget ?? ''}"`, {
      data: { path: name },
    });
  }
  const place = inView(target, into);
  if (view.lookup(place, { follow: false }) !== undefined) return place;
  throw new EngineError('build', `link ${target} ${name}: no such file or directory`, { data: { path: name } });
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
