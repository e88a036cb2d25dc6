/** `exit`. */
import { ShellError, ShellExit } from '../failures.ts';
import type { Builtin } from './builtin.ts';

export const exit: Builtin = {
  names: ['exit'],
  special: true,
  async run(shell, [status]) {
    if (status === undefined) throw new ShellExit(shell.lastStatus);
    if (/^-?\d+$/.test(status) && (shell.dialect.name === 'bash' || !status.startsWith('-')))
      throw new ShellExit(Number(status) & 0xff);
    if (shell.dialect.name !== 'bash') throw new ShellError(shell.dialect.messages.badNumber(status));
    await shell.complain(shell.dialect.messages.badNumber(status));
    throw new ShellExit(2);
  },
};
