/** `local`, and bash's `declare` and `typeset`. */
import { assign } from '../assignments.ts';
import { ShellError } from '../failures.ts';
import { doubleQuoted } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import { isName, ReadOnlyVariableError, type Variable } from '../variables.ts';
import type { Builtin } from './builtin.ts';

export const local: Builtin = {
  names: ['local'],
  special: true,
  run(shell, args) {
    if (shell.functionNames.length === 0) {
      throw new ShellError(
        shell.dialect.name === 'bash' ? 'can only be used in a function' : 'not in a function',
        shell.dialect.statuses.usage,
      );
    }
    const { options, words } = split(shell, args);
    for (const word of words) {
      // bash: the options of `set` are as before when the function ends
      if (word === '-' && shell.dialect.name === 'bash') shell.optionsToRestore ??= new Set(shell.options);
      else declareOne(shell, word, options, true);
    }
    return 0;
  },
};

export const declare: Builtin = {
  names: ['declare', 'typeset'],
  dialects: ['bash'],
  async run(shell, args) {
    const { options, words } = split(shell, args);
    if (options.has('-f') || options.has('-F')) return printFunctions(shell, words, options.has('-F'));
    if (options.has('-p') || words.length === 0) return print(shell, words, options);
    for (const word of words) declareOne(shell, word, options, shell.functionNames.length > 0 && !options.has('-g'));
    return 0;
  },
};

/** Options as `-x` and `+x`, one letter each, and the words after them. */
function split(shell: Shell, args: readonly string[]): { options: ReadonlySet<string>; words: readonly string[] } {
  const options = new Set<string>();
  let at = 0;
  for (; at < args.length && shell.dialect.name === 'bash'; at++) {
    const word = args[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!/^[-+][a-zA-Z]+$/.test(word)) break;
    for (const letter of word.slice(1)) options.add(word.slice(0, 1) + letter);
  }
  return { options, words: args.slice(at) };
}

function declareOne(shell: Shell, word: string, options: ReadonlySet<string>, isLocal: boolean): void {
  const match = /^([^=+]*)(\+?=)?(.*)$/s.exec(word);
  const [, name = '', operator, value = ''] = match ?? [];
  if (!isName(name)) {
    throw new ShellError(
      shell.dialect.name === 'bash' ? `\`${word}': not a valid identifier` : `${name}: bad variable name`,
    );
  }
  if (isLocal) makeLocal(shell, name);
  if (options.has('-n')) {
    shell.variables.declare(name, { reference: value });
    return;
  }
  shell.variables.declare(name, attributesOf(options, shell.variables.find(name)));
  shell.variables.withdraw(name, [
    ...(options.has('+x') ? (['exported'] as const) : []),
    ...(options.has('+i') ? (['integer'] as const) : []),
  ]);
  if (operator !== undefined) assign(shell, { name, append: operator === '+=', value });
  if (options.has('-r')) shell.variables.declare(name, { readOnly: true });
}

function makeLocal(shell: Shell, name: string): void {
  try {
    shell.variables.makeLocal(name, shell.dialect.name === 'dash');
  } catch (error) {
    if (!(error instanceof ReadOnlyVariableError)) throw error;
    throw new ShellError(shell.dialect.messages.readOnly(name));
  }
}

function attributesOf(options: ReadonlySet<string>, before: Variable | undefined): Omit<Variable, 'value'> {
  const array = (options.has('-a') || options.has('-A')) && before?.elements === undefined;
  return {
    ...(options.has('-x') ? { exported: true } : {}),
    ...(options.has('-i') ? { integer: true } : {}),
    ...(options.has('-l') ? { letterCase: 'lower' as const } : {}),
    ...(options.has('-u') ? { letterCase: 'upper' as const } : {}),
    ...(options.has('-A') ? { associative: true } : {}),
    ...(array ? { elements: new Map(before?.value === undefined ? [] : [['0', before.value]]) } : {}),
  };
}

async function print(shell: Shell, words: readonly string[], options: ReadonlySet<string>): Promise<number> {
  let status = 0;
  const wanted = (variable: Variable): boolean =>
    (!options.has('-x') || variable.exported === true) &&
    (!options.has('-r') || variable.readOnly === true) &&
    (!options.has('-a') || (variable.elements !== undefined && variable.associative !== true)) &&
    (!options.has('-A') || variable.associative === true);
  for (const name of words.length === 0 ? shell.variables.names() : words) {
    const variable = shell.variables.find(name);
    if (variable === undefined) {
      await shell.complain(`${name}: not found`);
      status = 1;
    } else if (words.length > 0 || wanted(variable)) {
      await shell.write(1, `declare ${flagsOf(variable)} ${name}${valueText(variable)}\n`);
    }
  }
  return status;
}

function flagsOf(variable: Variable): string {
  const letters = [
    variable.elements !== undefined && (variable.associative === true ? 'A' : 'a'),
    variable.integer === true && 'i',
    variable.letterCase === 'lower' && 'l',
    variable.readOnly === true && 'r',
    variable.letterCase === 'upper' && 'u',
    variable.exported === true && 'x',
  ].filter((letter) => letter !== false);
  return `-${letters.length === 0 ? '-' : letters.join('')}`;
}

function valueText(variable: Variable): string {
  if (variable.elements !== undefined) {
    const elements = [...variable.elements].map(([key, value]) => `[${key}]=${doubleQuoted(value)}`);
    return `=(${elements.join(' ')}${variable.associative === true && elements.length > 0 ? ' ' : ''})`;
  }
  return variable.value === undefined ? '' : `=${doubleQuoted(variable.value)}`;
}

async function printFunctions(shell: Shell, words: readonly string[], namesOnly: boolean): Promise<number> {
  const names = words.length === 0 ? [...shell.functions.keys()].sort() : words;
  let status = 0;
  for (const name of names) {
    const found = shell.functions.get(name);
    if (found === undefined) status = 1;
    else await shell.write(1, namesOnly ? `${words.length === 0 ? 'declare -f ' : ''}${name}\n` : `${found.text}\n`);
  }
  return status;
}
