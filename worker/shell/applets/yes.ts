/** yes */
import type { Applet } from './applet.ts';

/** Bytes gathered before they are written. */
const BLOCK_BYTES = 8192;

export const yes: Applet = {
  names: ['yes'],
  summary: 'Repeatedly print a line with all specified args, or "y"',
  usage: '[STRING]...',
  async run(context) {
    const line = `${context.args.length === 0 ? 'y' : context.args.join(' ')}\n`;
    const block = line.repeat(Math.max(1, Math.floor(BLOCK_BYTES / line.length)));
    for (;;) {
      const pause = context.checkpoint();
      if (pause !== undefined) await pause;
      await context.out.write(block);
    }
  },
};
