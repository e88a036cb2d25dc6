/** Printing what ends a shell, in its dialect. */
import { ShellSyntaxError, type ShellError } from './failures.ts';
import type { Shell } from './shell.ts';

/** Prints the message of an error; gives the status the shell ends with. */
export async function reportError(shell: Shell, error: ShellError): Promise<number> {
  if (error instanceof ShellSyntaxError) await reportSyntaxError(shell, error);
  else await shell.complain(error.message);
  return error.status ?? shell.dialect.statuses.error;
}

async function reportSyntaxError(shell: Shell, error: ShellSyntaxError): Promise<void> {
  const prefix = shell.dialect.prefix({
    shellName:
      shell.dialect.name === 'bash' && shell.source.fromCommandLine && shell.command === undefined
        ? `${shell.name}: -c`
        : shell.name,
    line: error.line,
    command: shell.command,
    fromCommandLine: shell.source.fromCommandLine,
  });
  for (const line of shell.dialect.messages.syntaxReport(error)) await shell.write(2, `${prefix}${line}\n`);
}
