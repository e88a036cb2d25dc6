/** `enable`: which builtins of bash are used; those that are off give way to programs. */
import { ShellError } from '../failures.ts';
import type { Builtin } from './builtin.ts';
import { builtinNames } from './index.ts';

export const enable: Builtin = {
  names: ['enable'],
  dialects: ['bash'],
  async run(shell, args) {
    const off = args.some((word) => /^-[^-]*n/.test(word));
    const names = args.filter((word) => !word.startsWith('-'));
    const known = builtinNames(shell.dialect);
    if (names.length === 0) {
      const shown = known.filter((name) => shell.disabledBuiltins.has(name) === off).sort();
      await shell.write(1, shown.map((name) => `enable ${off ? '-n ' : ''}${name}\n`).join(''));
      return 0;
    }
    for (const name of names) {
      if (!known.includes(name)) throw new ShellError(`${name}: not a shell builtin`, 1);
      if (off) shell.disabledBuiltins.add(name);
      else shell.disabledBuiltins.delete(name);
    }
    return 0;
  },
};
