/** more, less: as their output is no terminal that can be asked, they print everything, as they do in a pipe */
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { parseOptions } from './options.ts';

export const more: Applet = {
  names: ['more', 'less'],
  summary: 'View FILE (or stdin) one screenful at a time',
  usage: '[FILE]...',
  async run(context) {
    const spec = context.name === 'less' ? 'EFIMmNSRXh~e' : 'cdflpsun:';
    const options = parseOptions(context.args, spec);
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      try {
        const input = await context.open(path);
        for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk())
          await context.out.write(bytes.slice());
        input.close();
      } catch (error) {
        return context.complain(`can't open '${path}': ${errorText(error)}`);
      }
    }
    return 0;
  },
};
