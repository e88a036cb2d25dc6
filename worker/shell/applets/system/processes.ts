/** pgrep, pkill, pidof and killall: processes by name. */
import type { Process } from '../../kernel/process.ts';
import { parseSignal, type SignalName } from '../../kernel/signals.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { regularExpressionOf } from '../regular-expression.ts';
import { parseOptions, UsageError } from '../options.ts';
import { processesOf, programName } from './process-table.ts';

/** The processes a pattern is for, this program's own left out. */
function matching(context: AppletContext, pattern: string, whole: boolean, exact: boolean): Process[] {
  const expression = regularExpressionOf(exact ? `^(${pattern})$` : pattern, { extended: true });
  return processesOf(context).filter(
    (one) =>
      one !== context.process &&
      expression.find(whole ? one.argv.join(' ') : programName(one), context.process) !== undefined,
  );
}

export const pgrep: Applet = {
  names: ['pgrep'],
  summary: 'Display process(es) selected by regex PATTERN',
  usage: '[-flanovx] [-s SID|-P PPID|PATTERN]',
  usageStatus: 2,
  async run(context) {
    const options = parseOptions(context.args, 'flanovxcu:P:', {
      full: 'f',
      exact: 'x',
      'list-name': 'l',
      'list-full': 'a',
      count: 'c',
    });
    const [pattern] = options.operands;
    if (pattern === undefined) throw new UsageError('');
    const found = matching(context, pattern, options.has('f'), options.has('x'));
    const shown = options.has('o') ? found.slice(0, 1) : options.has('n') ? found.slice(-1) : found;
    if (options.has('c')) await context.out.write(`${shown.length}\n`);
    for (const one of options.has('c') ? [] : shown) {
      const more = options.has('a') ? ` ${one.argv.join(' ')}` : options.has('l') ? ` ${programName(one)}` : '';
      await context.out.write(`${one.pid}${more}\n`);
    }
    return shown.length > 0 ? 0 : 1;
  },
};

export const pkill: Applet = {
  names: ['pkill', 'killall'],
  summary: 'Send signal to processes selected by regex PATTERN',
  usage: '[-SIGNAL] [-fnovx] [PATTERN]',
  usageStatus: 2,
  async run(context) {
    const { signal, words } = signalOf(context.args);
    const options = parseOptions(words, 'fnovxqew', { full: 'f', exact: 'x', quiet: 'q', wait: 'w' });
    if (options.operands.length === 0 || signal === undefined) throw new UsageError('');
    let status = 0;
    for (const pattern of options.operands) {
      const exact = options.has('x') || context.name === 'killall';
      const found = matching(context, pattern, options.has('f'), exact);
      if (found.length === 0) {
        status = 1;
        if (context.name === 'killall' && !options.has('q')) await context.complain(`${pattern}: no process killed`);
      }
      for (const { pid } of found) context.process.kernel.signal(pid, signal);
    }
    return status;
  },
};

/** `-9`, `-TERM` or `-SIGTERM` in front of everything else. */
function signalOf(args: readonly string[]): { signal: SignalName | undefined; words: readonly string[] } {
  const [first = '', ...others] = args;
  const named = /^-(?:\d+|(?:SIG)?[A-Z]+\d?)$/.test(first) ? parseSignal(first.slice(1)) : undefined;
  return named === undefined ? { signal: 'TERM', words: args } : { signal: named, words: others };
}

export const pidof: Applet = {
  names: ['pidof'],
  summary: 'List PIDs of all processes with names that match NAMEs',
  usage: '[-s] [-o PID] [NAME]...',
  async run(context) {
    const options = parseOptions(context.args, 'so:x');
    const found = processesOf(context)
      .filter((one) => options.operands.includes(programName(one)))
      .map(({ pid }) => pid)
      .reverse();
    const shown = options.has('s') ? found.slice(0, 1) : found;
    if (shown.length > 0) await context.out.write(`${shown.join(' ')}\n`);
    return shown.length > 0 ? 0 : 1;
  },
};
