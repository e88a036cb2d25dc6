/** wc */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions } from './options.ts';
import type { Input } from './streams.ts';

/** What is counted, in the order it is printed. */
const COLUMNS = ['l', 'w', 'm', 'c', 'L'] as const;
type Column = (typeof COLUMNS)[number];
type Counts = Record<Column, number>;

const LONG = { lines: 'l', words: 'w', bytes: 'c', chars: 'm', 'max-line-length': 'L' };

export const wc: Applet = {
  names: ['wc'],
  summary: 'Count lines, words, and bytes for FILEs (or stdin)',
  usage: '[-cmlwL] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'cmlwL', LONG);
    const chosen = COLUMNS.filter((column) => options.has(column));
    const columns: readonly Column[] = chosen.length === 0 ? ['l', 'w', 'c'] : chosen;
    const locale = context.env.get('LC_ALL') ?? context.env.get('LC_CTYPE') ?? context.env.get('LANG') ?? '';
    const characters = /utf-?8/i.test(locale);
    const total: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
    const { operands } = options;
    const gnu = context.flavour === 'gnu';
    const width = gnu ? gnuWidth(context, operands, columns.length) : 9;
    const line = (counts: Counts, name: string): string => {
      const numbers = columns.map((column) => String(counts[column]));
      // one number alone is not lined up with others
      const alone = columns.length === 1 && operands.length < 2;
      const text = alone ? numbers.join('') : numbers.map((number) => number.padStart(width)).join(' ');
      return `${text}${name === '' ? '' : ` ${name}`}\n`;
    };
    let status = 0;
    for (const path of operands.length === 0 ? ['-'] : operands) {
      try {
        const input = await context.open(path);
        const counts = await count(input, characters);
        input.close();
        for (const column of COLUMNS)
          total[column] = column === 'L' ? Math.max(total.L, counts.L) : total[column] + counts[column];
        await context.out.write(line(counts, operands.length === 0 ? '' : path));
      } catch (error) {
        status = await context.report(path, error);
        // what can be opened is counted, if only as nothing
        if (gnu && errnoOf(error) === 'EISDIR') await context.out.write(line({ l: 0, w: 0, m: 0, c: 0, L: 0 }, path));
      }
    }
    if (operands.length > 1) await context.out.write(line(total, 'total'));
    return status;
  },
};

/** GNU's wc knows how wide its numbers get from the sizes of the files; what is no file may be long. */
function gnuWidth(context: AppletContext, operands: readonly string[], columns: number): number {
  if (columns === 1 && operands.length === 1) return 1;
  let bytes = 0;
  let least = 1;
  for (const path of operands.length === 0 ? ['-'] : operands) {
    const status = path === '-' ? undefined : context.files.find(path);
    if (status?.inode.kind === 'file') bytes += status.sizeBytes;
    else if (status !== undefined || path === '-') least = 7;
  }
  return Math.max(least, String(bytes).length);
}

/** `characters`: the locale knows characters of several bytes. */
async function count(input: Input, characters: boolean): Promise<Counts> {
  const counts: Counts = { l: 0, w: 0, m: 0, c: 0, L: 0 };
  let inWord = false;
  let column = 0;
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
    counts.c += bytes.byteLength;
    for (const byte of bytes) {
      if (!characters || byte >> 6 !== 2) counts.m++;
      const space = byte === 32 || (byte >= 9 && byte <= 13);
      if (inWord && space) counts.w++;
      if (!space && byte > 32) inWord = true;
      else if (space) inWord = false;
      if (byte === 10) {
        counts.l++;
        counts.L = Math.max(counts.L, column);
        column = 0;
      } else if (byte === 9) column = (column & ~7) + 8;
      else if (byte >= 32) column++;
    }
  }
  if (inWord) counts.w++;
  counts.L = Math.max(counts.L, column);
  return counts;
}
