/** The files of a tar archive as slices of it: what a `docker save` archive or an OCI layout is read through. */
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
const CHUNK_BYTES = 4 * 1024 * 1024;
/** Old archives link a layer that occurs twice; a chain of links is no longer than this. */
const MAX_LINKS = 8;

/**
 * Reads an archive's table of files, decompressing it as a whole first where it is compressed. Throws `invalid-document` or
 * `corrupt` for what is no tar, `limit` for too many entries, `cancelled`.
 */
export async function readArchive(archive: Blob, job: Job): Promise<ArchiveFiles> {
  const tar = await plainTar(archive, job);
  const files = new Map<string, Blob>();
  const links = new Map<string, string>();
  const reader = new TarReader(
    (entry) => {
      const path = normalPath(entry.path);
      if (entry.type === 'file') files.set(path, fileSlice(tar, entry));
      if (entry.type === 'hardlink') links.set(path, normalPath(entry.linkTarget ?? ''));
      if (entry.type === 'symlink') links.set(path, normalPath(`${path}/../${entry.linkTarget ?? ''}`));
    },
    { maxEntries: MAX_ENTRIES },
  );
  for (let start = 0; start < tar.size; start += CHUNK_BYTES) {
    job.budget.throwIfCancelled();
    reader.write(new Uint8Array(await tar.slice(start, start + CHUNK_BYTES).arrayBuffer()));
  }
  reader.end();
  for (const path of links.keys()) {
    const target = followLinks(path, files, links);
    if (target !== undefined) files.set(path, target);
  }
  return files;
}

async function plainTar(archive: Blob, job: Job): Promise<Blob> {
  const head = new Uint8Array(await archive.slice(0, MAGIC_BYTES).arrayBuffer());
  if (detectCompression(head) === 'none') return archive;
  const builder = createBlobBuilder();
  for await (const chunk of decompress(archive.stream())) {
    job.budget.throwIfCancelled();
    builder.append(ownBytes(chunk));
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

/** Lexically resolved and relative to the archive's root; `..` cannot lead out of it. */
function normalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
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
