/** dirname */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

export const dirname: Applet = {
  names: ['dirname'],
  summary: 'Strip non-directory suffix from FILENAME',
  usage: 'FILENAME',
  async run(context) {
    const gnu = context.flavour === 'gnu';
    const options = parseOptions(context.args, gnu ? 'z' : '', gnu ? { zero: 'z' } : {});
    if (options.operands.length === 0 || (!gnu && options.operands.length > 1)) throw new UsageError('');
    for (const path of options.operands) await context.out.write(parentOf(path) + (options.has('z') ? '\0' : '\n'));
    return 0;
  },
};

function parentOf(path: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const slash = trimmed.lastIndexOf('/');
  if (slash === -1) return '.';
  return trimmed.slice(0, slash).replace(/(?<=.)\/+$/, '') || '/';
}
