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
    const options = parseOptions(words, 'l:b:a:dn:', {
      lines: 'l', bytes: 'b', 'suffix-length': 'a', 'numeric-suffixes': 'd', 'additional-suffix': 's:', number: 'n',
    }); // prettier-ignore
    const [path = '-', prefix = 'x', ...excess] = options.operands;
    if (excess.length > 0) throw new UsageError('');
    const size = parseCount(options.value('b') ?? options.value('l') ?? String(DEFAULT_LINES));
    if (size === undefined || size === 0)
      return context.complain(`invalid number '${options.value('b') ?? options.value('l') ?? ''}'`);
    let input: Input;
    try {
      input = await context.open(path);
    } catch (error) {
      return context.complain(`can't open '${path}': ${errorText(error)}`);
    }
    try {
      const pieces = new Pieces(context, prefix, options);
      await (options.has('b') ? splitBytes(input, pieces, size) : splitLines(input, pieces, size));
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
    this.#file ??= await this.#context.create(this.#nextName());
    await this.#file.write(bytes.slice());
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #nextName(): string {
    const length = Number(this.#options.value('a') ?? '2');
    const digits = this.#options.has('d') ? '0123456789' : 'abcdefghijklmnopqrstuvwxyz';
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

async function splitBytes(input: Input, pieces: Pieces, size: number): Promise<void> {
  let left = size;
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
    for (let at = 0; at < bytes.byteLength;) {
      const part = bytes.subarray(at, at + left);
      await pieces.write(part);
      at += part.byteLength;
      left -= part.byteLength;
      if (left > 0) continue;
      await pieces.close();
      left = size;
    }
  }
}
