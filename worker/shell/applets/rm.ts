/** rm */
import type { Applet } from './applet.ts';
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
      if (!(await removeTree(context, operand, removal))) status = 1;
    }
    return status;
  },
};
