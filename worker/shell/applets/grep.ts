/** grep, egrep, fgrep */
import { errnoOf } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { errorText } from './context.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { ExpressionSyntaxError, regularExpressionOf } from './regular-expression.ts';
import { Expression, placeBehind } from '../regex/expression.ts';
import type { Input } from './streams.ts';
import { walkFiles } from './walking.ts';

const LONG = {
  'extended-regexp': 'E', 'fixed-strings': 'F', 'basic-regexp': 'G', 'perl-regexp': 'P', regexp: 'e', file: 'f', 'ignore-case': 'i',
  'word-regexp': 'w', 'line-regexp': 'x', 'no-messages': 's', 'invert-match': 'v', 'max-count': 'm', 'line-number': 'n',
  'with-filename': 'H', 'no-filename': 'h', 'only-matching': 'o', quiet: 'q', silent: 'q', recursive: 'r',
  'dereference-recursive': 'R', 'files-without-match': 'L', 'files-with-matches': 'l', count: 'c', 'after-context': 'A',
  'before-context': 'B', context: 'C', color: 'color::', colour: 'color::', include: 'include:', exclude: 'exclude:',
  'exclude-dir': 'exclude-dir:', text: 'a', null: 'Z', 'null-data': 'z', 'byte-offset': 'b', 'line-buffered': 'buffered',
}; // prettier-ignore

/** GNU's grep says this in place of a mistake. */
const GNU_USAGE = 'Usage: grep [OPTION]... PATTERNS [FILE]...';

export const grep: Applet = {
  names: ['grep', 'egrep', 'fgrep'],
  summary: 'Search for PATTERN in FILEs (or stdin)',
  usage: '[-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...',
  usageStatus: 2,
  gnuUsage: GNU_USAGE,
  async run(context) {
    const options = parseOptions(
      context.args,
      `EFGPe:f:iwxsvm:nHhoqrRLlcA:B:C:aIzybZU${context.flavour === 'gnu' ? 'T' : ''}`,
      LONG,
    );
    const operands = [...options.operands];
    const patterns = await patternsOf(context, options, operands);
    if (typeof patterns === 'number') return patterns;
    for (const option of ['A', 'B', 'C'] as const) {
      const value = options.value(option) ?? '0';
      if (context.flavour === 'busybox' || /^\d+$/.test(value)) continue;
      await context.complain(`${value}: invalid context length argument`);
      return 2;
    }
    let matcher: Expression;
    try {
      matcher = compile(context, options, patterns);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      await context.complain(context.word(`bad regex '${patterns.join('\n')}'`, error.message));
      return 2;
    }
    return new Search(context, options, matcher, operands).run();
  },
};

async function patternsOf(context: AppletContext, options: Options, operands: string[]): Promise<string[] | number> {
  const patterns = options.values('e').flatMap((value) => value.split('\n'));
  for (const path of options.values('f')) {
    try {
      const input = await context.open(path);
      for await (const line of input.lines()) patterns.push(line);
      input.close();
    } catch (error) {
      await context.complain(`${path}: ${errorText(error)}`);
      return 2;
    }
  }
  if (options.has('e') || options.has('f')) return patterns;
  const first = operands.shift();
  if (first === undefined) throw new UsageError('', 2, GNU_USAGE);
  return first.split('\n');
}

/** One expression for all patterns; word and line matching are part of it. */
function compile(context: AppletContext, options: Options, patterns: readonly string[]): Expression {
  const fixed = options.has('F') || context.name === 'fgrep';
  const extended = options.has('E') || options.has('P') || context.name === 'egrep';
  const sources = patterns.map((pattern) => {
    if (fixed) return pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return options.has('P') ? pattern : regularExpressionOf(pattern, { extended }).source;
  });
  const any = sources.length === 0 ? '(?!)' : sources.map((source) => `(?:${source})`).join('|');
  const framed = options.has('x')
    ? `^(?:${any})$`
    : options.has('w')
      ? `(?<![0-9A-Za-z_])(?:${any})(?![0-9A-Za-z_])`
      : any;
  try {
    return new Expression(framed, options.has('i') || options.has('y') ? 'iu' : 'u', {
      // which of the alternatives it was does not matter to who only wants to know whether there is one
      longest: options.has('o') && !options.has('P'),
    });
  } catch {
    throw new ExpressionSyntaxError('Invalid regular expression');
  }
}

class Search {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #matcher: Expression;
  readonly #operands: readonly string[];
  readonly #before: number;
  readonly #after: number;
  readonly #limit: number;
  readonly #names: boolean;
  readonly #gnu: boolean;
  #found = false;
  #failed = false;

  constructor(context: AppletContext, options: Options, matcher: Expression, operands: readonly string[]) {
    this.#context = context;
    this.#options = options;
    this.#matcher = matcher;
    this.#operands = operands;
    this.#gnu = context.flavour === 'gnu';
    const around = Number(options.value('C') ?? '0');
    this.#before = Number(options.value('B') ?? around);
    this.#after = Number(options.value('A') ?? around);
    this.#limit = options.has('m') ? Number(options.value('m')) : Infinity;
    const recursive = options.has('r') || options.has('R');
    const directory = recursive && operands.some((path) => context.files.find(path)?.inode.kind === 'directory');
    const several = operands.length > 1 || directory || (recursive && operands.length === 0);
    this.#names = !options.has('h') && (options.has('H') || several);
  }

