/** dos2unix, unix2dos */
import { decodeText, encodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { parseOptions } from './options.ts';

export const dos2unix: Applet = {
  names: ['dos2unix', 'unix2dos'],
  summary: 'Convert FILE in-place from DOS to Unix format.\nWhen no file is given, use stdin/stdout.',
  usage: '[-ud] [FILE]',
  async run(context) {
    const options = parseOptions(context.args, 'udq', { quiet: 'q' });
    const toDos = options.has('d') || (context.name === 'unix2dos' && !options.has('u'));
    const convert = (text: string): string => text.replace(/\r/g, '').replace(/\n/g, toDos ? '\r\n' : '\n');
    if (options.operands.length === 0) {
      await context.out.write(encodeText(convert(decodeText(await context.stdin().all()))));
      return 0;
    }
    for (const path of options.operands) {
      try {
        const input = await context.open(path);
        const text = decodeText(await input.all());
        input.close();
        const file = await context.create(path);
        await file.write(encodeText(convert(text)));
        await file.close();
      } catch (error) {
        return context.complain(`can't open '${path}': ${errorText(error)}`);
      }
    }
    return 0;
  },
};
