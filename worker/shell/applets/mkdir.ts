/** mkdir */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseMode } from './modes.ts';
import { parseOptions, UsageError } from './options.ts';

export const mkdir: Applet = {
  names: ['mkdir'],
  summary: 'Create DIRECTORY',
  usage: '[-m MODE] [-p] DIRECTORY...',
  async run(context) {
    const options = parseOptions(context.args, 'm:pvZ', { mode: 'm', parents: 'p', verbose: 'v' });
    if (options.operands.length === 0) throw new UsageError('');
    const text = options.value('m');
    const mode = text === undefined ? undefined : parseMode(text, 0o777, true, context.process.umask);
    if (text !== undefined && mode === undefined) return context.complain(`invalid mode '${text}'`);
    let status = 0;
    for (const path of options.operands) {
      try {
        if (options.has('p')) makeParents(context, path);
        makeOne(context, path, mode, options.has('p'));
        if (options.has('v')) await context.out.write(`created directory: '${path}'\n`);
      } catch (error) {
        status = await context.report(`can't create directory '${path}'`, error);
      }
    }
    return status;
  },
};

/** Makes what is missing above `path`; new parents can be written and searched by their owner whatever the umask says. */
function makeParents(context: AppletContext, path: string): void {
  const segments = path.split('/');
  for (let count = 1; count < segments.length; count++) {
    const parent = segments.slice(0, count).join('/');
    if (parent === '' || segments.slice(count).every((segment) => segment === '')) continue;
    if (context.files.find(parent)?.inode.kind === 'directory') continue;
    const { umask } = context.process;
    context.process.umask = umask & ~0o300;
    try {
      context.files.makeDirectory(parent);
    } finally {
      context.process.umask = umask;
    }
  }
}

function makeOne(context: AppletContext, path: string, mode: number | undefined, existingIsFine: boolean): void {
  try {
    context.files.makeDirectory(path, mode ?? 0o777);
  } catch (error) {
    const exists = errnoOf(error) === 'EEXIST' && existingIsFine;
    if (!exists || context.files.find(path)?.inode.kind !== 'directory') throw error;
    return;
  }
  if (mode !== undefined) context.files.changeMode(path, mode);
}
