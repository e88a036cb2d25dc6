/** nohup and nice: they become another program in a changed process. */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

export const nohup: Applet = {
  names: ['nohup'],
  summary: 'Run PROG immune to hangups, with output to a non-tty',
  usage: 'PROG ARGS',
  usageStatus: 127,
  gnuUsageStatus: 125,
  async run(context) {
    const { operands } = parseOptions(context.args, '+');
    if (operands.length === 0) throw new UsageError('');
    context.process.dispositions.set('HUP', 'ignore');
    return become(context, operands);
  },
};

export const nice: Applet = {
  names: ['nice'],
  summary: 'Change scheduling priority, run PROG',
  usage: '[-n ADJUST] [PROG ARGS]',
  gnuUsageStatus: 125,
  async run(context) {
    const words = context.args.map((word, index) => (index === 0 ? word.replace(/^-(?=-?\d)/, '-n') : word));
    const options = parseOptions(words, '+n:', { adjustment: 'n' });
    const adjustment = options.value('n');
    if (adjustment !== undefined && !/^[-+]?\d+$/.test(adjustment))
      return context.complain(`invalid number '${adjustment}'`);
    // Programs take turns without priorities, so that the one there is stays 0.
    if (options.operands.length > 0) return become(context, options.operands);
    if (adjustment !== undefined) throw new UsageError('');
    await context.out.write('0\n');
    return 0;
  },
};

async function become(context: AppletContext, argv: readonly string[]): Promise<number> {
  const result = await context.exec(argv);
  if (typeof result === 'number') return result;
  await context.complain(
    `${context.word("can't execute ", context.name === 'nohup' ? 'failed to run command ' : '')}${context.quote(argv[0] ?? '')}: ${result.reason ?? strerror(result.errno)}`,
  );
  return result.errno === 'ENOENT' ? 127 : 126;
}

export const renice: Applet = {
  names: ['renice'],
  summary: 'Change scheduling priority of a running process',
  usage: '[-n] PRIORITY [[-p|g|u] ID...]...',
  simulated: 'processes have no priorities here',
  async run(context) {
    const numbers = context.args.filter((word) => /^-?\d+$/.test(word));
    if (numbers.length < 2) throw new UsageError('');
    for (const pid of numbers.slice(1))
      if (!context.process.kernel.processes.has(Number(pid))) return context.complain(`getpriority: No such process`);
    return 0;
  },
};
