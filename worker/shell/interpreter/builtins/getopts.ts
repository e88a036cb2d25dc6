/** `getopts`. */
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const getopts: Builtin = {
  names: ['getopts'],
  async run(shell, [spec, name, ...given]) {
    if (spec === undefined || name === undefined) return complainOfUsage(shell);
    const words = given.length > 0 ? given : shell.positional;
    // In the middle of a cluster ash and dash show the next word's number already, bash still this one's.
    const ahead = shell.dialect.name === 'bash' ? 0 : 1;
    let index = Math.max(1, Number(shell.variables.get('OPTIND') ?? '1') - (shell.optionOffset > 0 ? ahead : 0));
    const word = words[index - 1];
    const offset = shell.optionOffset === 0 ? 1 : shell.optionOffset;
    if (word === undefined || !word.startsWith('-') || word === '-' || word === '--') {
      return finish(shell, name, word === '--' ? index + 1 : index);
    }
    const letter = word[offset] ?? '';
    const at = letter === ':' ? -1 : spec.indexOf(letter, spec.startsWith(':') ? 1 : 0);
    const takesValue = at !== -1 && spec[at + 1] === ':';
    let nextOffset = offset + 1;
    let value: string | undefined;
    let result = letter;
    let message: string | undefined;
    if (at === -1) {
      result = '?';
      message = illegal(shell, letter);
    } else if (takesValue) {
      value = nextOffset < word.length ? word.slice(nextOffset) : words[index];
      if (nextOffset >= word.length) index++;
      nextOffset = word.length;
      if (value === undefined) {
        result = spec.startsWith(':') ? ':' : '?';
        message = missing(shell, letter);
        index--;
      }
    }
    const silent = spec.startsWith(':');
    if (nextOffset >= word.length) {
      index++;
      nextOffset = 0;
    }
    if (message !== undefined && silent) value = letter;
    if (message !== undefined && !silent && shell.variables.get('OPTERR') !== '0') await shell.write(2, `${message}\n`);
    const unsets = message !== undefined || shell.dialect.name === 'bash';
    if (value === undefined && unsets) shell.unset('OPTARG');
    else if (value === undefined) shell.assign('OPTARG', '');
    else shell.assign('OPTARG', value);
    shell.assign('OPTIND', String(index + (nextOffset > 0 ? ahead : 0)));
    shell.optionOffset = nextOffset;
    shell.assign(name, result);
    return 0;
  },
};

function finish(shell: Shell, name: string, index: number): number {
  shell.unset('OPTARG');
  shell.assign('OPTIND', String(index));
  shell.optionOffset = 0;
  shell.assign(name, '?');
  return 1;
}

function illegal(shell: Shell, letter: string): string {
  return shell.dialect.name === 'bash' ? `${shell.name}: illegal option -- ${letter}` : `Illegal option -${letter}`;
}

function missing(shell: Shell, letter: string): string {
  return shell.dialect.name === 'bash'
    ? `${shell.name}: option requires an argument -- ${letter}`
    : `No arg for -${letter} option`;
}

async function complainOfUsage(shell: Shell): Promise<number> {
  if (shell.dialect.name === 'bash') {
    await shell.write(2, 'getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  throw new ShellError(
    shell.dialect.name === 'dash' ? 'Usage: getopts optstring var [arg...]' : 'usage: getopts optstring var [arg]',
  );
}
