/** `break` and `continue`. */
import { ShellError, ShellExit } from '../failures.ts';
import type { Builtin } from './builtin.ts';

export const breakLoop: Builtin = {
  names: ['break', 'continue'],
  special: true,
  async run(shell, [count = '1'], name) {
    if (!/^\d+$/.test(count) || Number(count) === 0) {
      if (shell.dialect.name !== 'bash') throw new ShellError(shell.dialect.messages.badNumber(count));
      if (/^\d+$/.test(count)) throw new ShellError(`${count}: loop count out of range`);
      await shell.complain(shell.dialect.messages.badNumber(count));
      throw new ShellExit(128);
    }
    if (shell.loopDepth === 0) {
      if (shell.dialect.name === 'bash') await shell.complain("only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    shell.unwinding = {
      kind: name === 'break' ? 'break' : 'continue',
      levels: Math.min(Number(count), shell.loopDepth),
    };
    return 0;
  },
};
