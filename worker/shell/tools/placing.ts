/** Writing the files that simulated tools install: with the modes, owners and times they are to have, whatever the umask. */
import { bodyOf, joinBodies, readBody, type Body } from '../../vfs/body.ts';
import type { AppletContext } from '../applets/context.ts';
import { errnoOf } from '../kernel/errno.ts';
import { decodeText, encodeText } from '../text.ts';

export interface PlacedAttributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtimeMs: number;
}

const ELF_MAGIC = new Uint8Array([0x7f, 0x45, 0x4c, 0x46]);

/** `sizeBytes` of nothing, which take no room. */
export function holeOf(sizeBytes: number): Body {
  return sizeBytes === 0 ? bodyOf(new Uint8Array()) : { sizeBytes, segments: [{ kind: 'hole', length: sizeBytes }] };
}

/** A file of which no more is known than its size and that it begins as programs and libraries do. */
export function elfOf(sizeBytes: number): Body {
  return startingWith(ELF_MAGIC, sizeBytes);
}

/** A text, with a hole behind it where the file is longer. */
export function textOf(text: string, sizeBytes?: number): Body {
  const bytes = encodeText(text);
  return sizeBytes === undefined ? bodyOf(bytes) : startingWith(bytes, sizeBytes);
}

function startingWith(bytes: Uint8Array<ArrayBuffer>, sizeBytes: number): Body {
  const rest = sizeBytes - bytes.byteLength;
  return rest > 0 ? joinBodies([bodyOf(bytes), holeOf(rest)]) : bodyOf(bytes);
}

/** Makes or replaces a file. Directories above it are made where they are missing. */
export function placeFile(context: AppletContext, path: string, body: Body, attributes: PlacedAttributes): void {
  const { location, inode } = resolved(context, path);
  if (inode !== undefined && inode.kind !== 'file') context.files.unlink(path);
  location.mount.fileSystem.writeFile(location.inner, body, attributes);
  if (inode !== undefined) location.mount.fileSystem.setAttributes(location.inner, attributes, { follow: false });
}

/** Makes a directory; one that is there stays as it is, and a link to one stays a link. */
export function placeDirectory(context: AppletContext, path: string, attributes: PlacedAttributes): void {
  if (context.files.find(path)?.inode.kind === 'directory') return;
  const { location } = resolved(context, path);
  location.mount.fileSystem.mkdir(location.inner, attributes);
}

/** Makes or replaces a symbolic link. */
export function placeSymlink(context: AppletContext, path: string, target: string, mtimeMs: number): void {
  const { location, inode } = resolved(context, path);
  if (inode?.kind === 'directory') return;
  if (inode !== undefined) location.mount.fileSystem.unlink(location.inner);
  location.mount.fileSystem.symlink(location.inner, target, { mode: 0o777, uid: 0, gid: 0, mtimeMs });
}

/** Gives a file these extended attributes and no others; what the file holds is copied up with it. */
export function setExtendedAttributes(
  context: AppletContext,
  path: string,
  xattrs: ReadonlyMap<string, Uint8Array>,
): void {
  const { location } = context.files.resolve(path, true);
  location.mount.fileSystem.setAttributes(location.inner, { xattrs }, { follow: true });
}

/** Makes a directory and those above it, as the process that asks. */
export function makeDirectories(context: AppletContext, path: string): void {
  const segments = path.split('/').filter((segment) => segment !== '');
  const start = path.startsWith('/') ? '/' : '';
  segments.forEach((_, index) => {
    const directory = start + segments.slice(0, index + 1).join('/');
    if (context.files.find(directory) === undefined) context.files.makeDirectory(directory);
  });
}

/** Writes a text as the process that asks, into directories that are made where they are missing. */
export function writeText(context: AppletContext, path: string, text: string, mode = 0o666): void {
  makeDirectories(context, path.slice(0, path.lastIndexOf('/')));
  context.files.writeBody(path, textOf(text), mode);
}

/** Adds to the end of a text file, which is made where it is missing. */
export function appendText(context: AppletContext, path: string, text: string, mode = 0o644): void {
  const there = context.files.find(path)?.inode;
  makeDirectories(context, path.slice(0, path.lastIndexOf('/')));
  context.files.writeBody(path, joinBodies([...(there?.kind === 'file' ? [there.body] : []), textOf(text)]), mode);
}

/** The whole of a text file; undefined where there is none that can be read. */
export async function readText(context: AppletContext, path: string): Promise<string | undefined> {
  try {
    return decodeText(await readBody(context.files.body(path)));
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

/** Removes a file or link, if it is there. */
export function removeFile(context: AppletContext, path: string): void {
  const there = context.files.find(path, false);
  if (there !== undefined && there.inode.kind !== 'directory') context.files.unlink(path);
}

/** Removes a directory with all below it, if it is there. */
export function removeTree(context: AppletContext, path: string): void {
  const found = context.files.find(path, false);
  if (found === undefined) return;
  if (found.inode.kind !== 'directory') {
    context.files.unlink(path);
    return;
  }
  for (const { name } of context.files.list(path)) removeTree(context, `${path}/${name}`);
  context.files.removeDirectory(path);
}

function resolved(context: AppletContext, path: string): ReturnType<AppletContext['files']['resolve']> {
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (parent !== '' && context.files.find(parent) === undefined) makeDirectories(context, parent);
  return context.files.resolve(path, false);
}
