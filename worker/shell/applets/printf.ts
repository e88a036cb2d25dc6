/** printf as a program. */
import type { Applet } from './applet.ts';
import { UsageError } from './options.ts';
import { formatPrintf } from './printf-format.ts';

export const printf: Applet = {
  names: ['printf'],
  summary: 'Format and print ARGs according to FORMAT',
  usage: 'FORMAT [ARG]...',
  async run(context) {
    const [format, ...values] = context.args[0] === '--' ? context.args.slice(1) : context.args;
    if (format === undefined) throw new UsageError('');
    const { text, problems } = formatPrintf(format, values, context.flavour === 'gnu' ? 'gnu' : 'busybox');
    for (const { kind, text: shown } of problems) {
      await context.complain(kind !== 'directive' ? `invalid number '${shown}'` : `${shown}: invalid format`);
    }
    await context.out.write(text);
    return problems.length > 0 ? 1 : 0;
  },
};
