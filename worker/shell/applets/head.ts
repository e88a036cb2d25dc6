/** head */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseCount } from './numbers.ts';
import { readProblem } from './inputs.ts';
import { parseOptions } from './options.ts';
import type { Input } from './streams.ts';

export const head: Applet = {
  names: ['head'],
  summary: 'Print first 10 lines of FILEs',
  usage: '[-n [-]NUM] [-c [-]NUM] [-qv] [FILE]...',
  async run(context) {
    const [first = '', ...rest] = context.args;
    const words = /^-\d/.test(first) ? ['-n', first.slice(1), ...rest] : context.args;
    const options = parseOptions(words, context.flavour === 'gnu' ? 'n:c:qvz' : 'n:c:qv', {
      lines: 'n',
      bytes: 'c',
      quiet: 'q',
      silent: 'q',
      verbose: 'v',
    });
    const last = options.given.filter(({ option }) => option === 'n' || option === 'c').at(-1);
    const text = last?.value ?? '10';
    const count = parseCount(text.replace(/^-/, ''));
    if (count === undefined)
      return context.complain(
        context.word(
          `invalid number '${text}'`,
          `invalid number of ${last?.option === 'c' ? 'bytes' : 'lines'}: ${context.quote(text)}`,
        ),
      );
    const copy = last?.option === 'c' ? copyBytes : copyLines;
    const headers = options.has('v') || (options.operands.length > 1 && !options.has('q'));
    let status = 0;
    let started = false;
    for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
      try {
        const input = await context.open(path);
        if (headers)
          await context.out.write(`${started ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`);
        started = true;
        await copy(context, input, count, text.startsWith('-'));
        input.close();
      } catch (error) {
        status = await context.report(context.word(path, readProblem(path, error)), error);
      }
    }
    return status;
  },
};

/** The first `count` lines, or all but the last `count`. */
async function copyLines(context: AppletContext, input: Input, count: number, allBut: boolean): Promise<void> {
  const held: Uint8Array[] = [];
  for (let taken = 0; allBut || taken < count; taken++) {
    const line = await input.record();
    if (line === undefined) return;
    held.push(line.slice());
    const next = allBut && held.length <= count ? undefined : held.shift();
    if (next !== undefined) await context.out.write(next);
  }
}

async function copyBytes(context: AppletContext, input: Input, count: number, allBut: boolean): Promise<void> {
  if (allBut) {
    const all = await input.all();
    await context.out.write(all.subarray(0, Math.max(0, all.byteLength - count)));
    return;
  }
  for (let left = count; left > 0;) {
    const bytes = await input.chunk();
    if (bytes === undefined) return;
    await context.out.write(bytes.slice(0, left));
    left -= bytes.byteLength;
  }
}
