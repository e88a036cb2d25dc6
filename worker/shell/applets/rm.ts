/** rm */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

interface Removal {
  readonly recursive: boolean;
  readonly force: boolean;
  readonly verbose: boolean;
}

export const rm: Applet = {
  names: ['rm'],
  summary: 'Remove (unlink) FILEs',
  usage: '[-irf] FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'irRfvd', {
      recursive: 'r',
      force: 'f',
      verbose: 'v',
      dir: 'd',
      'preserve-root': 'preserve',
      'one-file-system': 'one',
    });
    const removal = {
      recursive: options.has('r') || options.has('R'),
      force: options.has('f'),
      verbose: options.has('v'),
    };
    if (options.operands.length === 0 && !removal.force) throw new UsageError('');
    let status = 0;
    for (const operand of options.operands) {
      const last = operand.replace(/\/+$/, '').replace(/^.*\//, '');
      if (last === '.' || last === '..') {
        status = await context.complain(`can't remove '.' or '..'`);
        continue;
      }
      if (!(await removeAny(context, operand, removal))) status = 1;
    }
    return status;
  },
};

/** Removes a path and all below it; false when something of it had to stay. */
async function removeAny(context: AppletContext, path: string, removal: Removal): Promise<boolean> {
  const pause = context.checkpoint();
  if (pause !== undefined) await pause;
  try {
    const { inode } = context.files.lstat(path);
    if (inode.kind !== 'directory') {
      context.files.unlink(path);
    } else if (!removal.recursive) {
      await context.complain(`'${path}' is a directory`);
      return false;
    } else if (!(await removeBelow(context, path, removal))) {
      return false;
    } else {
      context.files.removeDirectory(path);
    }
    if (removal.verbose) await context.out.write(`removed '${path}'\n`);
    return true;
  } catch (error) {
    const missing = errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR';
    if (missing && removal.force) return true;
    await context.report(`can't remove '${path}'`, error);
    return false;
  }
}

async function removeBelow(context: AppletContext, path: string, removal: Removal): Promise<boolean> {
  let complete = true;
  for (const { name } of context.files.list(path)) {
    if (!(await removeAny(context, `${path.replace(/\/+$/, '')}/${name}`, removal))) complete = false;
  }
  return complete;
}
