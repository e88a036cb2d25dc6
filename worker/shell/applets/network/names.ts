/** nslookup, dig, host and ping: a page may neither ask name servers nor send packets, and says so. */
import type { Applet } from '../applet.ts';

const NO_ANSWER = 1;
const DIG_NO_ANSWER = 9;

export const nameLookup: Applet = {
  names: ['nslookup', 'dig', 'host', 'ping', 'ping6', 'nc', 'telnet', 'traceroute'],
  summary: 'Refused: a page cannot reach the network but by HTTP',
  usage: 'HOST',
  usageStatus: NO_ANSWER,
  async run(context) {
    const host = context.args.find((word) => !/^[-+@]/.test(word)) ?? '';
    const subject = host === '' ? '' : `${host}: `;
    await context.complain(`${subject}a page in a browser has no sockets; only HTTP by wget, curl and ADD leads out`);
    return context.name === 'dig' ? DIG_NO_ANSWER : NO_ANSWER;
  },
};
