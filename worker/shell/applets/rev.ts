/** rev */
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseOptions } from './options.ts';

export const rev: Applet = {
  names: ['rev'],
  summary: 'Reverse lines of FILE',
  usage: '[FILE]...',
  async run(context) {
    const options = parseOptions(context.args, '');
    return eachInput(context, options.operands, async (input) => {
      for (let record = await input.record(); record !== undefined; record = await input.record()) {
        const complete = record.at(-1) === 0x0a;
        const line = decodeText(complete ? record.subarray(0, -1) : record);
        await context.out.write([...line].reverse().join('') + (complete ? '\n' : ''));
      }
    });
  },
};
