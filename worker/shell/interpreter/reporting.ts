/** Printing what ends a shell, in its dialect. */
import { ShellSyntaxError, type ShellError } from './failures.ts';
import type { Shell } from './shell.ts';

/** Prints the message of an error; gives the status the shell ends with. */
export async function reportError(shell: Shell, error: ShellError): Promise<number> {
  const prefix = error.prefix ?? shell.prefix();
  const lines = error instanceof ShellSyntaxError ? shell.dialect.messages.syntaxReport(error) : [error.message];
  if (shell.process.descriptors.has(2)) await shell.write(2, lines.map((line) => `${prefix}${line}\n`).join(''));
  return error.status ?? shell.dialect.statuses.error;
}
