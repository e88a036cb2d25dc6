/** A project as a zip file: what `zip -y` writes, with the modes and links of Unix kept (APPNOTE 4.4.15, Info-ZIP's use of it). */
import { unzipSync, zipSync, type Zippable } from 'fflate';
import type { ContextFile } from '../../worker/api/types.ts';
import { projectPath } from '../state/project-files.ts';
import { ShareError } from './shared-project.ts';

const UNIX = 3;
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
  const { modes, isEncrypted } = directoryOf(bytes);
  if (isEncrypted) throw new ShareError('The zip file is encrypted. Pack it without a password.');
  const contents = unpacked(bytes);
  const files = Object.entries(contents).flatMap(([name, content]) => {
    if (name.startsWith(MAC_FOLDER)) return [];
    const file = fileOf(name, content, modes.get(name));
    return file === undefined ? [] : [file];
  });
  return withoutCommonFolder(files);
}

function unpacked(bytes: Uint8Array): Readonly<Record<string, Uint8Array<ArrayBuffer>>> {
  let total = 0;
  let count = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
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
    throw new ShareError('The zip file is damaged, or packed in a way that is not known here.');
  }
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

/** What the unpacking library does not tell, from the central directory (APPNOTE 4.3.12): modes by name, and encryption (4.4.4). */
function directoryOf(bytes: Uint8Array): {
  readonly modes: ReadonlyMap<string, number>;
  readonly isEncrypted: boolean;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const modes = new Map<string, number>();
  let isEncrypted = false;
  const end = lastIndexOfSignature(view, 0x06054b50);
  let at = end === undefined ? view.byteLength : view.getUint32(end + 16, true);
  while (at + 46 <= view.byteLength && view.getUint32(at, true) === 0x02014b50) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (view.getUint8(at + 5) === UNIX) modes.set(name, view.getUint16(at + 40, true));
    isEncrypted ||= (view.getUint16(at + 8, true) & 1) === 1;
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { modes, isEncrypted };
}

function lastIndexOfSignature(view: DataView, signature: number): number | undefined {
  for (let at = view.byteLength - 22; at >= 0; at -= 1) if (view.getUint32(at, true) === signature) return at;
  return undefined;
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
