/** `docker cp`'s side of the engine: what lies at a path of a container, as a tar, and a tar unpacked there. */
import { EngineError, isEngineError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import { ROOT, baseName, resolvePath } from '../../../base/path.ts';
import { readTar, unpackEntries } from '../../../build/ops/unpack.ts';
import { inodeSize, type Inode } from '../../../vfs/inode.ts';
import type { PathStat } from '../api.ts';
import { subtreeFiles } from '../subtree.ts';
import { tarStream } from '../tar-stream.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import { mountsForFiles, placeOf, type Place } from './file-systems.ts';
import type { LiveContainer } from './live-container.ts';

const TAR_BLOCK_BYTES = 512;

/** What a path is; a link in its last segment is told, not followed. Throws `not-found` as the daemon words it. */
export async function statPath(
  daemon: Daemon,
  container: LiveContainer,
  name: string,
  path: string,
): Promise<PathStat> {
  const { place, inode } = await locate(daemon, container, name, path);
  return statOf(place, inode, path);
}

/** A tar of what lies at a path, named by the path's last segment. */
export async function readArchive(daemon: Daemon, container: LiveContainer, name: string, path: string) {
  const { place, inode } = await locate(daemon, container, name, path);
  const files = subtreeFiles(place.view, place.path, inode, archiveName(path));
  containerEvent(daemon, container, 'archive-path');
  return { stat: statOf(place, inode, path), archive: tarStream(files) };
}

/** Unpacks a tar into a directory. Throws `invalid-argument` where there is none, or where it cannot be written. */
export async function writeArchive(
  daemon: Daemon,
  container: LiveContainer,
  name: string,
  directory: string,
  archive: ReadableStream<Uint8Array>,
  job: Job,
): Promise<void> {
  const { record } = container;
  const saved = await container.root();
  const mounts = await mountsForFiles(daemon, container);
  const place = find(() => placeOf(saved.view, mounts, resolvePath(directory), true), name, directory);
  const inode = place.view.lookup(place.path);
  if (inode === undefined) throw missing(name, directory);
  if (inode.kind !== 'directory') throw new EngineError('invalid-argument', 'extraction point is not a directory');
  if (place.readOnly) throw new EngineError('denied', 'mounted volume is marked read-only');
  if (place.view === saved.view && record.hostConfig['ReadonlyRootfs'] === true) {
    throw new EngineError('denied', 'container rootfs is marked read-only');
  }
  const seen = { bytes: 0, zeros: true };
  const read = await readTar(watched(archive, seen), job);
  if (read === undefined && !seen.zeros) throw noArchive(seen.bytes);
  if (read !== undefined) {
    const settings = {
      owner: undefined,
      mode: undefined,
      excludes: undefined,
      timeMs: daemon.clock.nowMs(),
      rootName: '/',
      job,
    };
    await unpackEntries(read, { view: place.view, jail: ROOT, directory: place.path }, settings);
  }
  containerEvent(daemon, container, 'extract-to-dir');
  await saved.save();
  await daemon.volumes.save((record.mounts ?? []).flatMap((mount) => mount.name ?? []));
}

/** The stream, and what went through it. */
function watched(
  stream: ReadableStream<Uint8Array>,
  seen: { bytes: number; zeros: boolean },
): ReadableStream<Uint8Array> {
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen.bytes += chunk.byteLength;
        seen.zeros &&= chunk.every((byte) => byte === 0);
        controller.enqueue(chunk);
      },
    }),
  );
}

/** What Go says of bytes that are no archive; nothing at all, and the zeros of an empty archive, are one. */
function noArchive(bytes: number): EngineError {
  const message = bytes < TAR_BLOCK_BYTES ? 'unexpected EOF' : 'archive/tar: invalid tar header';
  return new EngineError('invalid-argument', message);
}

async function locate(
  daemon: Daemon,
  container: LiveContainer,
  name: string,
  path: string,
): Promise<{ readonly place: Place; readonly inode: Inode }> {
  if (path === '') throw new EngineError('invalid-argument', 'bad parameter: pathcannot be empty');
  const { view } = await container.root();
  const mounts = await mountsForFiles(daemon, container);
  const place = find(() => placeOf(view, mounts, resolvePath(path), mustBeDirectory(path)), name, path);
  const inode = place.view.lookup(place.path, { follow: false });
  if (inode === undefined) throw missing(name, path);
  if (mustBeDirectory(path) && inode.kind !== 'directory') {
    throw new EngineError('invalid-argument', `lstat ${path}: not a directory`, { data: { path } });
  }
  return { place, inode };
}

/** `dir/` and `dir/.` name what a link leads to, and only a directory. */
function mustBeDirectory(path: string): boolean {
  return /(?:^|\/)\.?$/.test(path);
}

function find(work: () => Place, name: string, path: string): Place {
  try {
    return work();
  } catch (error) {
    if (isEngineError(error, 'filesystem')) throw missing(name, path);
    throw error;
  }
}

function missing(name: string, path: string): EngineError {
  return new EngineError('not-found', `Could not find the file ${path} in container ${name}`, { data: { path } });
}

/** `dir/.` is its content alone. */
function archiveName(path: string): string {
  if (/(?:^|\/)\.$/.test(path)) return '.';
  return baseName(resolvePath(path)) || '/';
}

function statOf(place: Place, inode: Inode, path: string): PathStat {
  const common = { name: baseName(resolvePath(path)) || '/', sizeBytes: inodeSize(inode), mode: inode.mode };
  if (inode.kind === 'symlink') {
    return { ...common, kind: 'symlink', linkTarget: linkTarget(place, inode.target) };
  }
  return { ...common, kind: inode.kind === 'file' || inode.kind === 'directory' ? inode.kind : 'other' };
}

/** Where a link leads inside the container. */
function linkTarget({ view, path }: Place, target: string): string {
  try {
    return view.realPath(path);
  } catch (error) {
    if (isEngineError(error, 'filesystem')) return target;
    throw error;
  }
}
