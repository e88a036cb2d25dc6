/** bash's `select`: a menu on standard error, answers from standard input. */
import type { Select } from 'unbash';
import { runList } from './execution.ts';
import { readLine } from './line-input.ts';
import type { Shell } from './shell.ts';
import { fieldsOf } from './substitution.ts';

/** Runs the loop until `break` or the end of input. */
export async function runSelect(shell: Shell, node: Select): Promise<number> {
  const values = node.wordlist === undefined ? shell.positional : await fieldsOf(shell, node.wordlist);
  const menu = values.map((value, index) => `${index + 1}) ${value}\n`).join('');
  let status = 0;
  shell.loopDepth++;
  try {
    for (let show = true; ;) {
      await shell.write(2, `${show ? menu : ''}${shell.variables.get('PS3') ?? '#? '}`);
      const line = await readLine(shell, 0);
      if (line === undefined) return status;
      shell.assign('REPLY', line.text);
      show = line.text.trim() === '';
      if (show) continue;
      shell.assign(node.name.value, values[Number(line.text) - 1] ?? '');
      status = await runList(shell, node.body);
      if (shell.unwinding !== undefined) break;
    }
  } finally {
    shell.loopDepth--;
  }
  if (shell.unwinding.kind === 'break' && shell.unwinding.levels <= 1) shell.unwinding = undefined;
  return status;
}
