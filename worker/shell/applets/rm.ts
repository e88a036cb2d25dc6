/** rm */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';
import { removeTree } from './removal.ts';

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
      'no-preserve-root': 'noroot',
      'one-file-system': 'one',
    });
    const removal = {
      recursive: options.has('r') || options.has('R'),
      force: options.has('f'),
      emptyDirectories: options.has('d'),
      verbose: options.has('v'),
    };
    if (options.operands.length === 0 && !removal.force) throw new UsageError('');
    let status = 0;
    for (const operand of options.operands) {
      const last = operand.replace(/\/+$/, '').replace(/^.*\//, '');
      if (last === '.' || last === '..') {
        status = await context.complain(
          context.word(`can't remove '.' or '..'`, `refusing to remove '.' or '..' directory: skipping '${operand}'`),
        );
        continue;
      }
      if (context.flavour === 'gnu' && removal.recursive && isRoot(context, operand) && !options.has('noroot')) {
        await context.complain(`it is dangerous to operate recursively on '${operand}'`);
        status = await context.complain('use --no-preserve-root to override this failsafe');
        continue;
      }
      if (!(await removeTree(context, operand, removal))) status = 1;
    }
    return status;
  },
};

/** The root itself, however it is written. */
function isRoot({ files }: AppletContext, path: string): boolean {
  return files.find(path)?.path === '/';
}
