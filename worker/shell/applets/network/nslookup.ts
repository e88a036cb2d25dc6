/** nslookup, for names of this engine's containers: what Docker's own name server at 127.0.0.11 answers, as BusyBox prints it. */
import type { Applet } from '../applet.ts';
import { UsageError } from '../options.ts';
import { refuseOutside } from './outside.ts';

const NO_ANSWER = 1;
const NAME_SERVER = 'Server:\t\t127.0.0.11\nAddress:\t127.0.0.11:53\n\n';

export const nslookup: Applet = {
  names: ['nslookup'],
  summary: 'Query the name server about HOST',
  usage: '[-type=QUERY_TYPE] HOST',
  usageStatus: NO_ANSWER,
  async run(context) {
    const name = context.args.find((word) => !word.startsWith('-'));
    if (name === undefined) throw new UsageError('');
    const host = await context.process.waitFor(context.process.kernel.resolver(name));
    if (host === undefined && name.includes('.')) return refuseOutside(context, name);
    await context.out.write(NAME_SERVER);
    if (host === undefined) {
      await context.out.write(`** server can't find ${name}: NXDOMAIN\n\n`);
      return NO_ANSWER;
    }
    const answer = `Non-authoritative answer:\nName:\t${name}\nAddress: ${host.address}\n\n`;
    const ofBothFamilies = !context.args.some((word) => /^-(?:query)?type=/i.test(word));
    await context.out.write(ofBothFamilies ? `${answer}Non-authoritative answer:\n\n` : answer);
    return 0;
  },
};
