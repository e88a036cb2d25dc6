/** printenv */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

export const printenv: Applet = {
  names: ['printenv'],
  summary: 'Print environment VARIABLEs. If no VARIABLE specified, print all.',
  usage: '[VARIABLE]...',
  async run(context) {
    const { operands } = parseOptions(context.args, '');
    if (operands.length === 0) {
      for (const [name, value] of context.env) await context.out.write(`${name}=${value}\n`);
      return 0;
    }
    let status = 0;
    for (const name of operands) {
      const value = context.env.get(name);
      if (value === undefined) status = 1;
      else await context.out.write(`${value}\n`);
    }
    return status;
  },
};
