/** sync */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

export const sync: Applet = {
  names: ['sync'],
  summary: 'Write all buffered blocks (in FILEs) to disk',
  usage: '[-df] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'df', { data: 'd', 'file-system': 'f' });
    if (options.has('d') && options.has('f')) throw new UsageError('');
    // Every write is in the file system when it returns: only the files named are looked at.
    let status = 0;
    for (const path of options.operands) {
      try {
        context.files.stat(path);
      } catch (error) {
        status = await context.report(context.word(`can't open '${path}'`, `error opening '${path}'`), error);
      }
    }
    return status;
  },
};
