/** Folders of the person's computer, where the browser has the File System Access API (Chromium; others have zip files). */
import type { ContextFile } from '../../worker/api/types.ts';
import { readUploaded, type ReadFiles } from '../panels/context/read-files.ts';

/** The part of the API that TypeScript's own library lacks. */
interface DirectoryPicker {
  showDirectoryPicker(options: { mode: 'readwrite'; id: string }): Promise<FileSystemDirectoryHandle>;
}

function hasPicker(scope: object): scope is DirectoryPicker {
  return 'showDirectoryPicker' in scope;
}

/** Asks for a folder and writes the files into it, over those of the same name. Returns how many, undefined when not chosen. */
export async function saveIntoFolder(files: readonly ContextFile[]): Promise<number | undefined> {
  const scope: object = globalThis;
  if (!hasPicker(scope)) return undefined;
  let root: FileSystemDirectoryHandle;
  try {
    root = await scope.showDirectoryPicker({ mode: 'readwrite', id: 'strata' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
  let written = 0;
  for (const file of files) {
    // The API knows no links.
    if (file.kind === 'symlink') continue;
    const segments = file.path.split('/');
    const folder = await folderAt(root, file.kind === 'directory' ? segments : segments.slice(0, -1));
    if (file.kind === 'file') await writeFile(folder, segments.at(-1) ?? '', file.content ?? '');
    written += 1;
  }
  return written;
}

async function folderAt(
  root: FileSystemDirectoryHandle,
  segments: readonly string[],
): Promise<FileSystemDirectoryHandle> {
  let folder = root;
  for (const segment of segments) folder = await folder.getDirectoryHandle(segment, { create: true });
  return folder;
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  content: NonNullable<ContextFile['content']>,
): Promise<void> {
  const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await stream.write(content);
  await stream.close();
}

/** The files of a folder chosen by `<input webkitdirectory>`, without the folder's own name before each. */
export async function readFolder(list: readonly File[]): Promise<{ name: string } & ReadFiles> {
  const name = list[0]?.webkitRelativePath.split('/')[0] ?? 'folder';
  const { files, refused } = await readUploaded(list, '');
  return { name, refused, files: files.map((file) => ({ ...file, path: file.path.slice(name.length + 1) })) };
}
