/** `set -x`: what is about to run, on standard error behind PS4. */
import type { For } from 'unbash';
import { assignmentText, type ExpandedAssignment } from './assignments.ts';
import { expandQuotedParts, quotedPartsOf } from './expansion/words.ts';
import type { Shell } from './shell.ts';
import { settleIn } from './substitution.ts';

/** Prints a command with its assignments, where tracing is on. */
export async function traceCommand(
  shell: Shell,
  assignments: readonly ExpandedAssignment[],
  words: readonly string[],
): Promise<void> {
  if (!shell.options.has('xtrace')) return;
  const { quoteTraced, name } = shell.dialect;
  const values = assignments.map((assignment) => assignmentText(assignment, quoteTraced));
  const command = words.map(quoteTraced).join(' ');
  if (name === 'bash') {
    for (const value of values) await trace(shell, value);
    if (words.length > 0) await trace(shell, command);
  } else {
    await trace(shell, [...values, ...(words.length > 0 ? [command] : [])].join(' '));
  }
}

/** bash shows the head of a loop too. */
export async function traceFor(shell: Shell, node: For): Promise<void> {
  if (!shell.options.has('xtrace') || shell.dialect.name !== 'bash') return;
  const words = node.wordlist?.map((word) => word.text).join(' ') ?? '"$@"';
  await trace(shell, `for ${node.name.value} in ${words}`);
}

export async function trace(shell: Shell, text: string): Promise<void> {
  const template = shell.variables.get('PS4') ?? '+ ';
  shell.options.delete('xtrace');
  try {
    const prefix = /[$`\\]/.test(template)
      ? await settleIn(shell, expandQuotedParts(shell, quotedPartsOf(template)))
      : template;
    await shell.write(2, `${prefix}${text}\n`);
  } finally {
    shell.options.add('xtrace');
  }
}
