/** How a shell stops before its script is over. Each is thrown, and caught where the shell (or subshell) was entered. */

/** The shell ends with a status: `exit`, `set -e`, the end of `exec`. */
export class ShellExit extends Error {
  override readonly name = 'ShellExit';
  readonly status: number;

  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

/** Ctrl-C at an interactive shell: the line that runs is given up, and the shell reads the next. */
export class ShellInterrupt extends Error {
  override readonly name = 'ShellInterrupt';
}

/**
 * An error that ends a non-interactive shell: a bad substitution, an unset parameter under `set -u`, an assignment to a
 * read-only variable. The message is printed with the shell's prefix. A builtin that throws it fails instead,
 * unless it is a special builtin.
 */
export class ShellError extends Error {
  override readonly name = 'ShellError';
  /** Undefined: what the dialect gives to errors of its kind. */
  readonly status: number | undefined;
  /** What stands before the message, once it is known where the error lies. */
  prefix: string | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** Text that does not parse. The message is whole, without the prefix. */
export class ShellSyntaxError extends ShellError {
  /** The line it lies in. */
  readonly sourceLine: string;

  constructor(message: string, sourceLine: string) {
    super(message, 2);
    this.sourceLine = sourceLine;
  }
}
