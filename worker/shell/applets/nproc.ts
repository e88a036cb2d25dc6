/** nproc */
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

/** All programs of a container share one thread. */
const PROCESSORS = 1;

export const nproc: Applet = {
  names: ['nproc'],
  summary: 'Print number of available CPUs',
  usage: '[--all] [--ignore=N]',
  async run(context) {
    const options = parseOptions(context.args, '', { all: 'all', ignore: 'ignore:' });
    const ignored = options.value('ignore') ?? '0';
    if (!/^\d+$/.test(ignored)) return context.complain(`invalid number '${ignored}'`);
    await context.out.write(`${Math.max(1, PROCESSORS - Number(ignored))}\n`);
    return 0;
  },
};
