/** What a builtin is. One file exports one (or a few close ones), plus its line in index.ts. */
import type { Dialect } from '../dialects/dialect.ts';
import type { Shell } from '../shell.ts';

export interface Builtin {
  readonly names: readonly string[];
  /** A POSIX special builtin (XCU 2.14): it comes before functions, and its failure ends a POSIX shell. */
  readonly special?: boolean;
  /** The shells that have it; all by default. */
  readonly dialects?: readonly Dialect['name'][];
  /**
   * Runs it in `shell`. A ShellError thrown is printed behind the shell's prefix and the builtin's name, and gives the status (the
   * dialect's status for wrong usage unless it says another).
   */
  run(shell: Shell, args: readonly string[], name: string): number | Promise<number>;
}
