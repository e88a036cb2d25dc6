/** `set`: options and positional parameters. */
import { ShellError } from '../failures.ts';
import { OPTION_NAMES, optionOfLetter, optionOfName, type OptionName } from '../options.ts';
import { almquistQuoted, quotedIfNeeded } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const set: Builtin = {
  names: ['set'],
  special: true,
  async run(shell, args) {
    if (args.length === 0) {
      await printVariables(shell);
      return 0;
    }
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? '';
      if (word === '--' || word === '-') {
        if (word === '-') shell.options.delete('xtrace');
        if (word === '--' || at + 1 < args.length) shell.positional = args.slice(at + 1);
        return 0;
      }
      if (!/^[-+]./.test(word)) {
        shell.positional = args.slice(at);
        return 0;
      }
      for (const letter of word.slice(1)) {
        if (letter !== 'o')
          switchOption(shell, optionOfLetter(letter), word.startsWith('-'), `${word.slice(0, 1)}${letter}`);
        else if (args[at + 1] === undefined) await printOptions(shell, word.startsWith('-'));
        else if (!(await switchNamed(shell, args[++at] ?? '', word.startsWith('-')))) return 1;
      }
    }
    return 0;
  },
};

/** `set -o name`. A name ash does not know is told, but does not end it as the other mistakes do: false then. */
async function switchNamed(shell: Shell, name: string, on: boolean): Promise<boolean> {
  const option = optionOfName(name);
  if (option === undefined && shell.dialect.name === 'ash') {
    await shell.complain(`illegal option -o ${name}`);
    return false;
  }
  switchOption(shell, option, on, `-o ${name}`);
  return true;
}

function switchOption(shell: Shell, option: OptionName | undefined, on: boolean, written: string): void {
  const known = option !== undefined && (option !== 'pipefail' || shell.dialect.name !== 'dash');
  if (!known) throw unknownOption(shell, written);
  if (on) shell.options.add(option);
  else shell.options.delete(option);
}

const BASH_USAGE = 'set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]';

function unknownOption(shell: Shell, written: string): ShellError {
  if (shell.dialect.name !== 'bash') {
    return new ShellError(`${shell.dialect.name === 'dash' ? 'Illegal' : 'illegal'} option ${written}`);
  }
  if (written.startsWith('-o ')) return new ShellError(`${written.slice(3)}: invalid option name`, 2);
  return new ShellError(`${written}: invalid option\n${BASH_USAGE}`, 2);
}

async function printOptions(shell: Shell, readable: boolean): Promise<void> {
  const lines = (shell.dialect.name === 'bash' ? [...OPTION_NAMES].sort() : OPTION_NAMES).map((name) => {
    const on = shell.options.has(name);
    if (!readable) return `set ${on ? '-' : '+'}o ${name}\n`;
    return shell.dialect.name === 'bash'
      ? `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`
      : `${name.padEnd(16)}${on ? 'on' : 'off'}\n`;
  });
  const heading = readable && shell.dialect.name !== 'bash' ? 'Current option settings\n' : '';
  await shell.write(1, heading + lines.join(''));
}

async function printVariables(shell: Shell): Promise<void> {
  const quote = shell.dialect.name === 'bash' ? quotedIfNeeded : almquistQuoted;
  const lines = shell.variables.names().flatMap((name) => {
    const variable = shell.variables.find(name);
    if (variable?.elements !== undefined) {
      const elements = [...variable.elements].map(([key, value]) => `[${key}]="${value}"`);
      return [`${name}=(${elements.join(' ')})\n`];
    }
    return variable?.value === undefined ? [] : [`${name}=${quote(variable.value)}\n`];
  });
  await shell.write(1, lines.join(''));
}
