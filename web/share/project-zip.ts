/** A project as a zip file: what `zip -y` writes, with the modes and links of Unix kept (APPNOTE 4.4.15, Info-ZIP's use of it). */
import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { ContextFile } from '../../worker/api/types.ts';
import { projectPath } from '../state/project-files.ts';
import { ShareError } from './shared-project.ts';
import { crcOf, directoryOf, UNIX, type ZipEntry } from './zip-directory.ts';

const TYPE_BITS = 0o170000;
const REGULAR = 0o100000;
const SYMLINK = 0o120000;
const DIRECTORY = 0o040000;
/** What macOS packs beside the files: what its file system knows of them. */
const MAC_FOLDER = '__MACOSX/';
/** The years that a zip file can say. */
const EARLIEST_MS = Date.UTC(1980, 0, 2);
/** Most that a zip may unpack to, and most entries. */
const MAX_UNPACKED_BYTES = 256 << 20;
const MAX_ENTRIES = 20_000;
/** Texts up to this size are edited as text. */
const MAX_TEXT_BYTES = 1 << 20;

/** The files of a project, packed. */
export async function zipOf(files: readonly ContextFile[]): Promise<Blob> {
  const entries: Zippable = {};
  for (const file of files) {
    const name = file.kind === 'directory' ? `${file.path}/` : file.path;
    const mtime = new Date(Math.max(file.mtimeMs, EARLIEST_MS));
    entries[name] = [await bytesOf(file), { os: UNIX, attrs: ((typeOf(file) | file.mode) << 16) >>> 0, mtime }];
  }
  return new Blob([zipSync(entries)], { type: 'application/zip' });
}

/** The files in a zip. A folder that holds all of it, as archives of repositories have, is left off. Throws ShareError. */
export async function filesOfZip(blob: Blob): Promise<readonly ContextFile[]> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const directory = directoryOf(bytes);
  if ([...directory.values()].some(({ isEncrypted }) => isEncrypted)) {
    throw new ShareError('The zip file is encrypted. Pack it without a password.');
  }
  const contents = unpacked(bytes);
  for (const [name, content] of Object.entries(contents)) assertWhole(name, content, directory.get(name));
  const files = Object.entries(contents).flatMap(([name, content]) => {
    if (name.startsWith(MAC_FOLDER)) return [];
    const file = fileOf(name, content, directory.get(name)?.unixMode);
    return file === undefined ? [] : [file];
  });
  return withoutCommonFolder(files);
}

function unpacked(bytes: Uint8Array): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  let total = 0;
  let count = 0;
  let current = '';
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        current = name;
        total += originalSize;
        count += 1;
        if (total > MAX_UNPACKED_BYTES || count > MAX_ENTRIES) {
          throw new ShareError('The zip file unpacks to more than a project may hold.');
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof ShareError) throw error;
    const where = current === '' ? '' : ` at “${current}”`;
    throw new ShareError(`The zip file is damaged${where}, or packed in a way that is not known here.`);
  }
}

/** Throws ShareError for an entry whose bytes are not those that were packed. */
function assertWhole(name: string, content: Uint8Array, entry: ZipEntry | undefined): void {
  if (entry !== undefined && crcOf(content) === entry.crc) return;
  throw new ShareError(`The zip file is damaged: “${name}” does not have the checksum that was packed with it.`);
}

function fileOf(name: string, content: Uint8Array<ArrayBuffer>, unixMode: number | undefined): ContextFile | undefined {
  const verdict = projectPath(name);
  if (!verdict.ok) {
    if (name.includes('..')) throw new ShareError(`The zip file holds the path “${name}”. ${verdict.message}`);
    return undefined;
  }
  const { path } = verdict;
  const mode = (unixMode ?? 0) & 0o7777;
  if (name.endsWith('/')) return { path, kind: 'directory', mode: mode || 0o755, mtimeMs: 0 };
  if (((unixMode ?? 0) & TYPE_BITS) === SYMLINK) {
    return { path, kind: 'symlink', target: new TextDecoder().decode(content), mode: 0o777, mtimeMs: 0 };
  }
  return { path, kind: 'file', content: textOrBytes(content), mode: mode || 0o644, mtimeMs: 0 };
}

function textOrBytes(bytes: Uint8Array<ArrayBuffer>): string | Blob {
  if (bytes.byteLength > MAX_TEXT_BYTES || bytes.includes(0)) return new Blob([bytes]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new Blob([bytes]);
  }
}

function withoutCommonFolder(files: readonly ContextFile[]): readonly ContextFile[] {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]));
  const [top] = tops;
  const isFolder = files.every(({ path, kind }) => path !== top || kind === 'directory');
  if (tops.size !== 1 || top === undefined || !isFolder) return files;
  return files.flatMap((file) => (file.path === top ? [] : [{ ...file, path: file.path.slice(top.length + 1) }]));
}

function typeOf({ kind }: ContextFile): number {
  return { file: REGULAR, symlink: SYMLINK, directory: DIRECTORY }[kind];
}

async function bytesOf({ content, target }: ContextFile): Promise<Uint8Array> {
  if (target !== undefined) return new TextEncoder().encode(target);
  if (content === undefined) return new Uint8Array();
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content;
}
