/** test and [ as programs. */
import type { Applet } from './applet.ts';
import { evaluateTest, TestSyntaxError } from './test-expression.ts';

export const test: Applet = {
  names: ['test', '[', '[['],
  summary: 'Check file types, compare values etc. Return a 0/1 exit code',
  usage: 'EXPRESSION',
  async run(context) {
    const closing = { '[': ']', '[[': ']]' }[context.name];
    if (closing !== undefined && context.args.at(-1) !== closing) {
      await context.complain(`missing ${closing}`);
      return 2;
    }
    const words = closing === undefined ? context.args : context.args.slice(0, -1);
    try {
      return evaluateTest(words, context.process, { missingIsOlder: context.flavour === 'gnu' }) ? 0 : 1;
    } catch (error) {
      if (!(error instanceof TestSyntaxError)) throw error;
      await context.complain(error.kind === 'number' ? `${error.text}: bad number` : `${error.text}: unknown operand`);
      return 2;
    }
  },
};
