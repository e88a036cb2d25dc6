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
    // busybox reverses all of its input as one, and leaves a last line without a newline without one
    const all: string[] = [];
    const status = await eachInput(
      context,
      options.operands,
      async (input) => {
        const lines = (await input.text()).split(/(?<=\n)/);
        for (const line of lines) if (line !== '') all.push(line);
      },
      (path, error) => context.report(context.word(path, `failed to open '${path}' for reading`), error),
    );
    for (let index = all.length - 1; index >= 0; index--) {
      const pause = context.out.write(all[index] ?? '');
      if (pause !== undefined) await pause;
    }
    return status;
  },
};
