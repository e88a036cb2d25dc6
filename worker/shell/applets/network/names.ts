/** dig, host, nc and the like: a page may neither ask name servers nor open sockets, and says so. */
import type { Applet } from '../applet.ts';
import { refuseOutside } from './outside.ts';

const NO_ANSWER = 1;
const DIG_NO_ANSWER = 9;

export const nameLookup: Applet = {
  names: ['dig', 'host', 'nc', 'telnet', 'traceroute'],
  summary: 'Refused: a page cannot reach the network but by HTTP',
  usage: 'HOST',
  usageStatus: NO_ANSWER,
  async run(context) {
    const status = await refuseOutside(context, context.args.find((word) => !/^[-+@]/.test(word)) ?? '');
    return context.name === 'dig' ? DIG_NO_ANSWER : status;
  },
};
