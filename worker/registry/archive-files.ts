/**
 * The files of a tar archive as slices of it: what a `docker save` archive or an OCI layout is read through. Archives come from
 * anybody: what no program that saves images writes is refused by name, before anything of it is used.
 */
import { EngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import { decompress, detectCompression, MAGIC_BYTES } from '../codec/decompress.ts';
import type { TarEntry } from '../codec/tar-entry.ts';
import { TarReader } from '../codec/tar-reader.ts';
import { createBlobBuilder } from '../store/blob-builder.ts';
import { ownBytes } from '../base/bytes.ts';

/** Files by path: no leading `./`, links followed. */
export type ArchiveFiles = ReadonlyMap<string, Blob>;

/** An archive of images has a handful of entries for each layer; one with more is something else. */
const MAX_ENTRIES = 100_000;
/** What a compressed archive may unpack to: far more than a browser stores, far less than a bomb wants. */
const MAX_UNPACKED_BYTES = 16 * 2 ** 30;
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Old archives link a layer that occurs twice; a chain of links is no longer than this. */
const MAX_LINKS = 8;

/** Files at the top that tell what an archive is. */
const MARKS: readonly string[] = ['manifest.json', 'index.json', 'oci-layout'];

/** Bounds of an archive; those of {@link readArchive} when left out. */
export interface ArchiveLimits {
  readonly maxEntries?: number;
  readonly maxUnpackedBytes?: number;
}

/**
 * Reads an archive's table of files, decompressing it as a whole first where it is compressed. Throws `invalid-document` or
 * `corrupt` for what is no tar, and for entries that lead out of it, occur twice, or are no files; `limit` for too many of them
 * and for too many bytes; `cancelled`.
 */
export async function readArchive(archive: Blob, job: Job, limits: ArchiveLimits = {}): Promise<ArchiveFiles> {
  const tar = await plainTar(archive, job, limits.maxUnpackedBytes);
  const files = new Map<string, Blob>();
  const links = new Map<string, string>();
  const take = <V>(table: Map<string, V>, path: string, value: V): void => {
    if (files.has(path) || links.has(path)) throw refused(path, 'is in the archive twice');
    table.set(path, value);
  };
  const reader = new TarReader(
    (entry) => {
      const path = insidePath(entry.path, '');
      switch (entry.type) {
        case 'file':
          return take(files, path, fileSlice(tar, entry));
        case 'hardlink':
          return take(links, path, insidePath(entry.linkTarget ?? '', ''));
        case 'symlink':
          return take(links, path, insidePath(entry.linkTarget ?? '', `${path}/..`));
        case 'directory':
          return;
        default:
          throw refused(entry.path, `is a ${entry.type}, which an archive of images has no use for`);
      }
    },
    { maxEntries: limits.maxEntries ?? MAX_ENTRIES },
  );
  await feed(reader, tar, job);
  for (const path of links.keys()) {
    const target = followLinks(path, files, links);
    if (target !== undefined) files.set(path, target);
  }
  return files;
}

/**
 * Whether a tar is an archive of images (Docker's or an OCI layout), or something else: the files of a machine, perhaps. Throws as
 * {@link readArchive} for what is no tar.
 */
export async function holdsImages(tar: Blob, job: Job): Promise<boolean> {
  const names = new Set<string>();
  const reader = new TarReader(({ path, type }) => {
    if (type !== 'file') return;
    const name = path.replace(/^(?:\.\/)+/, '');
    if (MARKS.includes(name)) names.add(name);
  });
  await feed(reader, tar, job);
  return names.has('manifest.json') || (names.has('index.json') && names.has('oci-layout'));
}

async function feed(reader: TarReader, tar: Blob, job: Job): Promise<void> {
  for (let start = 0; start < tar.size; start += CHUNK_BYTES) {
    job.budget.throwIfCancelled();
    reader.write(new Uint8Array(await tar.slice(start, start + CHUNK_BYTES).arrayBuffer()));
  }
  reader.end();
}

/** The archive itself, or what it unpacks to where it is compressed as a whole. */
export async function plainTar(archive: Blob, job: Job, maxBytes = MAX_UNPACKED_BYTES): Promise<Blob> {
  const head = new Uint8Array(await archive.slice(0, MAGIC_BYTES).arrayBuffer());
  if (detectCompression(head) === 'none') return archive;
  const builder = createBlobBuilder();
  for await (const chunk of decompress(archive.stream())) {
    const pause = job.budget.checkpoint();
    if (pause) await pause;
    job.budget.throwIfCancelled();
    builder.append(ownBytes(chunk));
    if (builder.sizeBytes > maxBytes) {
      throw new EngineError('limit', `The archive unpacks to more than ${maxBytes} bytes.`, { data: { maxBytes } });
    }
  }
  return builder.finish();
}

function fileSlice(tar: Blob, entry: TarEntry): Blob {
  const parts = entry.extents.map(({ tarOffset, length }) => {
    if (tarOffset !== undefined) return tar.slice(tarOffset, tarOffset + length);
    throw new EngineError('unsupported', `${entry.path} of the archive is a sparse file`, {
      data: { path: entry.path },
    });
  });
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : new Blob(parts);
}

/** Lexically resolved from a directory of the archive, without a slash before it. Throws where that leads out. */
function insidePath(path: string, from: string): string {
  if (path.startsWith('/')) throw refused(path, 'is an absolute path, which leads out of the archive');
  const segments: string[] = [];
  for (const segment of `${from}/${path}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) throw refused(path, 'leads out of the archive');
  }
  return segments.join('/');
}

function refused(path: string, problem: string): EngineError {
  return new EngineError('invalid-document', `${path} ${problem}`, { data: { path } });
}

function followLinks(path: string, files: ArchiveFiles, links: ReadonlyMap<string, string>): Blob | undefined {
  let current: string | undefined = path;
  for (let steps = 0; steps < MAX_LINKS && current !== undefined; steps++) {
    current = links.get(current);
    const file = current === undefined ? undefined : files.get(current);
    if (file !== undefined) return file;
  }
  return undefined;
}
