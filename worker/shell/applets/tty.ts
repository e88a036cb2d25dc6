/** tty and logname: whose terminal this is. */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

export const tty: Applet = {
  names: ['tty'],
  summary: "Print file name of stdin's terminal",
  usage: '[-s]',
  async run(context) {
    const options = parseOptions(context.args, 's', { silent: 's', quiet: 's' });
    const input = context.process.descriptors.get(0);
    if (!options.has('s')) await context.out.write(`${input.terminal ? input.label : 'not a tty'}\n`);
    return input.terminal ? 0 : 1;
  },
};

export const logname: Applet = {
  names: ['logname'],
  summary: 'Print the name of the current user',
  usage: '',
  async run(context) {
    // Nobody logs in to a container: there is no login record to read.
    return context.complain(context.flavour === 'gnu' ? 'no login name' : 'getlogin: Inappropriate ioctl for device');
  },
};
