/** `kill`. */
import { parseSignal, SIGNAL_NAMES, signalNumber } from '../../kernel/signals.ts';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const kill: Builtin = {
  names: ['kill'],
  async run(shell, args) {
    if (args[0] === '-l') return list(shell, args.slice(1));
    const { signal, targets } = parse(shell, args);
    if (targets.length === 0) return complainOfUsage(shell);
    let status = 0;
    for (const target of targets) {
      if (!/^(?:%|-?\d+$)/.test(target)) {
        status = await complainOfTarget(shell, target);
        continue;
      }
      const pid = target.startsWith('%') ? shell.jobs.bySpec(target)?.process.pid : Number(target);
      if (pid !== undefined && Number.isInteger(pid) && shell.process.kernel.signal(Math.abs(pid), signal)) continue;
      await shell.write(2, noSuchProcess(shell, target));
      status = 1;
    }
    const pause = shell.process.checkpoint();
    if (pause !== undefined) await pause;
    return status;
  },
};

function parse(
  shell: Shell,
  args: readonly string[],
): { signal: (typeof SIGNAL_NAMES)[number]; targets: readonly string[] } {
  const [first = '', second = ''] = args;
  const [text, targets] =
    first === '-s' || first === '-n'
      ? [second, args.slice(2)]
      : /^-./.test(first) && first !== '--'
        ? [first.slice(1), args.slice(1)]
        : ['TERM', args];
  const signal = parseSignal(text);
  if (signal === undefined) throw badSignal(shell, text);
  return { signal, targets: targets[0] === '--' ? targets.slice(1) : targets };
}

async function complainOfUsage(shell: Shell): Promise<number> {
  switch (shell.dialect.name) {
    case 'ash':
      await shell.write(2, 'sh: you need to specify whom to kill\n');
      return 1;
    case 'dash':
      throw new ShellError('Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]');
    case 'bash':
      await shell.write(
        2,
        'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
      );
      return 2;
  }
}

async function complainOfTarget(shell: Shell, target: string): Promise<number> {
  if (shell.dialect.name === 'dash') throw new ShellError(`Illegal number: ${target}`);
  if (shell.dialect.name === 'ash') await shell.write(2, `sh: invalid number '${target}'\n`);
  else await shell.complain(`${target}: arguments must be process or job IDs`);
  return 1;
}

function badSignal(shell: Shell, text: string): ShellError {
  switch (shell.dialect.name) {
    case 'ash': {
      const error = new ShellError(`bad signal name '${text}'`, 1);
      error.prefix = 'sh: ';
      return error;
    }
    case 'dash':
      return new ShellError(`Illegal option -${text.charAt(0)}`);
    case 'bash':
      return new ShellError(`${text}: invalid signal specification`, 1);
  }
}

function noSuchProcess(shell: Shell, target: string): string {
  switch (shell.dialect.name) {
    case 'bash':
      return `${shell.name}: line ${shell.line}: kill: (${target}) - No such process\n`;
    case 'dash':
      return `${shell.name}: ${shell.line}: kill: No such process\n\n`;
    case 'ash':
      return `sh: can't kill pid ${target}: No such process\n`;
  }
}

async function list(shell: Shell, names: readonly string[]): Promise<number> {
  if (names.length === 0) {
    await shell.write(
      1,
      `${SIGNAL_NAMES.slice(1)
        .map((name, index) => `${String(index + 1).padStart(2)}) ${name}`)
        .join('\n')}\n`,
    );
    return 0;
  }
  for (const name of names) {
    const number = Number(name);
    const signal = Number.isNaN(number) ? parseSignal(name) : SIGNAL_NAMES[number > 128 ? number - 128 : number];
    if (signal === undefined) throw new ShellError(`${name}: invalid signal specification`, 1);
    await shell.write(1, `${Number.isNaN(number) ? signalNumber(signal) : signal}\n`);
  }
  return 0;
}
