/** mount and umount: the mounts can be looked at; changing them needs a privilege that containers have not. */
import { readBody } from '../../vfs/body.ts';
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

export const mount: Applet = {
  names: ['mount'],
  summary: 'Mount a filesystem. Filesystem autodetection requires /proc be mounted.',
  usage: '[OPTIONS] [-o OPT] DEVICE NODE',
  async run(context) {
    if (context.args.length > 0) return context.complain('permission denied (are you root?)');
    const table = decodeText(await readBody(context.files.body('/proc/mounts')));
    for (const line of table.split('\n')) {
      const [source = '', target, type = '', options = ''] = line.split(' ');
      if (target !== undefined) await context.out.write(`${source} on ${target} type ${type} (${options})\n`);
    }
    return 0;
  },
};

export const umount: Applet = {
  names: ['umount'],
  summary: 'Unmount filesystems',
  usage: '[-rlfda] [-t FSTYPE] FILESYSTEM|DIRECTORY',
  async run(context) {
    const { operands } = parseOptions(context.args, 'rlfdant:');
    if (operands.length === 0) throw new UsageError('');
    for (const target of operands) await context.complain(`can't unmount ${target}: Operation not permitted`);
    return 1;
  },
};
