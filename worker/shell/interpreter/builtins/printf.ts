/** `printf`. */
import { formatPrintf, type PrintfProblem } from '../../applets/printf-format.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const printf: Builtin = {
  names: ['printf'],
  async run(shell, args) {
    const bash = shell.dialect.name === 'bash';
    let words = args[0] === '--' ? args.slice(1) : args;
    const variable = bash && words[0] === '-v' ? words[1] : undefined;
    if (variable !== undefined) words = words.slice(2);
    const [format, ...values] = words;
    if (format === undefined) return complainOfUsage(shell);
    const kind = bash ? 'bash' : shell.dialect.name === 'dash' ? 'dash' : 'busybox';
    const { text, problems } = formatPrintf(format, values, kind, shell.process.kernel.clock.nowMs());
    for (const problem of problems) await complain(shell, problem);
    if (variable === undefined) await shell.write(1, text);
    else assignTo(shell, variable, text);
    if (problems.some((problem) => problem.kind === 'directive') && kind === 'dash') return 2;
    return problems.length > 0 ? 1 : 0;
  },
};

function assignTo(shell: Shell, variable: string, text: string): void {
  const [, name, subscript] = /^(\w+)\[(.+)\]$/s.exec(variable) ?? [];
  if (name === undefined || subscript === undefined) shell.assign(variable, text);
  else shell.assignElement(name, subscript, text);
}

async function complainOfUsage(shell: Shell): Promise<number> {
  switch (shell.dialect.name) {
    case 'ash':
      await shell.write(2, 'sh: usage: printf FORMAT [ARGUMENT...]\n');
      return 2;
    case 'dash':
      await shell.complain('usage: printf format [arg ...]');
      return 2;
    case 'bash':
      await shell.write(2, 'printf: usage: printf [-v var] format [arguments]\n');
      return 2;
  }
}

async function complain(shell: Shell, { kind, text }: PrintfProblem): Promise<void> {
  const number = kind !== 'directive';
  switch (shell.dialect.name) {
    case 'ash':
      await shell.write(
        2,
        number ? `sh: invalid number '${text}'\n` : `sh: ${text.replace(/^%[hlLjzt]+/, '%')}: invalid format\n`,
      );
      return;
    case 'dash': {
      const what = kind === 'trailing' ? 'not completely converted' : 'expected numeric value';
      await shell.complain(
        number ? `${text}: ${what}` : `${/^%[^a-zA-Z]*[a-zA-Z]?/.exec(text)?.[0] ?? text}: invalid directive`,
      );
      return;
    }
    case 'bash': {
      const letter = /^%[-+ #0'*.\d]*[hlLjzt]*(.?)/s.exec(text)?.[1] ?? '';
      await shell.complain(number ? `${text}: invalid number` : `\`${letter}': invalid format character`);
    }
  }
}
