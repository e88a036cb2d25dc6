/** realpath */
import { resolvePath } from '../../base/path.ts';
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';
import { canonicalPath } from './readlink.ts';
import { relativePath } from './relative-path.ts';

export const realpath: Applet = {
  names: ['realpath'],
  summary: 'Print absolute pathnames of FILEs',
  usage: 'FILE...',
  async run(context) {
    const gnu = context.flavour === 'gnu';
    const options = parseOptions(
      context.args,
      gnu ? 'eLmPqsz' : '',
      gnu
        ? {
            'canonicalize-existing': 'e',
            'canonicalize-missing': 'm',
            quiet: 'q',
            strip: 's',
            'no-symlinks': 's',
            zero: 'z',
            logical: 'L',
            physical: 'P',
            'relative-to': 'relative:',
            'relative-base': 'base:',
          }
        : {},
    );
    if (options.operands.length === 0) throw new UsageError('');
    let status = 0;
    for (const path of options.operands) {
      try {
        const real = options.has('s')
          ? resolvePath(path, context.process.cwd)
          : options.has('e')
            ? context.files.stat(path).path
            : canonicalPath(context, path, options.has('m'));
        const from = options.value('relative');
        const shown = from === undefined ? real : relativePath(canonicalPath(context, from, true), real);
        await context.out.write(shown + (options.has('z') ? '\0' : '\n'));
      } catch (error) {
        status = options.has('q') ? 1 : await context.report(path, error);
      }
    }
    return status;
  },
};
