/** `type`: what a name would run, in words. */
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { meaningOf, type Meaning } from './lookup.ts';

export const type: Builtin = {
  names: ['type'],
  async run(shell, args) {
    const option = shell.dialect.name === 'bash' && /^-[tpPaf]+$/.test(args[0] ?? '') ? (args[0] ?? '') : '';
    const names = option === '' ? args : args.slice(1);
    let status = 0;
    for (const name of names) {
      const found = option === '' ? await describeMeaning(shell, name) : await showKind(shell, name, option);
      if (!found) status = shell.dialect.name === 'bash' ? 1 : 127;
    }
    return status;
  },
};

async function showKind(shell: Shell, name: string, option: string): Promise<boolean> {
  const meaning = meaningOf(shell, name);
  if (meaning === undefined) return false;
  if (option.includes('a')) return describeMeaning(shell, name);
  if (option.includes('t')) await shell.write(1, `${meaning.kind}\n`);
  else if (meaning.kind === 'file') await shell.write(1, `${meaning.path}\n`);
  return true;
}

/** Prints the line for one name; false, with a message, when nothing is known by it. */
export async function describeMeaning(shell: Shell, name: string): Promise<boolean> {
  const meaning = meaningOf(shell, name);
  if (meaning !== undefined) {
    await shell.write(1, `${name} is ${describe(shell, meaning)}\n`);
    if (meaning.kind === 'function' && shell.dialect.name === 'bash')
      await shell.write(1, `${meaning.function.text}\n`);
    return true;
  }
  if (shell.dialect.name === 'bash') await shell.complain(`${name}: not found`);
  else await shell.write(1, `${name}: not found\n`);
  return false;
}

function describe(shell: Shell, meaning: Meaning): string {
  const { name } = shell.dialect;
  switch (meaning.kind) {
    case 'keyword':
      return 'a shell keyword';
    case 'alias':
      return name === 'bash' ? `aliased to \`${meaning.value}'` : `an alias for ${meaning.value}`;
    case 'function':
      return name === 'dash' ? 'a shell function' : 'a function';
    case 'builtin':
      return meaning.builtin.special === true && name !== 'bash' ? 'a special shell builtin' : 'a shell builtin';
    case 'file':
      return meaning.path;
  }
}
