/** which */
import { checkExecutable } from '../kernel/exec.ts';
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

const DEFAULT_PATH = '/sbin:/usr/sbin:/bin:/usr/bin';

export const which: Applet = {
  names: ['which'],
  summary: 'Locate COMMAND',
  usage: '[-a] COMMAND...',
  async run(context) {
    const options = parseOptions(context.args, 'a');
    if (options.operands.length === 0) throw new UsageError('');
    const directories = (context.env.get('PATH') ?? DEFAULT_PATH).split(':');
    let status = 0;
    for (const name of options.operands) {
      const candidates = name.includes('/')
        ? [name]
        : directories.map((directory) => `${directory === '' ? '.' : directory}/${name}`);
      const found = candidates.filter((path) => 'path' in checkExecutable(context.process, path));
      if (found.length === 0) status = 1;
      for (const path of options.has('a') ? found : found.slice(0, 1)) await context.out.write(`${path}\n`);
    }
    return status;
  },
};
