/** `let`: arithmetic as a command. */
import { evaluateArithmetic } from '../expansion/arithmetic.ts';
import { ShellError } from '../failures.ts';
import type { Builtin } from './builtin.ts';

export const letBuiltin: Builtin = {
  names: ['let'],
  dialects: ['ash', 'bash'],
  run(shell, args) {
    if (args.length === 0) throw new ShellError('expression expected');
    let value = 0n;
    for (const expression of args) value = evaluateArithmetic(expression, shell);
    return value === 0n ? 1 : 0;
  },
};
