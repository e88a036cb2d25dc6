/** rmdir */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

export const rmdir: Applet = {
  names: ['rmdir'],
  summary: 'Remove DIRECTORY if it is empty',
  usage: '[-p] DIRECTORY...',
  async run(context) {
    const options = parseOptions(context.args, 'pv', {
      parents: 'p',
      'ignore-fail-on-non-empty': 'ignore',
      verbose: 'v',
    });
    if (options.operands.length === 0) throw new UsageError('');
    let status = 0;
    for (const operand of options.operands) {
      for (let path = operand; ;) {
        try {
          if (options.has('v') && context.flavour === 'gnu')
            await context.out.write(`rmdir: removing directory, '${path}'\n`);
          context.files.removeDirectory(path);
        } catch (error) {
          if (errnoOf(error) === 'ENOTEMPTY' && options.has('ignore')) break;
          status = await context.report(context.word(`'${path}'`, `failed to remove '${path}'`), error);
          break;
        }
        const slash = path.replace(/\/+$/, '').lastIndexOf('/');
        if (!options.has('p') || slash <= 0) break;
        path = path.slice(0, slash);
      }
    }
    return status;
  },
};
