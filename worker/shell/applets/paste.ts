/** paste */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { unescapeText } from './escapes.ts';
import { parseOptions } from './options.ts';
import type { Input } from './streams.ts';

export const paste: Applet = {
  names: ['paste'],
  summary: 'Paste lines from each input file, separated with tab',
  usage: '[-d LIST] [-s] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'd:s', { delimiters: 'd', serial: 's' });
    if (options.value('d') === '' && context.flavour === 'busybox') return context.complain(`-d '' is not supported`);
    const delimiters = parseDelimiters(options.value('d') ?? '\t');
    const paths = options.operands.length === 0 ? ['-'] : options.operands;
    const inputs: Input[] = [];
    try {
      // all of the `-` share standard input, and take turns at its lines
      const stdin = context.stdin();
      for (const path of paths) {
        try {
          inputs.push(path === '-' ? stdin : await context.open(path));
        } catch (error) {
          return await context.report(path, error);
        }
      }
      const readers = new Map([...new Set(inputs)].map((input) => [input, lineReader(input)]));
      const sources = inputs.map((input) => readers.get(input) ?? lineReader(input));
      await (options.has('s') ? pasteSerial : pasteParallel)(context, sources, delimiters);
      return 0;
    } finally {
      for (const input of inputs) input.close();
    }
  },
};

/** The delimiters of a list, used in turn; `\0` is none at all. */
function parseDelimiters(list: string): readonly string[] {
  const known = {
    octalNeedsZero: false,
    hexadecimal: false,
    escape: false,
    unicode: false,
    stop: false,
    quotes: false,
  };
  const delimiters = [...unescapeText(list, known).text].map((character) => (character === '\0' ? '' : character));
  return delimiters.length === 0 ? [''] : delimiters;
}

type LineReader = () => Promise<string | undefined>;

function lineReader(input: Input): LineReader {
  const lines = input.lines();
  return async () => {
    const next = await lines.next();
    return next.done === true ? undefined : next.value;
  };
}

/**
 * A line of the output for a line of each file, until all have ended. busybox writes a delimiter behind each line there is, and a
 * newline behind that of the last file; others keep the columns of files that have ended.
 */
async function pasteParallel(
  context: AppletContext,
  sources: readonly LineReader[],
  delimiters: readonly string[],
): Promise<void> {
  const keepColumns = context.flavour === 'gnu';
  for (;;) {
    let row = '';
    let delimiterIndex = 0;
    let found = false;
    for (const [index, read] of sources.entries()) {
      const line = await read();
      if (line !== undefined) found = true;
      else if (!keepColumns) continue;
      const last = index === sources.length - 1;
      row += (line ?? '') + (last ? '\n' : (delimiters[delimiterIndex++ % delimiters.length] ?? ''));
    }
    if (!found) return;
    await context.out.write(row);
  }
}

/** A line of the output for all lines of a file. */
async function pasteSerial(
  context: AppletContext,
  sources: readonly LineReader[],
  delimiters: readonly string[],
): Promise<void> {
  for (const read of sources) {
    let index = 0;
    for (let line = await read(); line !== undefined; line = await read()) {
      const delimiter = index === 0 ? '' : (delimiters[(index - 1) % delimiters.length] ?? '');
      await context.out.write(delimiter + line);
      index++;
    }
    await context.out.write('\n');
  }
}
