/** uname and arch */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';

const MACHINE = 'x86_64';
const KERNEL_VERSION = '#1 SMP PREEMPT_DYNAMIC';
/** In the order they are printed. */
const PARTS = ['s', 'n', 'r', 'v', 'm', 'p', 'i', 'o'] as const;
const LONG = {
  all: 'a', 'kernel-name': 's', nodename: 'n', 'kernel-release': 'r', 'kernel-version': 'v', machine: 'm', processor: 'p',
  'hardware-platform': 'i', 'operating-system': 'o',
}; // prettier-ignore

export const uname: Applet = {
  names: ['uname'],
  summary: 'Print system information',
  usage: '[-amnrspvio]',
  async run(context) {
    const options = parseOptions(context.args, 'asnrvmpio', LONG);
    const [extra] = options.operands;
    if (extra !== undefined) throw new UsageError('', undefined, `extra operand ${context.quote(extra)}`);
    const { hostname, release } = context.process.kernel;
    const values = {
      s: 'Linux', n: hostname, r: release, v: KERNEL_VERSION, m: MACHINE, p: 'unknown', i: 'unknown', o: 'GNU/Linux',
    }; // prettier-ignore
    const all = options.has('a');
    const chosen = PARTS.filter((part) => options.has(part) || (all && values[part] !== 'unknown'));
    await context.out.write(
      `${(chosen.length === 0 ? ['s' as const] : chosen).map((part) => values[part]).join(' ')}\n`,
    );
    return 0;
  },
};

export const arch: Applet = {
  names: ['arch'],
  summary: 'Print system architecture',
  usage: '',
  async run(context) {
    await context.out.write(`${MACHINE}\n`);
    return 0;
  },
};
