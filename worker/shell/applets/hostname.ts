/** hostname */
import type { Applet } from './applet.ts';
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
    // There is no network to ask for more than the name itself.
    if (['i', 'd', 'f'].some((option) => options.has(option)))
      return context.complain(`${name}: Host name lookup failure`);
    await context.out.write(`${options.has('s') ? name.replace(/\..*/s, '') : name}\n`);
    return 0;
  },
};
