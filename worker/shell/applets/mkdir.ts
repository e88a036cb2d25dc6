/** mkdir */
import { errnoOf, systemError } from '../kernel/errno.ts';
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
    if (text !== undefined && mode === undefined) return context.complain(`invalid mode ${context.quote(text)}`);
    let status = 0;
    for (const path of options.operands) {
      try {
        const made = options.has('p') ? makeParents(context, path) : [];
        if (makeOne(context, path, mode, options.has('p'))) made.push(path);
        if (options.has('v')) await tell(context, path, made);
      } catch (error) {
        status = await fail(context, path, options.has('p'), error);
      }
    }
    return status;
  },
};

/**
 * Makes what is missing above `path`, and gives what it made; new parents can be written and searched by their owner whatever the
 * umask says.
 */
function makeParents(context: AppletContext, path: string): string[] {
  const made: string[] = [];
  const segments = path.split('/');
  for (let count = 1; count < segments.length; count++) {
    const parent = segments.slice(0, count).join('/');
    if (parent === '' || segments.slice(count).every((segment) => segment === '')) continue;
    if (context.files.find(parent)?.inode.kind === 'directory') continue;
    const { umask } = context.process;
    context.process.umask = umask & ~0o300;
    try {
      context.files.makeDirectory(parent);
      made.push(parent);
    } finally {
      context.process.umask = umask;
    }
  }
  return made;
}

/** False where it was there already, and that is fine. */
function makeOne(context: AppletContext, path: string, mode: number | undefined, existingIsFine: boolean): boolean {
  try {
    context.files.makeDirectory(path, mode ?? 0o777);
  } catch (error) {
    const exists = errnoOf(error) === 'EEXIST' && existingIsFine;
    if (!exists || context.files.find(path)?.inode.kind !== 'directory') throw error;
    return false;
  }
  if (mode !== undefined) context.files.changeMode(path, mode);
  return true;
}

async function tell(context: AppletContext, path: string, made: readonly string[]): Promise<void> {
  if (context.flavour === 'busybox') await context.out.write(`created directory: '${path}'\n`);
  else for (const one of made) await context.out.write(`${context.name}: created directory '${one}'\n`);
}

/** GNU's mkdir names the parent that is in the way, and says what that is not. */
async function fail(context: AppletContext, path: string, parents: boolean, error: unknown): Promise<number> {
  if (context.flavour === 'busybox') return context.report(`can't create directory '${path}'`, error);
  const above = path
    .split('/')
    .map((_, index, segments) => segments.slice(0, index + 1).join('/'))
    .slice(0, -1);
  const obstacle = parents
    ? above.find((parent) => (context.files.find(parent)?.inode.kind ?? 'directory') !== 'directory')
    : undefined;
  return context.report(
    `cannot create directory ${context.quote(obstacle ?? path)}`,
    obstacle === undefined ? error : systemError('ENOTDIR', obstacle),
  );
}
