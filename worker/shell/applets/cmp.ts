/** cmp */
import type { Applet } from './applet.ts';
import { errorText } from './context.ts';
import { parseOffset } from './combined-input.ts';
import { parseOptions, UsageError } from './options.ts';

const TROUBLE = 2;

export const cmp: Applet = {
  names: ['cmp'],
  summary: 'Compare FILE1 with FILE2 (or stdin)',
  usage: '[-ls] [-n NUM] FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  usageStatus: TROUBLE,
  async run(context) {
    const options = parseOptions(context.args, 'lsn:', { quiet: 's', silent: 's', verbose: 'l', bytes: 'n' });
    const [first, second = '-', ...skips] = options.operands;
    if (first === undefined || skips.length > 2) throw new UsageError('', TROUBLE);
    const limit = parseOffset(options.value('n') ?? '') ?? Infinity;
    const contents: Uint8Array[] = [];
    for (const [i, path] of [first, second].entries()) {
      try {
        const input = await context.open(path);
        const skip = parseOffset(skips[i] ?? '0') ?? 0;
        contents.push((await input.all()).subarray(skip, skip + limit));
        input.close();
      } catch (error) {
        const text = errorText(error);
        if (!options.has('s')) await context.complain(`${path}: ${text}`);
        return TROUBLE;
      }
    }
    const [a = new Uint8Array(0), b = new Uint8Array(0)] = contents;
    const common = Math.min(a.byteLength, b.byteLength);
    let status = 0;
    let line = 1;
    for (let at = 0; at < common; at++) {
      const [x = 0, y = 0] = [a[at], b[at]];
      if (x !== y) {
        status = 1;
        if (options.has('s')) return status;
        if (!options.has('l')) {
          await context.out.write(`${first} ${second} differ: char ${at + 1}, line ${line}\n`);
          return status;
        }
        const width = String(common).length;
        await context.out.write(
          `${String(at + 1).padStart(width)} ${x.toString(8).padStart(3)} ${y.toString(8).padStart(3)}\n`,
        );
      }
      if (x === 0x0a) line++;
    }
    if (a.byteLength === b.byteLength) return status;
    if (!options.has('s')) await context.complain(`EOF on ${a.byteLength < b.byteLength ? first : second}`);
    return 1;
  },
};
