/** `unset`. */
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const unset: Builtin = {
  names: ['unset'],
  special: true,
  run(shell, args) {
    const option = /^-[fvn]$/.test(args[0] ?? '') ? args[0] : undefined;
    for (const word of option === undefined ? args : args.slice(1)) {
      const element = /^(\w+)\[(.+)\]$/.exec(word);
      if (option === '-f') shell.functions.delete(word);
      else if (element?.[1] !== undefined && element[2] !== undefined && shell.dialect.features.arrays === true) {
        if (element[2] === '@' || element[2] === '*') shell.unset(element[1]);
        else shell.variables.unsetElement(element[1], shell.subscriptOf(element[1], element[2]));
      } else if (isName(word)) {
        if (shell.variables.find(word) === undefined && option === undefined && shell.dialect.name === 'bash')
          shell.functions.delete(word);
        else unsetVariable(shell, word);
      } else if (shell.dialect.name !== 'bash') throw new ShellError(`${word}: bad variable name`);
    }
    return 0;
  },
};

function unsetVariable(shell: Shell, name: string): void {
  if (shell.dialect.name === 'bash' && shell.variables.find(name)?.readOnly === true) {
    throw new ShellError(`${name}: cannot unset: readonly variable`, 1);
  }
  shell.unset(name);
}
