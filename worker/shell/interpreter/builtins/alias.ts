/** `alias` and `unalias`. What they stand for is put in when a line is read. */
import { almquistQuoted, singleQuoted } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const alias: Builtin = {
  names: ['alias'],
  async run(shell, args) {
    let status = 0;
    if (args.length === 0) {
      for (const name of [...shell.aliases.keys()].sort()) await print(shell, name);
    }
    for (const word of args) {
      const equals = word.indexOf('=', 1);
      if (equals > 0) {
        shell.aliases.set(word.slice(0, equals), word.slice(equals + 1));
      } else if (shell.aliases.has(word)) {
        await print(shell, word);
      } else {
        await (shell.dialect.name === 'bash'
          ? shell.complain(`${word}: not found`)
          : shell.write(2, `alias: ${word} not found\n`));
        status = 1;
      }
    }
    return status;
  },
};

async function print(shell: Shell, name: string): Promise<void> {
  const value = shell.aliases.get(name) ?? '';
  const bash = shell.dialect.name === 'bash';
  await shell.write(1, `${bash ? 'alias ' : ''}${name}=${bash ? singleQuoted(value) : almquistQuoted(value)}\n`);
}

export const unalias: Builtin = {
  names: ['unalias'],
  async run(shell, args) {
    if (args[0] === '-a') {
      shell.aliases.clear();
      return 0;
    }
    let status = 0;
    for (const name of args) {
      if (shell.aliases.delete(name)) continue;
      await (shell.dialect.name === 'bash'
        ? shell.complain(`${name}: not found`)
        : shell.write(2, `unalias: ${name} not found\n`));
      status = 1;
    }
    return status;
  },
};
