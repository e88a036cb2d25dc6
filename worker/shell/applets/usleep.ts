/** usleep */
import type { Applet } from './applet.ts';
import { UsageError } from './options.ts';

export const usleep: Applet = {
  names: ['usleep'],
  summary: 'Pause for N microseconds',
  usage: 'N',
  async run(context) {
    const text = context.args[0];
    if (text === undefined) throw new UsageError('');
    if (!/^\d+$/.test(text)) return context.complain(`invalid number '${text}'`);
    await context.process.sleep(Number(text) / 1000);
    return 0;
  },
};
