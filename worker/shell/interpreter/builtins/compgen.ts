/** `compgen`: names and words that begin as a word does, as completion would offer them (the options that scripts use). */
import { appletNames } from '../../applets/index.ts';
import { ShellError } from '../failures.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { builtinNames } from './index.ts';

const SHORT_ACTIONS: Readonly<Record<string, string>> = {
  a: 'alias', b: 'builtin', c: 'command', e: 'export', v: 'variable', k: 'keyword', d: 'directory', f: 'file', j: 'job', u: 'user', g: 'group',
  s: 'service',
}; // prettier-ignore

export const compgen: Builtin = {
  names: ['compgen'],
  dialects: ['bash'],
  async run(shell, args) {
    const found: string[] = [];
    let prefix = '';
    for (let at = 0; at < args.length; at++) {
      const word = args[at] ?? '';
      if (word === '-W') found.push(...(args[++at] ?? '').split(/\s+/).filter((one) => one !== ''));
      else if (word === '-A') found.push(...namesOf(shell, args[++at] ?? ''));
      else if (/^-[a-z]+$/.test(word))
        for (const letter of word.slice(1)) found.push(...namesOf(shell, actionOf(letter)));
      else prefix = word;
    }
    const matching = found.filter((name) => name.startsWith(prefix));
    for (const name of matching) await shell.write(1, `${name}\n`);
    return matching.length > 0 ? 0 : 1;
  },
};

function actionOf(letter: string): string {
  const action = SHORT_ACTIONS[letter];
  if (action === undefined) throw new ShellError(`-${letter}: invalid option`, 2);
  return action;
}

function namesOf(shell: Shell, action: string): string[] {
  switch (action) {
    case 'function':
      return [...shell.functions.keys()].sort();
    case 'alias':
      return [...shell.aliases.keys()].sort();
    case 'builtin':
      return builtinNames(shell.dialect).sort();
    case 'command':
      return [...new Set([...shell.functions.keys(), ...builtinNames(shell.dialect), ...appletNames()])].sort();
    case 'variable':
      return shell.variables.names();
    case 'export':
      return [...shell.variables.environment().keys()].sort();
    case 'file':
      return shell.process.files.list('.').map(({ name }) => name);
    case 'directory':
      return shell.process.files.list('.').flatMap(({ name, inode }) => (inode.kind === 'directory' ? [name] : []));
    case 'keyword':
    case 'job':
    case 'user':
    case 'group':
    case 'service':
      return [];
    default:
      throw new ShellError(`${action}: invalid action name`, 2);
  }
}
