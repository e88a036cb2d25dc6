/** tac */
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseOptions } from './options.ts';

export const tac: Applet = {
  names: ['tac'],
  summary: 'Concatenate FILEs and print them in reverse',
  usage: '[FILE]...',
  async run(context) {
    const options = parseOptions(context.args, '');
    return eachInput(
      context,
      options.operands,
      async (input) => {
        // a last line without a newline stays without one
        const lines = (await input.text()).split(/(?<=\n)/);
        for (let index = lines.length - 1; index >= 0; index--) {
          const pause = context.out.write(lines[index] ?? '');
          if (pause !== undefined) await pause;
        }
      },
      (path, error) => context.report(context.word(path, `failed to open '${path}' for reading`), error),
    );
  },
};
