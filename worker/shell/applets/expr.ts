/** expr */
import type { Applet } from './applet.ts';
import { UsageError } from './options.ts';
import { evaluateExpression, ExprError } from './expr-evaluation.ts';

/** Status of an expression that makes no sense; 1 means that its value is null or zero. */
const INVALID = 2;

export const expr: Applet = {
  names: ['expr'],
  summary: 'Print the value of EXPRESSION',
  usage: 'EXPRESSION',
  usageStatus: INVALID,
  async run(context) {
    const words = context.args[0] === '--' ? context.args.slice(1) : context.args;
    if (words.length === 0) {
      if (context.flavour === 'gnu') throw new UsageError('');
      await context.complain('too few arguments');
      return INVALID;
    }
    try {
      const value = String(await evaluateExpression(words, context.process));
      await context.out.write(`${value}\n`);
      return value === '' || value === '0' ? 1 : 0;
    } catch (error) {
      if (!(error instanceof ExprError)) throw error;
      await context.complain(
        context.word(
          error.message,
          error.gnuMessage((word) => context.quote(word)),
        ),
      );
      return INVALID;
    }
  },
};
