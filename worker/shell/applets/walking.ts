/** Walking down a directory tree, for `grep -r`, `du` and their like: names in byte order, a directory before what is in it. */
import { errnoOf } from '../kernel/errno.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import type { AppletContext } from './context.ts';

export interface WalkedFile {
  readonly path: string;
  readonly status: FileStatus;
}

/**
 * All files from `top` down. Links are followed where `follow` says so, but never in a circle. `skip` leaves out directories by
 * name; `failed` hears of what cannot be read.
 */
export async function* walkFiles(
  context: AppletContext,
  top: string,
  follow: boolean,
  skip: (name: string) => boolean,
  failed: (path: string, error: unknown) => Promise<void>,
  above: readonly number[] = [],
): AsyncGenerator<WalkedFile> {
  const pause = context.checkpoint();
  if (pause !== undefined) await pause;
  let status: FileStatus;
  let names: string[];
  try {
    status = context.files.stat(top, follow || above.length === 0);
    const descend = status.inode.kind === 'directory' && !above.includes(status.ino);
    names = descend ? context.files.list(top).map((entry) => entry.name) : [];
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    await failed(top, error);
    return;
  }
  yield { path: top, status };
  for (const name of names) {
    if (skip(name)) continue;
    yield* walkFiles(context, top.endsWith('/') ? top + name : `${top}/${name}`, follow, skip, failed, [
      ...above,
      status.ino,
    ]);
  }
}
