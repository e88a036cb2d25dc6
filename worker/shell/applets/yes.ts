/** yes */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

/** Bytes gathered before they are written. */
const BLOCK_BYTES = 8192;

export const yes: Applet = {
  names: ['yes'],
  summary: 'Repeatedly print a line with all specified args, or "y"',
  usage: '[STRING]...',
  async run(context) {
    const [first] = context.args;
    if (context.flavour === 'gnu' && first?.startsWith('-') === true && first.length > 1)
      parseOptions(context.args, '+');
    const line = `${context.args.length === 0 ? 'y' : context.args.join(' ')}\n`;
    const block = line.repeat(Math.max(1, Math.floor(BLOCK_BYTES / line.length)));
    for (;;) {
      const pause = context.checkpoint();
      if (pause !== undefined) await pause;
      await context.out.write(block);
    }
  },
};
