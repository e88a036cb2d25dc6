/** xargs */
import { strerror } from '../kernel/errno.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseCount } from './numbers.ts';
import { parseOptions, type Options } from './options.ts';
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
    const options = parseOptions(context.args, '+0a:ortpE:e::I:i::n:s:P:x', {
      null: '0', 'arg-file': 'a', 'no-run-if-empty': 'r', 'max-args': 'n', 'max-procs': 'P',
      verbose: 't', replace: 'i', 'max-chars': 's', exit: 'x', interactive: 'p',
    }); // prettier-ignore
    for (const option of ['n', 's', 'P']) {
      const value = options.value(option) ?? '1';
      if (parseCount(value) === undefined) return context.complain(`invalid number '${value}'`);
    }
    const path = options.value('a') ?? '-';
    let text: string;
    try {
      const input = await context.open(path);
      text = await input.text();
      input.close();
    } catch (error) {
      return context.report(path, error);
    }
    const replaced =
      options.has('I') || options.has('i') ? (options.value('I') ?? options.value('i')) || '{}' : undefined;
    const form = options.has('0') ? 'nul' : replaced === undefined ? 'words' : 'lines';
    const { items, problem } = splitItems(text, form, options.value('E') ?? options.value('e'));
    if (problem !== undefined) return context.complain(problem);
    const command = options.operands.length === 0 ? ['echo'] : options.operands;
    const commands =
      replaced === undefined
        ? batches(command, items, options)
        : items.map((item) => command.map((word) => word.replaceAll(replaced, () => item)));
    if (commands.length === 0 && replaced === undefined && !options.has('r')) commands.push([...command]);
    return runAll(context, commands, options.has('t'));
  },
};

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
