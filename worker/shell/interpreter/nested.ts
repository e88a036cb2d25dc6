/** Running text inside a shell: `eval`, `.`, traps, scripts. */
import { runStatements } from './execution.ts';
import { ShellSyntaxError } from './failures.ts';
import { parseScript, SourceText } from './parsing.ts';
import type { Shell } from './shell.ts';

/** Runs a text in this shell. Throws {@link ShellSyntaxError} when it has run what stands before the error. */
export async function runSource(shell: Shell, source: SourceText): Promise<number> {
  const before = { source: shell.source, position: shell.position };
  const { statements, error } = parseScript(source.text);
  shell.source = source;
  try {
    const status = await runStatements(shell, statements);
    if (error === undefined || shell.unwinding !== undefined) return status;
    shell.position = error.offset;
    const message = shell.dialect.messages.syntax(error.problem);
    throw new ShellSyntaxError(message, source.lineAt(error.offset), source.lineTextAt(error.offset));
  } finally {
    shell.source = before.source;
    shell.position = before.position;
  }
}

/** Runs a text that stands in the script: its lines are counted from where the shell is. */
export function runText(shell: Shell, text: string): Promise<number> {
  return runSource(shell, new SourceText(text, shell.source.fromCommandLine, shell.line));
}
