/** fold */
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseOptions } from './options.ts';

const DEFAULT_COLUMNS = 80;
const MAX_COLUMNS = 10_000;
const TAB_COLUMNS = 8;

export const fold: Applet = {
  names: ['fold'],
  summary: 'Wrap input lines in FILEs (or stdin), writing to stdout',
  usage: '[-bs] [-w WIDTH] [FILE]...',
  async run(context) {
    const [first = '', ...others] = context.args;
    const words = /^-\d+$/.test(first) ? ['-w', first.slice(1), ...others] : context.args;
    const options = parseOptions(words, 'bsw:', { bytes: 'b', spaces: 's', width: 'w' });
    const text = options.value('w') ?? String(DEFAULT_COLUMNS);
    if (!/^\d+$/.test(text)) return context.complain(`invalid number '${text}'`);
    if (Number(text) < 1 || Number(text) > MAX_COLUMNS)
      return context.complain(`number ${text} is not in 1..${MAX_COLUMNS} range`);
    const form = { width: Number(text), bytes: options.has('b'), atSpaces: options.has('s') };
    return eachInput(context, options.operands, async (input) => {
      for (let record = await input.record(); record !== undefined; record = await input.record())
        await context.out.write(foldLine(decodeText(record), form));
    });
  },
};

interface FoldForm {
  readonly width: number;
  /** Count every character as one column. */
  readonly bytes: boolean;
  /** Break behind the last blank that fits. */
  readonly atSpaces: boolean;
}

/** A line, with its newline if it has one, broken so that no piece is wider than `form.width`. */
function foldLine(line: string, form: FoldForm): string {
  let out = '';
  let piece = '';
  let column = 0;
  for (const character of line) {
    if (character === '\n') break;
    let next = columnAfter(character, column, form.bytes);
    if (next > form.width && piece !== '') {
      const kept = form.atSpaces ? (/^.*[ \t]/su.exec(piece)?.[0] ?? piece) : piece;
      out += `${kept}\n`;
      piece = piece.slice(kept.length);
      column = [...piece].reduce((sum, one) => columnAfter(one, sum, form.bytes), 0);
      next = columnAfter(character, column, form.bytes);
    }
    piece += character;
    column = next;
  }
  return out + piece + (line.endsWith('\n') ? '\n' : '');
}

function columnAfter(character: string, column: number, bytes: boolean): number {
  if (bytes) return column + 1;
  if (character === '\b') return Math.max(0, column - 1);
  if (character === '\r') return 0;
  return character === '\t' ? column + TAB_COLUMNS - (column % TAB_COLUMNS) : column + 1;
}
