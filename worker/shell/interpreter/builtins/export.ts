/** `export` and `readonly`. */
import { assign } from '../assignments.ts';
import { ShellError } from '../failures.ts';
import { almquistQuoted, doubleQuoted } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import { isName, type Variable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const exportBuiltin: Builtin = {
  names: ['export', 'readonly'],
  special: true,
  async run(shell, args, name) {
    const attribute = name === 'export' ? ({ exported: true } as const) : ({ readOnly: true } as const);
    const options = args.filter(
      (word, index) => /^-[a-zA-Z]+$/.test(word) && args.slice(0, index).every((one) => one.startsWith('-')),
    );
    const words = args.slice(options.length).filter((word, index) => index > 0 || word !== '--');
    const wrong = options.join('').replace(/[-p]/g, '').charAt(0);
    if (wrong !== '' && (shell.dialect.name === 'dash' || !'nfaA'.includes(wrong))) {
      throw new ShellError(badOption(shell, wrong), 2);
    }
    if (words.length === 0) {
      await print(shell, name);
      return 0;
    }
    let status = 0;
    for (const word of words) {
      const equals = word.indexOf('=');
      const target = equals === -1 ? word : word.slice(0, equals);
      const variable = shell.dialect.features.arrays === true ? target.replace(/\+$/, '') : target;
      if (!isName(variable)) {
        const message =
          shell.dialect.name === 'bash' ? `\`${word}': not a valid identifier` : `${variable}: bad variable name`;
        if (shell.dialect.name !== 'bash') throw new ShellError(message);
        await shell.complain(message);
        status = 1;
        continue;
      }
      if (options.some((option) => option.includes('n'))) {
        shell.variables.withdraw(variable, ['exported']);
        continue;
      }
      if (equals !== -1)
        assign(shell, { name: variable, append: word[equals - 1] === '+', value: word.slice(equals + 1) });
      shell.variables.declare(variable, attribute);
    }
    return status;
  },
};

async function print(shell: Shell, name: string): Promise<void> {
  const wanted = (variable: Variable | undefined): boolean =>
    (name === 'export' ? variable?.exported : variable?.readOnly) === true;
  for (const one of shell.variables.names()) {
    const variable = shell.variables.find(one);
    if (variable === undefined || !wanted(variable)) continue;
    const bash = shell.dialect.name === 'bash';
    const value =
      variable.value === undefined ? '' : `=${bash ? doubleQuoted(variable.value) : almquistQuoted(variable.value)}`;
    await shell.write(1, `${bash ? `declare -${name === 'export' ? 'x' : 'r'}` : name} ${one}${value}\n`);
  }
}

function badOption(shell: Shell, letter: string): string {
  if (shell.dialect.name === 'bash') return `-${letter}: invalid option`;
  return `${shell.dialect.name === 'dash' ? 'Illegal' : 'illegal'} option -${letter}`;
}
