/** nl */
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseOptions } from './options.ts';

const LONG = {
  'body-numbering': 'b', 'starting-line-number': 'v', 'line-increment': 'i', 'number-separator': 's', 'number-width': 'w', 'number-format': 'n',
}; // prettier-ignore

export const nl: Applet = {
  names: ['nl'],
  summary: 'Write FILEs to standard output with line numbers added',
  usage: '[OPTIONS] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'b:i:s:v:w:pl:f:h:d:n:', LONG);
    const numbers = { v: 1, i: 1, w: 6 };
    for (const option of ['v', 'i', 'w'] as const) {
      const text = options.value(option);
      if (text === undefined) continue;
      if (!/^-?\d+$/.test(text)) return context.complain(`invalid number '${text}'`);
      numbers[option] = Number(text);
    }
    const separator = options.value('s') ?? '\t';
    const style = options.value('b')?.[0] ?? 't';
    const blank = ' '.repeat(numbers.w + 1);
    let next = numbers.v;
    return eachInput(context, options.operands, async (input) => {
      for await (const line of input.lines()) {
        const numbered = style === 'a' || (style === 't' && line !== '');
        await context.out.write(
          numbered ? `${shown(next, numbers.w, options.value('n'))}${separator}${line}\n` : `${blank}${line}\n`,
        );
        if (numbered) next += numbers.i;
      }
    });
  },
};

/** A number at the left, at the right, or with zeros in front (`ln`, `rn`, `rz`). */
function shown(value: number, width: number, format = 'rn'): string {
  if (format === 'ln') return String(value).padEnd(width);
  return String(value).padStart(width, format === 'rz' ? '0' : ' ');
}
