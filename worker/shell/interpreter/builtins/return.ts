/** `return`. */
import { ShellError, ShellExit } from '../failures.ts';
import type { Builtin } from './builtin.ts';

export const returnBuiltin: Builtin = {
  names: ['return'],
  special: true,
  async run(shell, [text]) {
    const status = text === undefined ? shell.lastStatus : Number(text);
    if (!Number.isInteger(status)) throw new ShellError(shell.dialect.messages.badNumber(text ?? ''), 2);
    if (shell.functionNames.length === 0 && shell.sourceDepth === 0) {
      if (shell.dialect.name !== 'bash') throw new ShellExit(status & 0xff);
      throw new ShellError("can only `return' from a function or sourced script", 2);
    }
    // dash lets `$?` be larger than an exit status can.
    const kept = shell.dialect.name === 'dash' ? status : status & 0xff;
    shell.lastStatus = kept;
    shell.unwinding = { kind: 'return' };
    return kept;
  },
};
