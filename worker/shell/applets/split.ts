/** split (XCU split) */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import type { Input, Output } from './streams.ts';

const DEFAULT_LINES = 1000;

export const split: Applet = {
  names: ['split'],
  summary: 'Split FILE (or stdin) into pieces',
  usage: '[-l N | -b N[kmg]] [-a LEN] [-d] [FILE [PREFIX]]',
  async run(context) {
    const words = context.args.map((word) => (/^-\d+$/.test(word) ? `-l${word.slice(1)}` : word));
    const options = parseOptions(words, 'l:b:a:dn:C:x', {
      lines: 'l', bytes: 'b', 'suffix-length': 'a', 'numeric-suffixes': 'd', 'additional-suffix': 's:', number: 'n', 'line-bytes': 'C', 'hex-suffixes': 'x', verbose: 'verbose',
    }); // prettier-ignore
    const [path = '-', prefix = 'x', ...excess] = options.operands;
    if (excess.length > 0) throw new UsageError('');
    const wanted = options.value('n') ?? options.value('C') ?? options.value('b') ?? options.value('l');
    const size = parseCount((wanted ?? String(DEFAULT_LINES)).replace(/^[lr]\//, ''));
    if (size === undefined || size === 0) return refuseSize(context, options, wanted ?? '');
    let input: Input;
    try {
      input = await context.open(path);
    } catch (error) {
      const text = errorText(error);
      return context.complain(
        context.flavour === 'gnu' ? `cannot open '${path}' for reading: ${text}` : `can't open '${path}': ${text}`,
      );
    }
    try {
      const pieces = new Pieces(context, prefix, options);
      if (options.has('n')) await splitInto(await input.all(), pieces, size, /^l/.test(options.value('n') ?? ''));
      else if (options.has('C')) await splitLineBytes(input, pieces, size);
      else await (options.has('b') ? splitBytes(input, pieces, size) : splitLines(input, pieces, size));
      await pieces.close();
      return 0;
    } catch (error) {
      if (error instanceof SuffixesExhausted) return await context.complain('suffixes exhausted');
      return await context.report(prefix, error);
    } finally {
      input.close();
    }
  },
};

async function refuseSize(context: AppletContext, options: Options, text: string): Promise<number> {
  if (context.flavour !== 'gnu') return context.complain(`invalid number '${text}'`);
  const what = options.has('b') || options.has('C') ? 'bytes' : options.has('n') ? 'chunks' : 'lines';
  const range = text === '0' ? ': Numerical result out of range' : '';
  return context.complain(`invalid number of ${what}: '${text}'${range}`);
}

class SuffixesExhausted extends Error {
  override readonly name = 'SuffixesExhausted';
}

/** The files pieces are written to, named in turn. */
class Pieces {
  readonly #context: AppletContext;
  readonly #prefix: string;
  readonly #options: Options;
  #count = 0;
  #file: (Output & { close(): Promise<void> }) | undefined;

  constructor(context: AppletContext, prefix: string, options: Options) {
    this.#context = context;
    this.#prefix = prefix;
    this.#options = options;
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#file === undefined) {
      const name = this.#nextName();
      if (this.#options.has('verbose')) await this.#context.out.write(`creating file '${name}'\n`);
      this.#file = await this.#context.create(name);
    }
    await this.#file.write(bytes.slice());
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #nextName(): string {
    const length = Number(this.#options.value('a') ?? '2');
    const hexadecimal = this.#options.has('x') ? '0123456789abcdef' : 'abcdefghijklmnopqrstuvwxyz';
    const digits = this.#options.has('d') ? '0123456789' : hexadecimal;
    let rest = this.#count++;
    let suffix = '';
    for (let i = 0; i < length; i++) {
      suffix = (digits[rest % digits.length] ?? '') + suffix;
      rest = Math.floor(rest / digits.length);
    }
    if (rest > 0) throw new SuffixesExhausted();
    return this.#prefix + suffix + (this.#options.value('s') ?? '');
  }
}

async function splitLines(input: Input, pieces: Pieces, size: number): Promise<void> {
  let lines = 0;
  for (let line = await input.record(); line !== undefined; line = await input.record()) {
    await pieces.write(line);
    if (++lines % size === 0) await pieces.close();
  }
}

/** Fills pieces of `size` bytes, of which the open one still takes `left`; gives what the last one still takes. */
async function writePieces(pieces: Pieces, bytes: Uint8Array, left: number, size: number): Promise<number> {
  let room = left;
  for (let at = 0; at < bytes.byteLength;) {
    const part = bytes.subarray(at, at + room);
    await pieces.write(part);
    at += part.byteLength;
    room -= part.byteLength;
    if (room > 0) continue;
    await pieces.close();
    room = size;
  }
  return room;
}

async function splitBytes(input: Input, pieces: Pieces, size: number): Promise<void> {
  let left = size;
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
    left = await writePieces(pieces, bytes, left, size);
  }
}

/** As many whole lines as fit into so many bytes; longer lines are cut. */
async function splitLineBytes(input: Input, pieces: Pieces, size: number): Promise<void> {
  let left = size;
  for (let line = await input.record(); line !== undefined; line = await input.record()) {
    if (line.byteLength > left && left < size) {
      await pieces.close();
      left = size;
    }
    left = await writePieces(pieces, line, left, size);
  }
}

/** So many pieces of the same size; the last takes the rest. With `lines` none is cut. */
async function splitInto(bytes: Uint8Array, pieces: Pieces, count: number, lines: boolean): Promise<void> {
  const size = Math.floor(bytes.byteLength / count);
  let start = 0;
  for (let piece = 1; piece <= count; piece++) {
    let end = piece === count ? bytes.byteLength : Math.max(start, piece * size);
    if (lines && end > start && end < bytes.byteLength) {
      const newline = bytes.indexOf(0x0a, end - 1);
      end = newline === -1 ? bytes.byteLength : newline + 1;
    }
    await pieces.write(bytes.subarray(start, end));
    await pieces.close();
    start = end;
  }
}
