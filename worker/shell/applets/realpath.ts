/** realpath */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';
import { canonicalPath } from './readlink.ts';

export const realpath: Applet = {
  names: ['realpath'],
  summary: 'Print absolute pathnames of FILEs',
  usage: 'FILE...',
  async run(context) {
    const gnu = context.flavour === 'gnu';
    const options = parseOptions(
      context.args,
      gnu ? 'eqz' : '',
      gnu ? { 'canonicalize-existing': 'e', quiet: 'q' } : {},
    );
    if (options.operands.length === 0) throw new UsageError('');
    let status = 0;
    for (const path of options.operands) {
      try {
        const real = options.has('e') ? context.files.stat(path).path : canonicalPath(context, path);
        await context.out.write(real + (options.has('z') ? '\0' : '\n'));
      } catch (error) {
        status = options.has('q') ? 1 : await context.report(path, error);
      }
    }
    return status;
  },
};
