/** `exec`: replaces the shell by a program. Its redirections are the caller's affair. */
import { resolvePath } from '../../../base/path.ts';
import { strerror, type Errno } from '../../kernel/errno.ts';
import { findExecutable } from '../../kernel/exec.ts';
import { ShellError, ShellExit } from '../failures.ts';
import { runProgram } from '../programs.ts';
import type { Shell } from '../shell.ts';
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
    else if (shell.dialect.name === 'bash' && found.errno === 'ENOENT' && !name.includes('/'))
      throw new ShellError(`${name}: not found`, 127);
    else if (shell.dialect.name === 'bash' && name.includes('/'))
      throw new ShellExit(await refuse(shell, name, found.errno));
    throw new ShellExit(await runProgram(shell, shell.process, words, shell.variables.environment(), argv0));
  },
};

/** bash names the file by its whole path, and says twice that it cannot execute one. */
async function refuse(shell: Shell, name: string, errno: Errno): Promise<number> {
  const path = resolvePath(name, shell.process.cwd);
  const isDirectory = shell.process.files.find(path)?.inode.kind === 'directory';
  const reason = strerror(isDirectory ? 'EISDIR' : errno);
  shell.command = undefined;
  await shell.complain(`${path}: ${reason}`);
  if (errno === 'ENOENT') return 127;
  await shell.complain(`exec: ${path}: cannot execute: ${reason}`);
  return 126;
}
