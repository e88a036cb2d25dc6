/** `umask`. */
import { parseMode } from '../../applets/modes.ts';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const umask: Builtin = {
  names: ['umask'],
  async run(shell, args) {
    const symbolic = args[0] === '-S';
    const mask = args.find((word) => word !== '-S' && word !== '-p' && word !== '--');
    if (mask === undefined) {
      const shown = symbolic ? symbolicMask(shell.process.umask) : shell.process.umask.toString(8).padStart(4, '0');
      await shell.write(1, `${shown}\n`);
      return 0;
    }
    shell.process.umask = parse(shell, mask);
    return 0;
  },
};

function parse(shell: Shell, text: string): number {
  if (/^[0-7]{1,4}$/.test(text)) return parseInt(text, 8) & 0o777;
  const mode = /^\d/.test(text) ? undefined : parseMode(text, 0o777 & ~shell.process.umask, true, 0);
  if (mode === undefined) throw new ShellError(illegal(shell, text));
  return 0o777 & ~mode;
}

function illegal(shell: Shell, text: string): string {
  if (shell.dialect.name === 'dash' && /^\d/.test(text)) return shell.dialect.messages.badNumber(text);
  if (shell.dialect.name !== 'bash') return `${shell.dialect.name === 'dash' ? 'Illegal' : 'illegal'} mode: ${text}`;
  return /^\d/.test(text)
    ? `${text}: octal number out of range`
    : `\`${text.replace(/^[ugoa]+/, '').charAt(0)}': invalid symbolic mode operator`;
}

function symbolicMask(mask: number): string {
  const letters = (shift: number): string =>
    ['r', 'w', 'x'].filter((_, index) => ((mask >> shift) & (4 >> index)) === 0).join('');
  return `u=${letters(6)},g=${letters(3)},o=${letters(0)}`;
}
