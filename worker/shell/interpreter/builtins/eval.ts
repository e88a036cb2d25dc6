/** `eval`. */
import { ShellError, ShellExit } from '../failures.ts';
import { runText } from '../nested.ts';
import { reportError } from '../reporting.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const evalBuiltin: Builtin = {
  names: ['eval'],
  special: true,
  run(shell, args) {
    const words = args[0] === '--' ? args.slice(1) : args;
    return ending(shell, () => runText(shell, words.join(' ')));
  },
};

/** Runs commands for a builtin: what ends a shell there ends this shell, and is no failure of the builtin. */
export async function ending(shell: Shell, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    throw new ShellExit(await reportError(shell, error));
  }
}
