/** truncate */
import type { Applet } from './applet.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, UsageError } from './options.ts';

export const truncate: Applet = {
  names: ['truncate'],
  summary: 'Truncate FILEs to SIZE',
  usage: '[-c] -s SIZE FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'cs:', { 'no-create': 'c', size: 's', reference: 'reference:' });
    const size = options.value('s');
    if (size === undefined && options.value('reference') === undefined)
      throw new UsageError(
        '',
        undefined,
        `you must specify either ${context.quote('--size')} or ${context.quote('--reference')}`,
      );
    if (size === undefined || options.operands.length === 0)
      throw new UsageError('', undefined, 'missing file operand');
    const gnu = context.flavour === 'gnu';
    const [, sign = '', count = ''] = /^([-+]?)(.*)$/s.exec(size) ?? [];
    const bytes = sign !== '' && !gnu ? undefined : parseCount(count);
    if (bytes === undefined)
      return context.complain(gnu ? `Invalid number: ${context.quote(size)}` : `invalid number '${size}'`);
    let status = 0;
    for (const path of options.operands) {
      try {
        const known = context.files.find(path);
        if (known === undefined) {
          if (options.has('c')) continue;
          (await context.files.open(path, { write: true, create: true })).release();
        }
        const from = sign === '' ? 0 : (known?.sizeBytes ?? 0);
        await context.files.truncate(path, Math.max(0, from + (sign === '-' ? -bytes : bytes)));
      } catch (error) {
        status = await context.report(gnu ? `cannot open '${path}' for writing` : `${path}: open`, error);
      }
    }
    return status;
  },
};
