/** `shift`. */
import { ShellError } from '../failures.ts';
import type { Builtin } from './builtin.ts';

export const shift: Builtin = {
  names: ['shift'],
  special: true,
  run(shell, [count = '1']) {
    if (!/^\d+$/.test(count)) throw new ShellError(shell.dialect.messages.badNumber(count));
    if (Number(count) > shell.positional.length) {
      if (shell.dialect.name === 'dash') throw new ShellError("can't shift that many");
      return 1;
    }
    shell.positional = shell.positional.slice(Number(count));
    return 0;
  },
};
