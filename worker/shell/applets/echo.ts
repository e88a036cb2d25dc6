/** echo as a program. */
import type { Applet } from './applet.ts';
import { echoText } from './echo-text.ts';

export const echo: Applet = {
  names: ['echo'],
  summary: 'Print ARGs to stdout',
  usage: '[-neE] [ARG]...',
  async run(context) {
    await context.out.write(echoText(context.args, context.flavour === 'gnu' ? 'gnu' : 'busybox'));
    return 0;
  },
};
