/** sleep */
import type { Applet } from './applet.ts';
import { UsageError } from './options.ts';

const UNIT_SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

export const sleep: Applet = {
  names: ['sleep'],
  summary: 'Pause for a time equal to the total of the args given',
  usage: '[N]...',
  async run(context) {
    if (context.args.length === 0) throw new UsageError('');
    let seconds = 0;
    for (const word of context.args) {
      if (/^inf(?:inity)?$/i.test(word)) {
        seconds = Infinity;
        continue;
      }
      const match = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(word);
      if (match === null) {
        if (context.flavour === 'gnu') throw new UsageError(`invalid time interval ${context.quote(word)}`);
        return context.complain(`invalid number '${word}'`);
      }
      seconds += Number(match[1]) * (UNIT_SECONDS[match[2] ?? ''] ?? 1);
    }
    await context.process.sleep(seconds * 1000);
    return 0;
  },
};
