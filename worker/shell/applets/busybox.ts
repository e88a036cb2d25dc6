/** busybox itself: runs the applet its first argument names. */
import type { Applet } from './applet.ts';
import { appletNames } from './index.ts';

export const busybox: Applet = {
  names: ['busybox'],
  summary: 'A multi-call binary that combines many common utilities',
  usage: '[FUNCTION [ARGUMENTS]...]',
  async run(context) {
    const [name, ...args] = context.args;
    if (name === undefined || name === '--help') {
      await context.out.write(
        `BusyBox v1.37.0 multi-call binary.\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list\n\nCurrently defined functions:\n\t${appletNames().join(', ')}\n`,
      );
      return 0;
    }
    if (name === '--list') {
      await context.out.write(`${appletNames().join('\n')}\n`);
      return 0;
    }
    const program = await context.programs.find(name);
    if (program === undefined) {
      await context.err.write(`${name}: applet not found\n`);
      return 127;
    }
    context.process.argv = [name, ...args];
    return program(context.process);
  },
};
