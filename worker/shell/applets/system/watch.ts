/** watch: runs a program again and again, until it is stopped. */
import type { Applet } from '../applet.ts';
import { parseOptions, UsageError } from '../options.ts';
import { formatTime } from '../time-format.ts';

const DEFAULT_SECONDS = 2;
const WIDTH = 80;

export const watch: Applet = {
  names: ['watch'],
  summary: 'Run PROG periodically',
  usage: '[-n SEC] [-t] PROG ARGS',
  async run(context) {
    const options = parseOptions(context.args, '+n:tdegxc', {
      interval: 'n',
      'no-title': 't',
      differences: 'd',
      errexit: 'e',
      chgexit: 'g',
    });
    if (options.operands.length === 0) throw new UsageError('');
    const command = options.operands.join(' ');
    const seconds = Number(options.value('n') ?? DEFAULT_SECONDS);
    const { kernel } = context.process;
    for (;;) {
      await context.out.write('\x1b[H\x1b[J');
      if (!options.has('t')) {
        const title = `Every ${seconds.toFixed(1)}s: ${command}`;
        await context.out.write(
          `${title.padEnd(WIDTH - 20)}${formatTime('%Y-%m-%d %H:%M:%S', kernel.clock.nowMs())}\n\n`,
        );
      }
      const status = await context.spawn(['sh', '-c', command]);
      if (options.has('e') && status !== 0) return 8;
      await context.process.sleep(seconds * 1000);
    }
  },
};
