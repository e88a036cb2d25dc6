/** ts */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';
import { formatTime } from './time-format.ts';

export const ts: Applet = {
  names: ['ts'],
  summary: 'Pipe stdin to stdout, add timestamp to each line',
  usage: '[-is] [STRFTIME]',
  async run(context) {
    const options = parseOptions(context.args, 'is');
    const elapsed = options.has('i') || options.has('s');
    const [format = elapsed ? '%H:%M:%S' : '%b %d %H:%M:%S', ...excess] = options.operands;
    if (excess.length > 0) throw new UsageError('');
    const { clock } = context.process.kernel;
    let start = clock.nowMs();
    for await (const line of context.stdin().lines()) {
      const now = clock.nowMs();
      await context.out.write(`${formatTime(format, elapsed ? now - start : now)} ${line}\n`);
      await context.out.flush();
      if (options.has('i')) start = now;
    }
    return 0;
  },
};
