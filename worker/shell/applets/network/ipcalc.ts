/** ipcalc: network settings from an address */
import type { Applet } from '../applet.ts';
import { parseOptions, UsageError } from '../options.ts';

const BITS = 32;

export const ipcalc: Applet = {
  names: ['ipcalc'],
  summary: 'Calculate and display network settings from IP address',
  usage: '[-bnmphs] ADDRESS[/PREFIX] [NETMASK]',
  async run(context) {
    const options = parseOptions(context.args, 'bnmphs', {
      broadcast: 'b',
      network: 'n',
      netmask: 'm',
      prefix: 'p',
      hostname: 'h',
      silent: 's',
    });
    const [first = '', second] = options.operands;
    const [address = '', prefix] = first.split('/');
    const ip = numberOf(address);
    if (ip === undefined) throw new UsageError(options.has('s') ? '' : `bad IP address: ${address}`);
    const given = second === undefined ? undefined : numberOf(second);
    const bits = prefix === undefined ? undefined : Number(prefix);
    if (bits !== undefined && !(bits >= 0 && bits <= BITS)) throw new UsageError(`bad IP prefix: ${prefix ?? ''}`);
    const mask = given ?? (bits === undefined ? classMask(ip) : maskOf(bits));
    const lines = [
      ['m', `NETMASK=${textOf(mask)}`],
      ['b', `BROADCAST=${textOf((ip | ~mask) >>> 0)}`],
      ['n', `NETWORK=${textOf((ip & mask) >>> 0)}`],
      ['p', `PREFIX=${mask.toString(2).replaceAll('0', '').length}`],
    ] as const;
    for (const [option, line] of lines) if (options.has(option)) await context.out.write(`${line}\n`);
    return 0;
  },
};

function numberOf(text: string): number | undefined {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((value, part) => value * 256 + part, 0);
}

const textOf = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');

const maskOf = (bits: number): number => (bits === 0 ? 0 : (-1 << (BITS - bits)) >>> 0);

/** The mask of the class an address was in, before there were prefixes. */
function classMask(ip: number): number {
  const first = ip >>> 24;
  return maskOf(first < 128 ? 8 : first < 192 ? 16 : 24);
}
