/** link and unlink */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

export const link: Applet = {
  names: ['link'],
  summary: 'Create hard LINK to FILE',
  usage: 'FILE LINK',
  async run(context) {
    const [existing, path, ...more] = parseOptions(context.args, '').operands;
    if (existing === undefined || path === undefined || more.length > 0)
      throw new UsageError(
        '',
        undefined,
        existing === undefined ? undefined : `missing operand after ${context.quote(existing)}`,
      );
    try {
      context.files.makeLink(existing, path);
      return 0;
    } catch (error) {
      return context.report(
        context.word(
          `can't create hardlink '${path}' to '${existing}'`,
          `cannot create link '${path}' to '${existing}'`,
        ),
        error,
      );
    }
  },
};

export const unlink: Applet = {
  names: ['unlink'],
  summary: 'Delete FILE by calling unlink()',
  usage: 'FILE',
  async run(context) {
    const [path, ...more] = parseOptions(context.args, '').operands;
    if (path === undefined || more.length > 0) throw new UsageError('');
    try {
      context.files.unlink(path);
      return 0;
    } catch (error) {
      return context.report(context.word(`can't remove file '${path}'`, `cannot unlink '${path}'`), error);
    }
  },
};
