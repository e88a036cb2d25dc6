/** `strip`: the binaries here have no symbols to take out; it looks at its operands as the real one does, and leaves them as they are. */
import type { Applet } from '../../applets/applet.ts';
import { errorText } from '../../applets/context.ts';
import { parseOptions, UsageError } from '../../applets/options.ts';
import { readBody } from '../../../vfs/body.ts';

const ELF_MAGIC = [0x7f, 0x45, 0x4c, 0x46];
const LONG = {
  'strip-all': 's', 'strip-debug': 'g', 'strip-unneeded': 'u', 'keep-symbol': 'K', 'remove-section': 'R', 'preserve-dates': 'p',
  'discard-all': 'x', 'enable-deterministic-archives': 'D', verbose: 'v',
}; // prettier-ignore

export const strip: Applet = {
  names: ['strip', 'x86_64-linux-gnu-strip'],
  summary: 'Remove unneeded sections from files (simulated: the binaries here have none)',
  usage: '[-sgxp] FILE...',
  simulated: 'the binaries here hold no symbols, so that nothing is taken out of them',
  async run(context) {
    const options = parseOptions(context.args, 'sgSduxXpDUvK:N:R:o:', LONG);
    if (options.operands.length === 0) throw new UsageError('');
    let status = 0;
    for (const path of options.operands) {
      try {
        const { inode } = context.files.stat(path);
        const start = inode.kind === 'file' ? await readBody(inode.body, 0, ELF_MAGIC.length) : new Uint8Array();
        const isBinary = ELF_MAGIC.every((byte, at) => start[at] === byte) || start.every((byte) => byte === 0);
        if (inode.kind !== 'file') status = await context.complain(`'${path}' is not an ordinary file`);
        else if (!isBinary) status = await context.complain(`${path}: file format not recognized`);
        else if (options.value('o') !== undefined) context.files.writeBody(options.value('o') ?? '', inode.body, 0o777);
      } catch (error) {
        status = await context.complain(`'${path}': ${errorText(error)}`);
      }
    }
    return status;
  },
};
