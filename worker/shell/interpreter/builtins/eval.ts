/** `eval`. */
import { runForBuiltin, runText } from '../nested.ts';
import type { Builtin } from './builtin.ts';

export const evalBuiltin: Builtin = {
  names: ['eval'],
  special: true,
  run(shell, args) {
    const words = args[0] === '--' ? args.slice(1) : args;
    return runForBuiltin(shell, () => runText(shell, words.join(' ')));
  },
};
