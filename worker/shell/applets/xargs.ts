/** xargs */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, UsageError, type Options } from './options.ts';
import { splitItems } from './xargs-items.ts';

/** Bytes of a command line unless -s says otherwise: what busybox takes of the system's limit. */
const DEFAULT_COMMAND_BYTES = 32 * 1024;
const FAILED = 123;
const ABORTED = 124;
const CANNOT_EXECUTE = 126;
const NOT_FOUND = 127;

export const xargs: Applet = {
  names: ['xargs'],
  summary: 'Run PROG on every item given by stdin',
  usage: '[OPTIONS] [PROG ARGS]',
  async run(context) {
    const options = parseOptions(context.args, `+0a:ortpE:e::I:i::n:s:P:x${context.flavour === 'gnu' ? 'd:L:l::' : ''}`, {
      null: '0', 'arg-file': 'a', 'no-run-if-empty': 'r', 'max-args': 'n', 'max-procs': 'P',
      delimiter: 'd', 'max-lines': 'l', 'show-limits': 'limits', eof: 'e', verbose: 't', replace: 'i', 'max-chars': 's', exit: 'x', interactive: 'p',
    }); // prettier-ignore
    for (const option of ['n', 's', 'P']) {
      const value = options.value(option) ?? '1';
      if (parseCount(value) === undefined)
        return wrong(context, `invalid number '${value}'`, `invalid number "${value}" for -${option} option`);
      if (context.flavour === 'gnu' && option !== 'P' && parseCount(value) === 0)
        throw new UsageError(`value 0 for -${option} option should be >= 1`);
    }
    const path = options.value('a') ?? '-';
    let text: string;
    try {
      const input = await context.open(path);
      text = await input.text();
      input.close();
    } catch (error) {
      return context.report(context.word(path, `Cannot open input file '${path}'`), error);
    }
    const replaced =
      options.has('I') || options.has('i') ? (options.value('I') ?? options.value('i')) || '{}' : undefined;
    const form = options.has('0') ? 'nul' : replaced === undefined ? 'words' : 'lines';
    const delimiter = options.value('d');
    const perLine = options.has('L') || options.has('l');
    const { items, problem } =
      delimiter !== undefined
        ? { items: splitAt(text, unescapeDelimiter(delimiter)), problem: undefined }
        : splitItems(text, form, options.value('E') ?? options.value('e'));
    if (problem !== undefined)
      return context.complain(
        context.word(problem, `${problem}; by default quotes are special to xargs unless you use the -0 option`),
      );
    const command = options.operands.length === 0 ? ['echo'] : options.operands;
    const commands =
      replaced === undefined
        ? perLine
          ? linesOf(text, Number(options.value('L') ?? options.value('l') ?? 1)).map((words) => [...command, ...words])
          : batches(command, items, options)
        : items.map((item) => command.map((word) => word.replaceAll(replaced, () => item)));
    if (commands.length === 0 && replaced === undefined && !options.has('r')) commands.push([...command]);
    return runAll(context, commands, options.has('t'));
  },
};

/** A mistake in an option: GNU's xargs tells of its help as well. */
function wrong(context: AppletContext, message: string, gnuMessage: string): Promise<number> {
  if (context.flavour === 'gnu') throw new UsageError(gnuMessage);
  return context.complain(message);
}

/** A character, or an escape for one, as `-d` takes it. */
function unescapeDelimiter(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\\\': '\\' };
  return escapes[text] ?? text.slice(0, 1);
}

/** What lies between delimiters; quotes and blanks are nothing special. */
function splitAt(text: string, delimiter: string): string[] {
  const items = text.split(delimiter);
  if (items.at(-1) === '') items.pop();
  return items;
}

/** The items of each `count` lines that are not blank; one that ends with a blank goes on with the next. */
function linesOf(text: string, count: number): (readonly string[])[] {
  const groups: string[][] = [];
  let lines = 0;
  for (const line of text.replace(/([ \t])\n/g, '$1').split('\n')) {
    const { items } = splitItems(line, 'words', undefined);
    if (items.length === 0) continue;
    if (lines++ % count === 0) groups.push([]);
    groups.at(-1)?.push(...items);
  }
  return groups;
}

/** The command with as many items behind it as -n and -s let it have, as often as it takes. */
function batches(command: readonly string[], items: readonly string[], options: Options): string[][] {
  const maxItems = parseCount(options.value('n') ?? '') ?? Infinity;
  const maxBytes = parseCount(options.value('s') ?? '') ?? DEFAULT_COMMAND_BYTES;
  const fixedBytes = command.reduce((sum, word) => sum + word.length + 1, 0);
  const commands: string[][] = [];
  let batch: string[] = [];
  let bytes = fixedBytes;
  for (const item of items) {
    if (batch.length > 0 && (batch.length >= maxItems || bytes + item.length + 1 > maxBytes)) {
      commands.push([...command, ...batch]);
      batch = [];
      bytes = fixedBytes;
    }
    batch.push(item);
    bytes += item.length + 1;
  }
  if (batch.length > 0) commands.push([...command, ...batch]);
  return commands;
}

/** Runs the commands one after the other: with -P too, which promises no order. */
async function runAll(context: AppletContext, commands: readonly string[][], trace: boolean): Promise<number> {
  let status = 0;
  for (const command of commands) {
    const [program = ''] = command;
    if (trace) await context.err.write(`${command.join(' ')}\n`);
    const result = await context.spawn(command);
    if (typeof result !== 'number') {
      await context.complain(`${program}: ${result.reason ?? strerror(result.errno)}`);
      return result.errno === 'ENOENT' ? NOT_FOUND : CANNOT_EXECUTE;
    }
    if (result === 255) {
      await context.complain(`${program}: exited with status 255; aborting`);
      return ABORTED;
    }
    if (result !== 0) status = FAILED;
  }
  return status;
}
