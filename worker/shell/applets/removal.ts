/** Removing files and trees, for `rm` and `mv` across mounts. */
import { errnoOf } from '../kernel/errno.ts';
import type { AppletContext } from './context.ts';

export interface Removal {
  readonly recursive: boolean;
  /** What is not there is no failure. */
  readonly force: boolean;
  /** Remove directories that are empty, though not their contents. */
  readonly emptyDirectories?: boolean;
  readonly verbose: boolean;
}

/** Removes a path and all below it; false when something of it had to stay. */
export async function removeTree(context: AppletContext, path: string, removal: Removal): Promise<boolean> {
  const pause = context.checkpoint();
  if (pause !== undefined) await pause;
  try {
    const { inode } = context.files.lstat(path);
    if (inode.kind !== 'directory') {
      context.files.unlink(path);
    } else if (removal.emptyDirectories === true && !removal.recursive) {
      context.files.removeDirectory(path);
    } else if (!removal.recursive) {
      await context.complain(context.word(`'${path}' is a directory`, `cannot remove '${path}': Is a directory`));
      return false;
    } else if (!(await removeBelow(context, path, removal))) {
      return false;
    } else {
      context.files.removeDirectory(path);
    }
    const what = inode.kind === 'directory' ? context.word('', 'directory ') : '';
    if (removal.verbose) await context.out.write(`removed ${what}'${path}'\n`);
    return true;
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';
    if (missing && removal.force) return true;
    await context.report(context.word(`can't remove '${path}'`, `cannot remove '${path}'`), error);
    return false;
  }
}

async function removeBelow(context: AppletContext, path: string, removal: Removal): Promise<boolean> {
  let complete = true;
  for (const { name } of context.files.list(path)) {
    if (!(await removeTree(context, `${path.replace(/\/+$/, '')}/${name}`, removal))) complete = false;
  }
  return complete;
}
