/** mv */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { backupName, complainOfTarget, Copier, lastSegment, missingOperand, withoutSlash } from './copying.ts';
import { parseOptions, type Options } from './options.ts';
import { canonicalPath } from './readlink.ts';
import { removeTree } from './removal.ts';

const LONG = {
  force: 'f',
  interactive: 'i',
  'no-clobber': 'n',
  'target-directory': 't',
  'no-target-directory': 'T',
  update: 'u',
  verbose: 'v',
  backup: 'backup::',
  suffix: 'S:',
  'strip-trailing-slashes': 'strip',
};

export const mv: Applet = {
  names: ['mv'],
  summary: 'Rename SOURCE to DEST, or move SOURCEs to DIRECTORY',
  usage: '[-finT] SOURCE DEST',
  async run(context) {
    const options = parseOptions(context.args, context.flavour === 'gnu' ? 'bfinS:t:TuvZ' : 'fint:Tuv', LONG);
    const directory = options.value('t');
    const sources = directory === undefined ? options.operands.slice(0, -1) : options.operands;
    const target = directory ?? options.operands.at(-1);
    if (target === undefined || sources.length === 0) throw missingOperand(options.operands);
    const isDirectory = context.files.find(target)?.inode.kind === 'directory';
    if (!isDirectory && (sources.length > 1 || directory !== undefined)) {
      if (context.flavour === 'gnu') return complainOfTarget(context, target, directory !== undefined);
      if (sources.length > 1) return context.complain(`target '${target}' is not a directory`);
    }
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
  const from = files.find(source, false);
  if (context.flavour === 'gnu' && from !== undefined) {
    const problem = selfMove(from.path, to?.path ?? canonicalPath(context, target, true), source, target);
    if (problem !== undefined) {
      await context.complain(problem);
      return false;
    }
  }
  const backup = context.flavour === 'gnu' ? backupName(context, options, target) : undefined;
  try {
    if (backup !== undefined) files.rename(target, backup);
    files.rename(source, target);
  } catch (error) {
    if (errnoOf(error) !== 'EXDEV') {
      await context.report(renameProblem(context, source, target), error);
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
  if (options.has('v'))
    await context.out.write(
      `${context.word('', 'renamed ')}'${source}' -> '${target}'${backup === undefined ? '' : ` (backup: '${backup}')`}\n`,
    );
  return true;
}

/** Why GNU's mv does not even try: a file onto itself, a directory below itself. */
function selfMove(from: string, to: string, source: string, target: string): string | undefined {
  if (from === to) return `'${source}' and '${target}' are the same file`;
  return to.startsWith(`${from}/`) ? `cannot move '${source}' to a subdirectory of itself, '${target}'` : undefined;
}

/** What could not be done: GNU's mv looks at its source first. */
function renameProblem(context: AppletContext, source: string, target: string): string {
  if (context.flavour === 'busybox') return `can't rename '${source}'`;
  return context.files.find(source, false) === undefined
    ? `cannot stat '${source}'`
    : `cannot move '${source}' to '${target}'`;
}
