/** Files from the person's computer (uploaded, or dropped with their folders) as files of the project. */
import type { ContextFile } from '../../../worker/api/types.ts';
import { FILE_MODE, projectPath } from '../../state/project-files.ts';

/** Texts up to this size are edited as text; what is larger, or is not text, is kept as bytes. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** More than this is surely a folder dropped by mistake. */
export const MAX_DROPPED_FILES = 20_000;

/** What was read, and what was left out with the reason. */
export interface ReadFiles {
  readonly files: readonly ContextFile[];
  readonly refused: readonly string[];
}

/** A file of the person's computer, with its path below what was dropped. */
export interface Found {
  readonly path: string;
  readonly file: File;
}

/** Files of an `<input type="file">`, folders kept. `folder` is where they go; empty for the project itself. */
export async function readUploaded(list: Iterable<File>, folder: string): Promise<ReadFiles> {
  return readFound([...list].map((file) => ({ path: under(folder, file.webkitRelativePath || file.name), file })));
}

/** The dropped files, folders gone through; at most one more than {@link MAX_DROPPED_FILES}. Must be called before the drop event ends. */
export async function filesIn(transfer: DataTransfer): Promise<readonly Found[]> {
  const found: Found[] = [];
  const entries: FileSystemEntry[] = [];
  for (const item of transfer.items) {
    const entry = item.webkitGetAsEntry();
    // What another page put there is a file without a place in a file system.
    const file = entry === null ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    if (file !== null) found.push({ path: file.name, file });
  }
  for (const entry of entries) await collect(entry, '', found);
  return found;
}

async function collect(entry: FileSystemEntry, folder: string, found: Found[]): Promise<void> {
  if (found.length > MAX_DROPPED_FILES) return;
  const path = under(folder, entry.name);
  if (isDirectory(entry)) {
    for (const child of await childrenOf(entry)) await collect(child, path, found);
  } else if (isFile(entry)) {
    found.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
  }
}

const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a part of the folder at a time, and an empty one at the end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}

const under = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** Reads them. What cannot be a file of a project is left out, with the reason. */
export async function readFound(found: readonly Found[]): Promise<ReadFiles> {
  const refused: string[] = [];
  const files: ContextFile[] = [];
  if (found.length > MAX_DROPPED_FILES) {
    return { files, refused: [`more than ${MAX_DROPPED_FILES} files were dropped at once`] };
  }
  for (const { path, file } of found) {
    const verdict = projectPath(path);
    if (!verdict.ok) {
      refused.push(`${path}: ${verdict.message}`);
      continue;
    }
    files.push({
      path: verdict.path,
      kind: 'file',
      content: await contentOf(file),
      mode: FILE_MODE,
      mtimeMs: file.lastModified,
    });
  }
  return { files, refused };
}

async function contentOf(file: File): Promise<string | Blob> {
  if (file.size > MAX_TEXT_BYTES) return file;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.includes(0)) return new Blob([bytes]);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new Blob([bytes]);
  }
}
