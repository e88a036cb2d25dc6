/** File modes as `chmod`, `mkdir -m`, `umask` and their like take them, and as `ls` shows them. */
import type { FileKind } from '../../vfs/inode.ts';
import type { Flavour } from './context.ts';

/**
 * The mode `text` makes of `mode` (octal, or symbolic like `u=rwx,g+s,o-w`); undefined when it is none. An omitted "who" means
 * all, minus the bits of `umask`. GNU's programs leave the set-id bits of a directory alone where `=` does not name them.
 */
export function parseMode(
  text: string,
  mode: number,
  directory: boolean,
  umask: number,
  flavour: Flavour = 'gnu',
): number | undefined {
  if (/^[0-7]+$/.test(text)) {
    const value = parseInt(text, 8);
    return value > 0o7777 ? undefined : value;
  }
  let result = mode;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXstugo]*)+)$/.exec(clause);
    if (match === null) return undefined;
    const [, who = '', actions = ''] = match;
    for (const action of actions.matchAll(/([-+=])([rwxXst]*|[ugo])(?=[-+=]|$)/g)) {
      result = applyAction(result, who, action[1] ?? '', action[2] ?? '', directory, umask, flavour);
    }
  }
  return result;
}

function applyAction(
  mode: number,
  who: string,
  operator: string,
  permissions: string,
  directory: boolean,
  umask: number,
  flavour: Flavour,
): number {
  const all = who === '' || who.includes('a');
  const classes =
    (all || who.includes('u') ? 0o4700 : 0) |
    (all || who.includes('g') ? 0o2070 : 0) |
    (all || who.includes('o') ? 0o1007 : 0);
  const affected = who === '' ? classes & ~umask : classes;
  const bits = bitsOf(permissions, mode, directory) & (permissions.includes('t') ? affected | 0o1000 : affected);
  if (operator === '+') return mode | bits;
  if (operator === '-') return mode & ~bits;
  const cleared = directory && flavour === 'gnu' ? classes & 0o1777 : classes;
  return (mode & ~cleared) | bits;
}

/** The bits of permission letters, for every class at once. */
function bitsOf(permissions: string, mode: number, directory: boolean): number {
  if (/^[ugo]$/.test(permissions)) {
    const from = (mode >> { u: 6, g: 3, o: 0 }[permissions as 'u' | 'g' | 'o']) & 7;
    return from * 0o111;
  }
  let bits = 0;
  for (const letter of permissions) {
    if (letter === 'r') bits |= 0o444;
    else if (letter === 'w') bits |= 0o222;
    else if (letter === 'x') bits |= 0o111;
    else if (letter === 'X') bits |= directory || (mode & 0o111) !== 0 ? 0o111 : 0;
    else if (letter === 's') bits |= 0o6000;
    else bits |= 0o1000;
  }
  return bits;
}

const KIND_LETTERS: Readonly<Record<FileKind, string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  character: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
};

/** `drwxr-xr-x`. */
export function modeText(kind: FileKind, mode: number): string {
  const letters = [...'rwxrwxrwx'].map((letter, index) => ((mode >> (8 - index)) & 1 ? letter : '-'));
  const special = (bit: number, index: number, letter: string): void => {
    if ((mode & bit) !== 0) letters[index] = letters[index] === 'x' ? letter : letter.toUpperCase();
  };
  special(0o4000, 2, 's');
  special(0o2000, 5, 's');
  special(0o1000, 8, 't');
  return KIND_LETTERS[kind] + letters.join('');
}
