/** `hash`: nothing is remembered here, so it only checks that names can be found. */
import { findExecutable } from '../../kernel/exec.ts';
import type { Builtin } from './builtin.ts';

export const hash: Builtin = {
  names: ['hash'],
  async run(shell, args) {
    if (args.length === 0 && shell.dialect.name === 'bash') await shell.write(1, 'hash: hash table empty\n');
    let status = 0;
    for (const name of args.filter((word) => !word.startsWith('-'))) {
      if ('path' in findExecutable(shell.process, name, shell.variables.get('PATH'))) continue;
      await shell.complain(`${name}: not found`);
      status = 1;
    }
    return status;
  },
};
