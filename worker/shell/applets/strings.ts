/** strings */
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseCount } from './numbers.ts';
import { parseOptions } from './options.ts';

const RADIX: Readonly<Record<string, number>> = { o: 8, d: 10, x: 16 };

export const strings: Applet = {
  names: ['strings'],
  summary: 'Display printable strings in a binary file',
  usage: '[-fo] [-t o|d|x] [-n LEN] [FILE]...',
  async run(context) {
    const words = context.args.map((word) => (/^-\d+$/.test(word) ? `-n${word.slice(1)}` : word));
    const options = parseOptions(words, 'afon:t:', { all: 'a', bytes: 'n', radix: 't' });
    const least = parseCount(options.value('n') ?? '4');
    if (least === undefined || least < 1) return context.complain(`invalid number '${options.value('n') ?? ''}'`);
    const radix = options.has('o') ? 8 : RADIX[options.value('t') ?? ''];
    return eachInput(context, options.operands, async (input, path) => {
      const name = options.has('f') ? `${path === '-' ? '{standard input}' : path}: ` : '';
      let text = '';
      let place = 0;
      const finish = async (): Promise<void> => {
        if (text.length >= least) {
          const offset = radix === undefined ? '' : `${(place - text.length).toString(radix).padStart(7)} `;
          await context.out.write(`${name}${offset}${text}\n`);
        }
        text = '';
      };
      for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
        for (const byte of bytes) {
          if ((byte >= 0x20 && byte < 0x7f) || byte === 0x09) text += String.fromCharCode(byte);
          else if (text !== '') await finish();
          place++;
        }
      }
      await finish();
    });
  },
};
