/** shuf */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, UsageError, type Options } from './options.ts';

/** More numbers than this are not laid out. */
const MAX_RANGE = 10_000_000;

export const shuf: Applet = {
  names: ['shuf'],
  summary: 'Randomly permute lines',
  usage: '[-n NUM] [-o FILE] [-z] [FILE | -e [ARG...] | -i L-H]',
  async run(context) {
    const options = parseOptions(context.args, 'ei:n:o:zr', {
      echo: 'e', 'input-range': 'i', 'head-count': 'n', output: 'o', 'zero-terminated': 'z', repeat: 'r',
    }); // prettier-ignore
    const lines = await linesOf(context, options);
    if (typeof lines === 'number') return lines;
    const wanted = options.value('n') ?? '';
    const count = wanted === '' ? lines.length : parseCount(wanted);
    if (count === undefined) return context.complain(`invalid number '${wanted}'`);
    const end = options.has('z') ? '\0' : '\n';
    const shuffled = shuffle(lines, Math.min(count, lines.length), context);
    const path = options.value('o');
    const file = path === undefined ? undefined : await context.create(path);
    for (const line of shuffled) await (file ?? context.out).write(line + end);
    await file?.close();
    return 0;
  },
};

async function linesOf(context: AppletContext, options: Options): Promise<string[] | number> {
  if (options.has('e')) return [...options.operands];
  const range = options.value('i');
  if (range !== undefined) {
    const [, low = '', high = ''] = /^(\d+)-(\d+)$/.exec(range) ?? [];
    const length = Number(high) - Number(low) + 1;
    if (low === '' || length < 1 || length > MAX_RANGE) return context.complain(`bad range '${range}'`);
    return Array.from({ length }, (_, i) => String(Number(low) + i));
  }
  const [path = '-', ...excess] = options.operands;
  if (excess.length > 0) throw new UsageError('');
  try {
    const input = await context.open(path);
    const lines: string[] = [];
    for await (const batch of input.batches(options.has('z') ? 0 : 10)) lines.push(...batch);
    input.close();
    return lines;
  } catch (error) {
    return context.report(path, error);
  }
}

/** `count` of the lines in an order of chance (Fisher and Yates). */
function shuffle(lines: string[], count: number, context: AppletContext): string[] {
  const { random } = context.process.kernel;
  for (let i = 0; i < count; i++) {
    const bytes = random.bytes(4);
    const chance = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32;
    const other = i + Math.floor(chance * (lines.length - i));
    [lines[i], lines[other]] = [lines[other] ?? '', lines[i] ?? ''];
  }
  return lines.slice(0, count);
}
