/** comm (XCU comm) */
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { parseOptions, UsageError } from './options.ts';

export const comm: Applet = {
  names: ['comm'],
  summary: 'Compare FILE1 with FILE2',
  usage: '[-123] FILE1 FILE2',
  async run(context) {
    const options = parseOptions(context.args, '123z', {
      'check-order': 'o',
      'nocheck-order': 'O',
      'output-delimiter': 'D:',
      total: 'total',
      'zero-terminated': 'z',
    });
    const [first, second, ...excess] = options.operands;
    if (first === undefined || second === undefined || excess.length > 0) throw new UsageError('');
    const files: string[][] = [];
    for (const path of [first, second]) {
      try {
        const input = await context.open(path);
        const lines: string[] = [];
        for await (const batch of input.batches()) lines.push(...batch);
        input.close();
        files.push(lines);
      } catch (error) {
        return context.complain(`${path}: ${errorText(error)}`);
      }
    }
    const [a = [], b = []] = files;
    const separator = options.value('D') ?? '\t';
    const indents = ['1', '2', '3'].map((_, column, columns) =>
      separator.repeat(columns.slice(0, column).filter((before) => !options.has(before)).length),
    );
    const print = async (column: 0 | 1 | 2, line: string): Promise<void> => {
      if (!options.has(String(column + 1))) await context.out.write(`${indents[column] ?? ''}${line}\n`);
    };
    const counts = [0, 0, 0];
    const disorder = [a, b].map(firstOutOfOrder);
    const checks = options.has('o') || (context.flavour === 'gnu' && !options.has('O'));
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
      const [left, right] = [a[i], b[j]];
      if (options.has('o')) {
        const file = [i, j].findIndex((at, index) => disorder[index] === at);
        if (file !== -1) return context.complain(`file ${file + 1} is not in sorted order`);
      }
      if (left !== undefined && left === right) {
        counts[2] = (counts[2] ?? 0) + 1;
        await print(2, left);
        i++;
        j++;
      } else if (right === undefined || (left !== undefined && left < right)) {
        counts[0] = (counts[0] ?? 0) + 1;
        await print(0, left ?? '');
        i++;
      } else {
        counts[1] = (counts[1] ?? 0) + 1;
        await print(1, right);
        j++;
      }
    }
    if (options.has('total')) await context.out.write(`${[...counts, 'total'].join(separator)}\n`);
    // lines that all have their like need no order
    const told = checks && (counts[0] ?? 0) + (counts[1] ?? 0) > 0;
    const wrong = disorder.flatMap((at, file) => (at === undefined ? [] : [file + 1]));
    if (!told || wrong.length === 0) return 0;
    for (const file of wrong) await context.complain(`file ${file} is not in sorted order`);
    return context.complain('input is not in sorted order');
  },
};

/** The first line that is less than the one before it. */
function firstOutOfOrder(lines: readonly string[]): number | undefined {
  const at = lines.findIndex((line, index) => index > 0 && line < (lines[index - 1] ?? ''));
  return at === -1 ? undefined : at;
}
