/** `exec`: replaces the shell by a program. Its redirections are the caller's affair. */
import { findExecutable } from '../../kernel/exec.ts';
import { ShellError, ShellExit } from '../failures.ts';
import { runProgram } from '../programs.ts';
import type { Builtin } from './builtin.ts';

export const exec: Builtin = {
  names: ['exec'],
  special: true,
  async run(shell, args) {
    let words = args[0] === '--' ? args.slice(1) : args;
    let argv0: string | undefined;
    if (words[0] === '-a' && shell.dialect.name !== 'dash') {
      argv0 = words[1];
      words = words.slice(2);
    }
    const [name] = words;
    if (name === undefined) return 0;
    const found = findExecutable(shell.process, name, shell.variables.get('PATH'));
    if ('path' in found) shell.traps.reset('EXIT');
    else if (shell.dialect.name === 'bash' && found.errno === 'ENOENT') throw new ShellError(`${name}: not found`, 127);
    throw new ShellExit(await runProgram(shell, shell.process, words, shell.variables.environment(), argv0));
  },
};
