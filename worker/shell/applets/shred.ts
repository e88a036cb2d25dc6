/** shred: overwrites files. In layers what was written before stays below, as it does in a real one. */
import { bodyOf } from '../../vfs/body.ts';
import type { Applet } from './applet.ts';
import { parseOptions } from './options.ts';

export const shred: Applet = {
  names: ['shred'],
  summary: 'Overwrite/delete FILEs',
  usage: '[-fuz] [-n N] [-s SIZE] FILE...',
  async run(context) {
    const options = parseOptions(context.args, 'fuzvxn:s:', {
      force: 'f', remove: 'u', zero: 'z', iterations: 'n', size: 's', verbose: 'v', exact: 'x',
    }); // prettier-ignore
    let status = 0;
    for (const path of options.operands) {
      try {
        const { sizeBytes } = context.files.stat(path);
        context.process.kernel.useMemory(sizeBytes);
        const bytes = options.has('z')
          ? new Uint8Array(sizeBytes)
          : context.process.kernel.random.bytes(sizeBytes).slice();
        context.files.writeBody(path, bodyOf(bytes));
        if (options.has('u')) context.files.unlink(path);
      } catch (error) {
        status = await context.report(context.word(path, `${path}: failed to open for writing`), error);
      }
    }
    return status;
  },
};
