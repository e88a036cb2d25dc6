/** What a name would run: for `type` and `command -v`. */
import { findExecutable } from '../../kernel/exec.ts';
import { ownFunction } from '../../kernel/standalone-busybox.ts';
import type { ShellFunction } from '../functions.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { findBuiltin } from './index.ts';

export type Meaning =
  | { readonly kind: 'keyword' }
  | { readonly kind: 'alias'; readonly value: string }
  | { readonly kind: 'function'; readonly function: ShellFunction }
  | { readonly kind: 'builtin'; readonly builtin: Builtin }
  | { readonly kind: 'file'; readonly path: string };

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'in',
  '{',
  '}',
  '!',
]);
const BASH_KEYWORDS = new Set(['[[', ']]', 'function', 'select', 'time', 'coproc']);

export function meaningOf(shell: Shell, name: string): Meaning | undefined {
  // a bash that reads a script does not look at aliases
  const aliased = shell.dialect.name !== 'bash' || shell.interactive || shell.shoptions.has('expand_aliases');
  const aliasValue = aliased ? shell.aliases.get(name) : undefined;
  if (aliasValue !== undefined) return { kind: 'alias', value: aliasValue };
  if (KEYWORDS.has(name) || (shell.dialect.name === 'bash' && BASH_KEYWORDS.has(name))) return { kind: 'keyword' };
  const found = shell.functions.get(name);
  if (found !== undefined) return { kind: 'function', function: found };
  const builtin = shell.disabledBuiltins.has(name) ? undefined : findBuiltin(shell.dialect, name);
  if (builtin !== undefined) return { kind: 'builtin', builtin };
  if (ownFunction(shell.process, name) !== undefined) return { kind: 'file', path: name };
  const file = findExecutable(shell.process, name, shell.variables.get('PATH'));
  return 'path' in file ? { kind: 'file', path: file.path } : undefined;
}
