/** pwd as a program: the logical directory where PWD tells it truly, else the real one. */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

export const pwd: Applet = {
  names: ['pwd'],
  summary: 'Print the full filename of the current working directory',
  usage: '[-LP]',
  async run(context) {
    const options = parseOptions(context.args, 'LP');
    const logical = context.env.get('PWD');
    const last = options.given.at(-1)?.option;
    const honest = logical?.startsWith('/') === true && context.files.find(logical)?.path === context.process.cwd;
    await context.out.write(`${honest && last !== 'P' ? logical : context.process.cwd}\n`);
    return 0;
  },
};
