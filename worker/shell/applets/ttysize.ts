/** ttysize */
import type { Applet } from './applet.ts';

/** What a terminal that does not tell is taken for. */
const DEFAULT_SIZE: Readonly<Record<string, number>> = { w: 80, h: 24 };

export const ttysize: Applet = {
  names: ['ttysize'],
  summary: 'Print dimensions of stdin tty, or 80x24',
  usage: '[w] [h]',
  async run(context) {
    const letters = context.args.length === 0 ? ['w', 'h'] : context.args;
    const sizes = letters.map((letter) => DEFAULT_SIZE[letter[0] ?? '']).filter((size) => size !== undefined);
    await context.out.write(`${sizes.join(' ')}\n`);
    return 0;
  },
};
