/** mv */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { Copier, lastSegment, withoutSlash } from './copying.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { removeTree } from './removal.ts';

const LONG = {
  force: 'f',
  interactive: 'i',
  'no-clobber': 'n',
  'target-directory': 't',
  'no-target-directory': 'T',
  update: 'u',
  verbose: 'v',
};

export const mv: Applet = {
  names: ['mv'],
  summary: 'Rename SOURCE to DEST, or move SOURCEs to DIRECTORY',
  usage: '[-finT] SOURCE DEST',
  async run(context) {
    const options = parseOptions(context.args, 'fint:Tuv', LONG);
    const directory = options.value('t');
    const sources = directory === undefined ? options.operands.slice(0, -1) : options.operands;
    const target = directory ?? options.operands.at(-1);
    if (target === undefined || sources.length === 0) throw new UsageError('');
    const isDirectory = context.files.find(target)?.inode.kind === 'directory';
    if (sources.length > 1 && !isDirectory) return context.complain(`target '${target}' is not a directory`);
    let status = 0;
    for (const source of sources) {
      const to = isDirectory && !options.has('T') ? `${withoutSlash(target)}/${lastSegment(source)}` : target;
      if (!(await move(context, source, to, options))) status = 1;
    }
    return status;
  },
};

async function move(context: AppletContext, source: string, target: string, options: Options): Promise<boolean> {
  const { files } = context;
  const to = files.find(target, false);
  if (to !== undefined && options.has('n')) return true;
  if (to !== undefined && options.has('u') && to.inode.mtimeMs >= (files.find(source, false)?.inode.mtimeMs ?? 0))
    return true;
  try {
    files.rename(source, target);
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV') {
      await context.report(`can't rename '${source}'`, error);
      return false;
    }
    // Another mount: copy, then remove.
    const copier = new Copier(context, {
      recursive: true,
      preserve: true,
      follow: 'none',
      force: true,
      noClobber: false,
      update: false,
      link: undefined,
      verbose: false,
    });
    if (!(await copier.copy(source, target))) return false;
    return removeTree(context, source, { recursive: true, force: false, verbose: false });
  }
  if (options.has('v')) await context.out.write(`'${source}' -> '${target}'\n`);
  return true;
}
