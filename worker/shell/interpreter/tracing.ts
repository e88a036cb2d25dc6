/** `set -x`: what is about to run, on standard error behind PS4. */
import type { Case, For, TestCommand } from 'unbash';
import { assignmentText, type ExpandedAssignment } from './assignments.ts';
import { expandQuotedParts } from './expansion/parts.ts';
import { quotedPartsOf } from './expansion/quoted-text.ts';
import { singleQuoted } from './quoting.ts';
import type { Shell } from './shell.ts';
import { settleIn } from './substitution.ts';

/** Prints a command with its assignments. Call it where tracing is on. */
export async function traceCommand(
  shell: Shell,
  assignments: readonly ExpandedAssignment[],
  words: readonly string[],
): Promise<void> {
  const { dialect } = shell;
  const { name } = dialect;
  const quoteTraced = (word: string): string => dialect.quoteTraced(word);
  const values = assignments.map((assignment) => assignmentText(assignment, quoteTraced));
  const command = words.map(quoteTraced).join(' ');
  if (name === 'bash') {
    for (const value of values) await trace(shell, value);
    if (words.length > 0) await trace(shell, command);
  } else {
    await trace(shell, [...values, ...(words.length > 0 ? [command] : [])].join(' '));
  }
}

/** bash shows the arrays of a declaration before it, with every word in quotes. */
export async function traceArrays(shell: Shell, arrays: readonly ExpandedAssignment[]): Promise<void> {
  for (const { name, append, value } of arrays) {
    if (typeof value === 'string') continue;
    const elements = value.map(
      (one) => (one.subscript === undefined ? '' : `[${singleQuoted(one.subscript)}]=`) + singleQuoted(one.value),
    );
    await trace(shell, `${name}${append ? '+=' : '='}(${elements.join(' ')})`);
  }
}

/** bash shows the head of a loop too. */
export async function traceFor(shell: Shell, node: For): Promise<void> {
  if (!shell.options.has('xtrace') || shell.dialect.name !== 'bash') return;
  const words = node.wordlist?.map((word) => word.text).join(' ') ?? '"$@"';
  await trace(shell, `for ${node.name.value} in ${words}`);
}

/** And the word of `case`, as written. */
export async function traceCase(shell: Shell, node: Case): Promise<void> {
  if (shell.options.has('xtrace') && shell.dialect.name === 'bash') await trace(shell, `case ${node.word.text} in`);
}

/** `[[ … ]]` as written: what the others show of it, for which it is a command like any other. */
export async function traceConditional(shell: Shell, node: TestCommand): Promise<void> {
  if (shell.options.has('xtrace') && shell.dialect.name !== 'bash')
    await trace(shell, shell.source.text.slice(node.pos, node.end));
}

/** bash shows what `((…))` evaluates, and each part of the head of `for ((…))`. */
export async function traceArithmetic(shell: Shell, text: string): Promise<void> {
  if (shell.options.has('xtrace')) await trace(shell, `(( ${text.trim()} ))`);
}

/** bash shows each test inside `[[ … ]]` when it is made, with the values it is made of. */
export async function traceTest(shell: Shell, ...words: readonly string[]): Promise<void> {
  if (shell.options.has('xtrace') && shell.dialect.name === 'bash')
    await trace(shell, `[[ ${words.map((word) => (word === '' ? "''" : word)).join(' ')} ]]`);
}

export async function trace(shell: Shell, text: string): Promise<void> {
  const template = shell.variables.get('PS4') ?? '+ ';
  shell.options.delete('xtrace');
  try {
    const prefix = /[$`\\]/.test(template)
      ? await settleIn(shell, expandQuotedParts(shell, quotedPartsOf(template)))
      : template;
    // bash shows the depth of substitutions and evaluations by its first character.
    const depth = shell.dialect.name === 'bash' ? prefix.slice(0, 1).repeat(shell.traceDepth) : '';
    await shell.write(2, `${depth}${prefix}${text}\n`);
  } finally {
    shell.options.add('xtrace');
  }
}
