/** bc: a calculator with numbers of any length */
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { errorText } from '../context.ts';
import { parseOptions } from '../options.ts';
import { DecimalError } from './decimal.ts';
import { BcMachine, LIBRARY } from './machine.ts';
import { BcParser, BcSyntaxError } from './syntax.ts';

export const bc: Applet = {
  names: ['bc'],
  summary: 'Arbitrary precision calculator',
  usage: '[-sqlw] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'sqlwie:', {
      mathlib: 'l',
      quiet: 'q',
      standard: 's',
      warn: 'w',
      interactive: 'i',
      expression: 'e',
    });
    const machine = new BcMachine(context);
    if (options.has('l')) await runText(context, machine, LIBRARY);
    for (const path of options.operands) {
      try {
        const input = await context.open(path);
        const text = await input.text();
        input.close();
        const status = await runText(context, machine, text);
        if (status !== undefined) return status;
      } catch (error) {
        return context.complain(`can't open '${path}': ${errorText(error)}`);
      }
    }
    return (await runText(context, machine, await context.stdin().text())) ?? 0;
  },
};

/** Runs a text statement by statement; the status when the program is to end. */
async function runText(context: AppletContext, machine: BcMachine, text: string): Promise<number | undefined> {
  const parser = new BcParser(text);
  for (;;) {
    try {
      const statement = parser.next();
      if (statement === undefined) return undefined;
      if (await machine.run(statement)) return 0;
    } catch (error) {
      if (!(error instanceof DecimalError) && !(error instanceof BcSyntaxError)) throw error;
      const status = await context.complain(error.message);
      // busybox ends at a mistake; GNU's goes on with the next line
      if (context.flavour === 'busybox') return status;
      parser.skipLine();
    }
  }
}