  async run(): Promise<number> {
    const recursive = this.#options.has('r') || this.#options.has('R');
    for (const path of this.#operands.length === 0 ? [recursive ? '.' : '-'] : this.#operands) {
      if (recursive && path !== '-') await this.#searchTree(path);
      else await this.#searchFile(path);
      if (this.#found && this.#options.has('q')) return 0;
    }
    if (this.#failed && !(this.#found && this.#options.has('q'))) return 2;
    return this.#found ? 0 : 1;
  }

  async #searchTree(top: string): Promise<void> {
    const skip = this.#options.values('exclude-dir');
    for await (const { path, status } of walkFiles(
      this.#context,
      top,
      this.#options.has('R'),
      (name) => skip.includes(name),
      (failed, error) => this.#fail(failed, error),
    )) {
      // Links to files are searched even where links are not followed.
      const kind = status.inode.kind === 'symlink' ? this.#context.files.find(path)?.inode.kind : status.inode.kind;
      if (kind !== 'file' || !this.#wanted(path)) continue;
      const unnamed = this.#gnu && this.#operands.length === 0;
      await this.#searchFile(unnamed ? path.replace(/^\.\//, '') : path);
    }
  }

  #wanted(path: string): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const matches = (globs: readonly string[]): boolean =>
      globs.some((glob) =>
        new RegExp(
          `^${glob
            .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
            .replaceAll('*', '.*')
            .replaceAll('?', '.')}$`,
          's',
        ).test(name),
      );
    const include = this.#options.values('include');
    return (include.length === 0 || matches(include)) && !matches(this.#options.values('exclude'));
  }

  async #fail(path: string, error: unknown): Promise<void> {
    const text = errorText(error);
    this.#failed = true;
    if (!this.#options.has('s')) await this.#context.complain(`${path}: ${text}`);
  }

  async #searchFile(path: string): Promise<void> {
    let input: Input | undefined;
    try {
      input = await this.#context.open(path);
      await this.#searchInput(input, path === '-' ? '(standard input)' : path);
    } catch (error) {
      if (errnoOf(error) === undefined || errnoOf(error) === 'EPIPE') throw error;
      await this.#fail(path, error);
    } finally {
      input?.close();
    }
  }

  async #searchInput(input: Input, name: string): Promise<void> {
    const options = this.#options;
    const quiet = options.has('q') || options.has('l') || options.has('L') || options.has('c');
    const prefix = this.#names ? name : undefined;
    const printer = new LinePrinter(this.#context, options, prefix, this.#before, this.#after);
    let count = 0;
    let number = 0;
    search: for await (const lines of input.batches(options.has('z') ? 0 : 10)) {
      for (const line of lines) {
        number++;
        let match = this.#matcher.search(line, this.#context.process);
        if (match instanceof Promise) match = await match;
        if ((match !== undefined) === options.has('v')) {
          if (!quiet) await printer.other(line, number);
          continue;
        }
        if (count < this.#limit) {
          count++;
          this.#found = this.#found || !options.has('L');
          if (options.has('q') || options.has('l') || options.has('L')) break search;
          if (!quiet && this.#gnu && !options.has('a') && !options.has('z') && line.includes('\0')) {
            await this.#context.complain(`${name}: binary file matches`);
            break search;
          }
          if (!quiet) await printer.match(line, number, this.#matcher);
        }
        if (count >= this.#limit && !printer.wantsMore) break search;
      }
    }
    if (options.has('c')) await this.#context.out.write(`${prefix === undefined ? '' : `${prefix}:`}${count}\n`);
    if (options.has('l') && count > 0) await this.#context.out.write(`${name}\n`);
    if (options.has('L') && count === 0) {
      this.#found = true;
      await this.#context.out.write(`${name}\n`);
    }
  }
}

/** Prints the lines that match, with the lines around them. */
class LinePrinter {
  readonly #context: AppletContext;
  readonly #options: Options;
  readonly #prefix: string | undefined;
  readonly #before: number;
  readonly #after: number;
  readonly #held: { line: string; number: number }[] = [];
  #left = 0;
  #last = 0;

  constructor(context: AppletContext, options: Options, prefix: string | undefined, before: number, after: number) {
    this.#context = context;
    this.#options = options;
    this.#prefix = prefix;
    this.#before = before;
    this.#after = after;
  }

  /** Lines behind the last match are still to be printed. */
  get wantsMore(): boolean {
    return this.#left > 0;
  }

  async match(line: string, number: number, matcher: Expression): Promise<void> {
    const first = this.#held[0]?.number ?? number;
    const contexts = this.#before > 0 || this.#after > 0;
    if (contexts && this.#last > 0 && first > this.#last + 1) await this.#context.out.write('--\n');
    for (const held of this.#held.splice(0)) await this.#print(held.line, held.number, '-');
    if (!this.#options.has('o')) await this.#print(line, number, ':');
    else if (!this.#options.has('v')) await this.#printMatches(line, number, matcher);
    this.#last = number;
    this.#left = this.#after;
  }

  async other(line: string, number: number): Promise<void> {
    if (this.#left > 0) {
      this.#left--;
      this.#last = number;
      await this.#print(line, number, '-');
    } else if (this.#before > 0) {
      this.#held.push({ line, number });
      if (this.#held.length > this.#before) this.#held.shift();
    }
  }

  async #printMatches(line: string, number: number, matcher: Expression): Promise<void> {
    for (let at = 0; at <= line.length;) {
      const match = await matcher.search(line, this.#context.process, at);
      if (match === undefined) return;
      if (match[0] !== '') await this.#print(match[0], number, ':');
      at = placeBehind(line, match);
    }
  }

  async #print(line: string, number: number, mark: string): Promise<void> {
    const name = this.#prefix === undefined ? '' : this.#prefix + mark;
    // -T parts the text from what stands before it
    const tab = this.#options.has('T') ? '\t' : '';
    const place = (this.#options.has('n') ? `${number}${mark}` : '') + tab;
    const pause = this.#context.out.write(`${name}${place}${line}${this.#options.has('z') ? '\0' : '\n'}`);
    if (pause !== undefined) await pause;
  }
}
