/** column: lists in columns, and tables (-t) */
import type { Applet } from './applet.ts';
import { eachInput } from './inputs.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, type Options } from './options.ts';

const DEFAULT_WIDTH = 80;
const TAB = 8;

export const column: Applet = {
  names: ['column'],
  summary: 'Columnate lists',
  usage: '[-tx] [-c WIDTH] [-s SEP] [-o SEP] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'txc:s:o:ne', {
      table: 't', 'output-width': 'c', columns: 'c', separator: 's', 'output-separator': 'o', fillrows: 'x',
    }); // prettier-ignore
    const lines: string[] = [];
    const status = await eachInput(context, options.operands, async (input) => {
      for await (const batch of input.batches()) lines.push(...batch.filter((line) => line.trim() !== ''));
    });
    await context.out.write(options.has('t') ? table(lines, options) : list(lines, options));
    return status;
  },
};

function table(lines: readonly string[], options: Options): string {
  const separators = options.value('s');
  const gap = options.value('o') ?? '  ';
  const rows = lines.map((line) => {
    if (separators === undefined) return line.trim().split(/[ \t]+/);
    return line.split(new RegExp(`[${separators.replace(/[\\\]^-]/g, '\\$&')}]`));
  });
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, [...cell].length);
  return rows
    .map((row) => {
      // a row that is short is filled up, but for what would be the last column
      const cells = Array.from({ length: widths.length }, (_, i) => row[i] ?? '').map((cell, i) =>
        i === widths.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - [...cell].length),
      );
      return `${cells.join(gap)}\n`;
    })
    .join('');
}

function list(items: readonly string[], options: Options): string {
  if (items.length === 0) return '';
  const width = parseCount(options.value('c') ?? '') ?? DEFAULT_WIDTH;
  const longest = Math.max(...items.map((item) => [...item].length));
  const cell = (Math.floor(longest / TAB) + 1) * TAB;
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(items.length / columns);
  let out = '';
  for (let row = 0; row < rows; row++) {
    const line = Array.from({ length: columns }, (_, i) =>
      options.has('x') ? items[row * columns + i] : items[i * rows + row],
    ).filter((item) => item !== undefined);
    out += `${line.map((item, i) => (i === line.length - 1 ? item : padWithTabs(item, cell))).join('')}\n`;
  }
  return out;
}

function padWithTabs(item: string, width: number): string {
  return item + '\t'.repeat(Math.ceil((width - [...item].length) / TAB));
}
