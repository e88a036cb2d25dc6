/** seq */
import type { Applet } from './applet.ts';
import { parseOptions, UsageError } from './options.ts';
import { formatPrintf } from './printf-format.ts';

const NUMBER = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

export const seq: Applet = {
  names: ['seq'],
  summary: 'Print numbers from FIRST to LAST, in steps of INC.\nFIRST, INC default to 1.',
  usage: '[-w] [-s SEP] [FIRST [INC]] LAST',
  async run(context) {
    const options = parseOptions(protectNegatives(context.args), context.flavour === 'gnu' ? '+wf:s:' : '+ws:', {
      'equal-width': 'w',
      separator: 's',
      format: 'f',
    });
    const texts = options.operands;
    const odd = texts.find((text) => !NUMBER.test(text));
    if (texts.length === 0 || texts.length > 3 || odd !== undefined) {
      const problem =
        texts[3] !== undefined
          ? `extra operand ${context.quote(texts[3])}`
          : odd === undefined
            ? undefined
            : `invalid floating point argument: ${context.quote(odd)}`;
      throw new UsageError('', undefined, problem);
    }
    const last = Number(texts.at(-1));
    const first = texts.length > 1 ? Number(texts[0]) : 1;
    const step = texts.length > 2 ? Number(texts[1]) : 1;
    const decimals = Math.max(...texts.slice(0, -1).map(decimalsOf), 0);
    const width = options.has('w') ? Math.max(...texts.map(widthOf(decimals))) : 0;
    const pattern = options.value('f');
    const shown = (value: number): string =>
      pattern === undefined ? format(value, decimals, width) : formatPrintf(pattern, [String(value)], 'gnu').text;
    const separator = options.value('s') ?? '\n';
    let started = false;
    // each number is reckoned anew, so that errors do not add up
    for (let index = 0, value = first; step < 0 ? value >= last : value <= last; value = first + ++index * step) {
      const pause = context.checkpoint();
      if (pause !== undefined) await pause;
      const written = context.out.write(`${started ? separator : ''}${shown(value)}`);
      started = true;
      if (written !== undefined) await written;
    }
    if (started) await context.out.write('\n');
    return 0;
  },
};

/** The first number ends the options, a negative one too. */
function protectNegatives(args: readonly string[]): readonly string[] {
  const first = args.findIndex(
    (word, index) => /^-?[\d.]/.test(word) && args[index - 1] !== '-s' && args[index - 1] !== '-f',
  );
  if (first === -1 || args.slice(0, first).includes('--')) return args;
  return [...args.slice(0, first), '--', ...args.slice(first)];
}

function decimalsOf(text: string): number {
  return /\.(\d*)/.exec(text)?.[1]?.length ?? 0;
}

/** How wide a number given as text is once it is printed. */
function widthOf(decimals: number): (text: string) => number {
  return (text) => Number(text).toFixed(decimals).length;
}

function format(value: number, decimals: number, width: number): string {
  const text = value.toFixed(decimals);
  return text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0');
}
