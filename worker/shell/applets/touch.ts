/** touch */
import type { Applet } from './applet.ts';
import { parseDate } from './dates.ts';
import { parseGnuDate } from './relative-dates.ts';
import { parseOptions, UsageError } from './options.ts';

export const touch: Applet = {
  names: ['touch'],
  summary: 'Update mtime of FILEs',
  usage: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'chamfd:t:r:', {
      date: 'd',
      reference: 'r',
      'no-create': 'c',
      'no-dereference': 'h',
    });
    if (options.operands.length === 0) throw new UsageError('', undefined, 'missing file operand');
    const reference = options.value('r');
    const date = options.value('t') ?? options.value('d');
    let mtimeMs: number | 'now' = 'now';
    if (reference !== undefined) {
      try {
        mtimeMs = context.files.stat(reference).inode.mtimeMs;
      } catch (error) {
        return context.report(context.word(reference, `failed to get attributes of '${reference}'`), error);
      }
    } else if (date !== undefined) {
      const parsed =
        context.flavour === 'gnu' && !options.has('t')
          ? parseGnuDate(date, context.process.kernel.clock.nowMs())
          : parseDate(date, context.process.kernel.clock.nowMs(), options.has('t') ? 'compact' : 'any');
      if (parsed === undefined)
        return context.complain(`invalid date${context.word('', ' format')} ${context.quote(date)}`);
      mtimeMs = parsed;
    }
    let status = 0;
    for (const path of options.operands) {
      try {
        if (context.files.find(path, !options.has('h')) === undefined) {
          if (options.has('c')) continue;
          (await context.files.open(path, { write: true, create: true })).release();
          if (mtimeMs === 'now') continue;
        }
        context.files.changeTime(path, mtimeMs, !options.has('h'));
      } catch (error) {
        status = await context.report(context.word(path, `cannot touch '${path}'`), error);
      }
    }
    return status;
  },
};
