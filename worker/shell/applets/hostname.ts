/** hostname */
import { utf8Text } from '../../base/bytes.ts';
import { readBody } from '../../vfs/body.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions } from './options.ts';

export const hostname: Applet = {
  names: ['hostname'],
  summary: 'Show or set hostname or DNS domain name',
  usage: '[-sidf] [HOSTNAME | -F FILE]',
  async run(context) {
    const options = parseOptions(context.args, 'sidfF:', { fqdn: 'f', short: 's', domain: 'd', file: 'F' });
    const name = context.process.kernel.hostname;
    const file = options.value('F');
    if (file !== undefined && context.files.find(file) === undefined)
      return context.complain(`can't open '${file}': No such file or directory`);
    if (file !== undefined || options.operands.length > 0)
      return context.complain('sethostname: Operation not permitted');
    const wantsMore = ['i', 'd', 'f'].some((option) => options.has(option));
    const addresses = wantsMore ? await addressesOf(context, name) : [];
    if (wantsMore && addresses.length === 0) return context.complain(`${name}: Host name lookup failure`);
    if (options.has('i')) {
      await context.out.write(`${addresses.join(' ')}\n`);
      return 0;
    }
    if (options.has('d')) {
      await context.out.write(`${name.includes('.') ? name.replace(/^[^.]*\./, '') : ''}\n`);
      return 0;
    }
    await context.out.write(`${options.has('s') ? name.replace(/\..*/s, '') : name}\n`);
    return 0;
  },
};

/** The addresses that /etc/hosts gives a name; there is no other place to ask. */
async function addressesOf(context: AppletContext, name: string): Promise<readonly string[]> {
  const { inode } = context.files.find('/etc/hosts') ?? {};
  if (inode?.kind !== 'file') return [];
  const lines = utf8Text(await readBody(inode.body)).split('\n');
  return lines.flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return names.includes(name) ? [address] : [];
  });
}
