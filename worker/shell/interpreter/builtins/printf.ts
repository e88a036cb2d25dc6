/** `printf`. */
import { formatPrintf, type PrintfProblem } from '../../applets/printf-format.ts';
import { ShellError } from '../failures.ts';
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
    if (format === undefined)
      throw new ShellError(
        bash ? 'usage: printf [-v var] format [arguments]' : 'usage: printf format [arg ...]',
        bash ? 2 : undefined,
      );
    const { text, problems } = formatPrintf(
      format,
      values,
      bash ? 'bash' : shell.dialect.name === 'dash' ? 'dash' : 'busybox',
    );
    for (const problem of problems) await complain(shell, problem);
    if (variable === undefined) await shell.write(1, text);
    else shell.assign(variable, text);
    return problems.length > 0 ? 1 : 0;
  },
};

async function complain(shell: Shell, { kind, text }: PrintfProblem): Promise<void> {
  if (shell.dialect.name === 'ash') {
    await shell.write(2, `sh: ${kind === 'number' ? `invalid number '${text}'` : `${text}: invalid format`}\n`);
  } else if (shell.dialect.name === 'dash') {
    await shell.complain(kind === 'number' ? `${text}: expected numeric value` : `${text}: invalid directive`);
  } else {
    await shell.complain(
      kind === 'number' ? `${text}: invalid number` : `\`${text.slice(-1)}': invalid format character`,
    );
  }
}
