/** `command` and bash's `builtin`: running past functions, and telling what a name would run. */
import { ShellError } from '../failures.ts';
import { runProgram } from '../programs.ts';
import { singleQuoted } from '../quoting.ts';
import type { Shell } from '../shell.ts';
import { startChild, waitForChild } from '../subshell.ts';
import type { Builtin } from './builtin.ts';
import { findBuiltin } from './index.ts';
import { meaningOf } from './lookup.ts';
import { describeMeaning } from './type.ts';

const STANDARD_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const command: Builtin = {
  names: ['command'],
  async run(shell, args) {
    const firstWord = args.findIndex((word) => !/^-[pvV]+$/.test(word));
    const optionCount = firstWord === -1 ? args.length : firstWord;
    const options = args.slice(0, optionCount).join('');
    const words = args.slice(args[optionCount] === '--' ? optionCount + 1 : optionCount);
    // ash and dash look at the first name alone
    const names = shell.dialect.name === 'bash' ? words : words.slice(0, 1);
    if (options.includes('V')) return describeAll(shell, names);
    if (options.includes('v')) return showAll(shell, names);
    const [name, ...rest] = words;
    if (name === undefined) return 0;
    const builtin = findBuiltin(shell.dialect, name);
    if (builtin !== undefined) {
      shell.command = name;
      return builtin.run(shell, rest, name);
    }
    shell.command = undefined;
    const environment = shell.variables.environment();
    if (options.includes('p')) environment.set('PATH', STANDARD_PATH);
    const child = shell.process.kernel.fork(shell.process);
    startChild(shell, child, () => runProgram(shell, child, words, environment));
    return waitForChild(shell, child);
  },
};

async function showAll(shell: Shell, names: readonly string[]): Promise<number> {
  let status = names.length === 0 ? 0 : shell.dialect.name === 'bash' ? 1 : 0;
  for (const name of names) {
    const meaning = meaningOf(shell, name);
    if (meaning === undefined) {
      if (shell.dialect.name !== 'bash') status = 127;
      continue;
    }
    if (shell.dialect.name === 'bash') status = 0;
    const shown =
      meaning.kind === 'alias'
        ? `alias ${name}=${singleQuoted(meaning.value)}`
        : meaning.kind === 'file'
          ? meaning.path
          : name;
    await shell.write(1, `${shown}\n`);
  }
  return status;
}

async function describeAll(shell: Shell, names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names) if (!(await describeMeaning(shell, name))) status = shell.dialect.name === 'bash' ? 1 : 127;
  return status;
}

export const builtinCommand: Builtin = {
  names: ['builtin'],
  dialects: ['bash'],
  async run(shell, [name, ...args]) {
    if (name === undefined) return 0;
    const builtin = findBuiltin(shell.dialect, name);
    if (builtin === undefined) throw new ShellError(`${name}: not a shell builtin`);
    shell.command = name;
    return builtin.run(shell, args, name);
  },
};
