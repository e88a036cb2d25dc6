/** readlink */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

const LONG = {
  canonicalize: 'f',
  'canonicalize-existing': 'e',
  'canonicalize-missing': 'm',
  'no-newline': 'n',
  verbose: 'v',
  quiet: 'q',
  silent: 'q',
};

export const readlink: Applet = {
  names: ['readlink'],
  summary: 'Display the value of a symlink',
  usage: '[-fnv] FILE',
  async run(context) {
    const gnu = context.flavour === 'gnu';
    const options = parseOptions(context.args, gnu ? 'femnvqsz' : 'fnvsq', gnu ? LONG : {});
    const many = options.operands.length > 1;
    if (options.operands.length === 0 || (many && !gnu)) throw new UsageError('');
    let status = 0;
    for (const path of options.operands) {
      try {
        const target = readOne(context, path, options.has('f') || options.has('m'), options.has('e'));
        await context.out.write(target + (options.has('n') && !many ? '' : options.has('z') ? '\0' : '\n'));
      } catch (error) {
        status = 1;
        if (errnoOf(error) === undefined) throw error;
        if (!options.has('v') || (options.has('f') && !gnu)) continue;
        const text = errnoOf(error) === 'EINVAL' && !gnu ? 'not a symlink' : errorText(error);
        await context.complain(gnu ? `${path}: ${text}` : `${path}: cannot read link: ${text}`);
      }
    }
    return status;
  },
};

function readOne(context: AppletContext, path: string, canonical: boolean, existing: boolean): string {
  if (existing) return context.files.stat(path).path;
  if (!canonical) return context.files.readLink(path);
  return canonicalPath(context, path);
}

/**
 * The path without links; of the last segment alone may be missing what it names. (busybox follows a link that leads
 * nowhere, but wants a plain name to be there.)
 */
export function canonicalPath(context: AppletContext, path: string): string {
  if (context.flavour === 'busybox') context.files.lstat(path);
  return context.files.realPath(path);
}
