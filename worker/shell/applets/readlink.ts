/** readlink */
import { baseName, parentPath, resolvePath } from '../../base/path.ts';
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

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
        const target = readOne(context, path, options);
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

function readOne(context: AppletContext, path: string, options: Options): string {
  if (options.has('e')) return context.files.stat(path).path;
  if (!options.has('f') && !options.has('m')) return context.files.readLink(path);
  return canonicalPath(context, path, options.has('m'));
}

/**
 * The path without links; of the last segment alone may be missing what it names. (busybox follows a link that leads
 * nowhere, but wants a plain name to be there.) With `missing` what lies above it may be missing too.
 */
export function canonicalPath(context: AppletContext, path: string, missing = false): string {
  if (context.flavour === 'busybox') context.files.lstat(path);
  try {
    return context.files.realPath(path);
  } catch (error) {
    if (!missing || errnoOf(error) === undefined) throw error;
    const absolute = resolvePath(path, context.process.cwd);
    const above = canonicalPath(context, parentPath(absolute), true);
    return resolvePath(baseName(absolute), resolvePath(above));
  }
}
