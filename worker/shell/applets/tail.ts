/** tail */
import { concatBytes } from '../../base/bytes.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseCount } from './numbers.ts';
import { readProblem } from './inputs.ts';
import { parseOptions } from './options.ts';
import type { Input } from './streams.ts';

const LONG = { lines: 'n', bytes: 'c', follow: 'f', quiet: 'q', silent: 'q', verbose: 'v', retry: 'F' };
/** How often a followed file is looked at. */
const POLL_MS = 1000;

export const tail: Applet = {
  names: ['tail'],
  summary: 'Print last 10 lines of FILEs',
  usage: '[-fqv] [-c [+]NUM] [-n [+]NUM] [-s SECONDS] [FILE]...',
  async run(context) {
    const [first = '', ...rest] = context.args;
    const words = /^[-+]\d/.test(first) ? ['-n', first.replace(/^-/, ''), ...rest] : context.args;
    const options = parseOptions(words, 'n:c:fFqvs:', LONG);
    const last = options.given.filter(({ option }) => option === 'n' || option === 'c').at(-1);
    const text = last?.value ?? '10';
    const count = parseCount(text.replace(/^[-+]/, ''));
    if (count === undefined)
      return context.complain(
        context.word(
          `invalid number '${text}'`,
          `invalid number of ${last?.option === 'c' ? 'bytes' : 'lines'}: ${context.quote(text)}`,
        ),
      );
    const copy =
      last?.option === 'c'
        ? text.startsWith('+')
          ? bytesFrom
          : lastBytes
        : text.startsWith('+')
          ? linesFrom
          : lastLines;
    const paths = options.operands.length === 0 ? ['-'] : options.operands;
    const headers = options.has('v') || (paths.length > 1 && !options.has('q'));
    const opened: Input[] = [];
    let status = 0;
    for (const path of paths) {
      try {
        const input = await context.open(path);
        if (headers)
          await context.out.write(
            `${opened.length > 0 ? '\n' : ''}==> ${path === '-' ? 'standard input' : path} <==\n`,
          );
        opened.push(input);
        await copy(context, input, count);
      } catch (error) {
        status = await context.report(context.word(`can't open '${path}'`, readProblem(path, error)), error);
      }
    }
    if (opened.length === 0) return context.flavour === 'gnu' ? 1 : context.complain('no files');
    if (options.has('f') || options.has('F')) await follow(context, opened);
    for (const input of opened) input.close();
    return status;
  },
};

async function linesFrom(context: AppletContext, input: Input, start: number): Promise<void> {
  for (let line = 1; line < start; line++) if ((await input.record()) === undefined) return;
  await copyRest(context, input);
}

async function bytesFrom(context: AppletContext, input: Input, start: number): Promise<void> {
  let skip = Math.max(0, start - 1);
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
    if (bytes.byteLength > skip) await context.out.write(bytes.slice(skip));
    skip = Math.max(0, skip - bytes.byteLength);
  }
}

async function copyRest(context: AppletContext, input: Input): Promise<void> {
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk())
    await context.out.write(bytes.slice());
}

async function lastLines(context: AppletContext, input: Input, count: number): Promise<void> {
  const lines: Uint8Array[] = [];
  for (let line = await input.record(); line !== undefined; line = await input.record()) {
    lines.push(line.slice());
    // Cutting the list now and then costs less than shifting it for every line.
    if (lines.length >= 2 * count + 1000) lines.splice(0, lines.length - count);
  }
  if (count > 0) await context.out.write(concatBytes(lines.slice(-count)));
}

async function lastBytes(context: AppletContext, input: Input, count: number): Promise<void> {
  const all = await input.all();
  await context.out.write(all.slice(Math.max(0, all.byteLength - count)));
}

/** Copies what is added to the files, for as long as the process lives. */
async function follow(context: AppletContext, inputs: readonly Input[]): Promise<never> {
  for (;;) {
    await context.out.flush();
    await context.process.sleep(POLL_MS);
    for (const input of inputs) {
      input.continue();
      await copyRest(context, input);
    }
  }
}
