/** Files as the program's modules are read: their text, and where a name leads. */
import { resolvePath } from '../../../../../base/path.ts';
import { readBody } from '../../../../../vfs/body.ts';
import type { AppletContext } from '../../../../applets/context.ts';

export function isFile(context: AppletContext, path: string): boolean {
  return context.files.find(path)?.inode.kind === 'file';
}

export function isDirectory(context: AppletContext, path: string): boolean {
  return context.files.find(path)?.inode.kind === 'directory';
}

/** The text of a file. Throws a system error. */
export async function readSource(context: AppletContext, path: string): Promise<string> {
  return new TextDecoder().decode(await readBody(context.files.body(path)));
}

/** A path made absolute and without dots. */
export function joined(directory: string, path: string): string {
  return resolvePath(path.startsWith('/') ? path : `${directory}/${path}`);
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
