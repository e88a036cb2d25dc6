/** A registry's files in its container: below the root directory of its configuration, which is a volume in Docker's images. */
import { lateBlob, type BlobLike } from '../../base/blob-like.ts';
import type { RegistryFiles } from '../../registry/serve/files.ts';
import type { Files } from '../../shell/kernel/files.ts';
import { bodyOfBlob, readBody, type Body } from '../../vfs/body.ts';

export function kernelRegistryFiles(files: Files, rootDirectory: string): RegistryFiles {
  const inside = (path: string): string => rootDirectory + path;
  return {
    blob(path) {
      const found = files.find(inside(path));
      return found?.inode.kind === 'file' ? blobOf(files.body(inside(path))) : undefined;
    },
    write(path, content) {
      makeParents(files, inside(path));
      files.writeBody(inside(path), bodyOfBlob(content));
    },
    move(from, to) {
      makeParents(files, inside(to));
      files.rename(inside(from), inside(to));
    },
    remove: (path) => removeAll(files, inside(path)),
    list(path) {
      const found = files.find(inside(path));
      return found?.inode.kind === 'directory' ? files.list(inside(path)).map(({ name }) => name) : [];
    },
  };
}

/** The bytes where they are; nothing is read. */
function blobOf(body: Body): BlobLike {
  const parts: BlobPart[] = [];
  for (const segment of body.segments) {
    if (segment.kind === 'hole') parts.push(new Uint8Array(segment.length));
    else if (segment.source instanceof Uint8Array) parts.push(segment.source.subarray(segment.start, segment.end));
    else if (segment.source instanceof Blob) parts.push(segment.source.slice(segment.start, segment.end));
    else return lateBlob(body.sizeBytes, async () => ({ at: 0, bytes: await readBody(body) }));
  }
  return new Blob(parts);
}

function makeParents(files: Files, path: string): void {
  const directory = path.slice(0, path.lastIndexOf('/'));
  if (directory === '' || files.find(directory) !== undefined) return;
  makeParents(files, directory);
  files.makeDirectory(directory);
}

function removeAll(files: Files, path: string): void {
  const found = files.find(path, false);
  if (found === undefined) return;
  if (found.inode.kind !== 'directory') {
    files.unlink(path);
    return;
  }
  for (const { name } of files.list(path)) removeAll(files, `${path}/${name}`);
  files.removeDirectory(path);
}
