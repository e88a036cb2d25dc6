/** ln */
import { errnoOf, systemError } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { complainOfTarget, lastSegment, withoutSlash } from './copying.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

const LONG = {
  symbolic: 's',
  force: 'f',
  'no-dereference': 'n',
  'no-target-directory': 'T',
  'target-directory': 't',
  verbose: 'v',
  relative: 'r',
};

export const ln: Applet = {
  names: ['ln'],
  summary: 'Create a link LINK or DIR/TARGET to the specified TARGET(s)',
  usage: '[-sfnbtv] [-S SUF] TARGET... LINK|DIR',
  async run(context) {
    const options = parseOptions(context.args, 'sfnbS:vTt:rL', LONG);
    const directory = options.value('t');
    const [first] = options.operands;
    if (first === undefined) throw new UsageError('', undefined, 'missing file operand');
    const alone = directory === undefined && options.operands.length === 1;
    const targets = directory !== undefined || alone ? options.operands : options.operands.slice(0, -1);
    const place = directory ?? (alone ? lastSegment(first) : (options.operands.at(-1) ?? ''));
    const several = targets.length > 1 || directory !== undefined;
    if (context.flavour === 'gnu' && several && context.files.find(place)?.inode.kind !== 'directory')
      return complainOfTarget(context, place, directory !== undefined);
    let status = 0;
    for (const target of targets) {
      const into =
        !alone && context.files.find(place, !options.has('n'))?.inode.kind === 'directory' && !options.has('T');
      const path = into ? `${withoutSlash(place)}/${lastSegment(target)}` : place;
      if (!(await makeLink(context, target, path, options))) status = 1;
    }
    return status;
  },
};

async function makeLink(context: AppletContext, target: string, path: string, options: Options): Promise<boolean> {
  const { files } = context;
  const symbolic = options.has('s');
  if (!symbolic && context.flavour === 'gnu' && files.find(target, false)?.inode.kind === 'directory') {
    await context.complain(`${target}: hard link not allowed for directory`);
    return false;
  }
  try {
    if (!symbolic && files.find(target, false) === undefined) throw systemError('ENOENT', target);
  } catch (error) {
    await context.report(context.word(target, `failed to access '${target}'`), error);
    return false;
  }
  try {
    const existing = options.has('f') || options.has('b') ? files.find(path, false) : undefined;
    const source = symbolic ? undefined : files.stat(target, false);
    if (
      existing !== undefined &&
      source !== undefined &&
      existing.ino === source.ino &&
      existing.device === source.device
    )
      return true;
    if (existing !== undefined && options.has('b')) files.rename(path, path + (options.value('S') ?? '~'));
    else if (existing !== undefined) files.unlink(path);
    if (symbolic) files.makeSymlink(options.has('r') ? relativeTarget(context, target, path) : target, path);
    else files.makeLink(target, path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    const what = symbolic ? 'symbolic link' : 'hard link';
    const into = symbolic || errnoOf(error) === 'EEXIST' ? `'${path}'` : `'${path}' => '${target}'`;
    await context.report(context.word(path, `failed to create ${what} ${into}`), error);
    return false;
  }
  if (options.has('v'))
    await context.out.write(`'${path}' ${context.word('->', symbolic ? '->' : '=>')} '${target}'\n`);
  return true;
}

/** The target as seen from the directory the link lies in. */
function relativeTarget(context: AppletContext, target: string, path: string): string {
  const to = context.files.realPath(target).split('/').slice(1);
  const from = context.files.realPath(path).split('/').slice(1, -1);
  let common = 0;
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/');
}
