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
    let i = 0;
    let j = 0;
    while (i < a.length || j < b.length) {
      const [left, right] = [a[i], b[j]];
      if (left !== undefined && left === right) {
        await print(2, left);
        i++;
        j++;
      } else if (right === undefined || (left !== undefined && left < right)) {
        await print(0, left ?? '');
        i++;
      } else {
        await print(1, right);
        j++;
      }
    }
    return 0;
  },
};
