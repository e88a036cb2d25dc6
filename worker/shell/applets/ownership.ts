/** What `chmod`, `chown` and `chgrp` share: one change for each file, and with -R for all below it. */
import { errnoOf } from '../kernel/errno.ts';
import type { FileStatus } from '../kernel/file-status.ts';
import type { AppletContext } from './context.ts';

export interface TreeChange {
  readonly recursive: boolean;
  /** Hide what goes wrong. */
  readonly quiet: boolean;
  /** A directory comes behind what is in it. */
  readonly contentsFirst?: boolean;
  /** What could not be done to a file, in GNU's words. */
  readonly failure?: (path: string) => string;
  /** Makes the change; throws a system error. Links met below an operand are given with `link` true. */
  change(path: string, status: FileStatus, link: boolean): void;
}

/** Changes the operands; gives the exit status. */
export async function changeTrees(
  context: AppletContext,
  operands: readonly string[],
  change: TreeChange,
): Promise<number> {
  let status = 0;
  for (const operand of operands) if (!(await changeOne(context, operand, change, true))) status = 1;
  return status;
}

async function changeOne(context: AppletContext, path: string, change: TreeChange, operand: boolean): Promise<boolean> {
  const pause = context.checkpoint();
  if (pause !== undefined) await pause;
  try {
    const found = context.files.stat(path, operand);
    let complete = true;
    if (change.contentsFirst !== true) complete = await applyChange(context, path, found, change);
    if (change.recursive && found.inode.kind === 'directory') {
      for (const { name } of context.files.list(path)) {
        if (!(await changeOne(context, `${path.replace(/\/+$/, '')}/${name}`, change, false))) complete = false;
      }
    }
    if (change.contentsFirst === true && !(await applyChange(context, path, found, change))) complete = false;
    return complete;
  } catch (error) {
    if (change.quiet) return false;
    await context.report(context.word(path, `cannot access '${path}'`), error);
    return false;
  }
}

/** A directory that cannot be changed may hold files that can: what fails is told, and the walk goes on. */
async function applyChange(
  context: AppletContext,
  path: string,
  status: FileStatus,
  change: TreeChange,
): Promise<boolean> {
  try {
    change.change(path, status, status.inode.kind === 'symlink');
    return true;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    if (!change.quiet) await context.report(context.word(path, change.failure?.(path) ?? path), error);
    return false;
  }
}
