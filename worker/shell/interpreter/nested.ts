/** Running text inside a shell: scripts, `eval`, `.`, traps. */
import type { Statement } from 'unbash';
import { expandAliases, expandsAliases } from './alias-expansion.ts';
import { runStatements } from './execution.ts';
import { ShellError, ShellExit, ShellSyntaxError } from './failures.ts';
import { parseScript } from './parsing.ts';
import { reportError } from './reporting.ts';
import type { Shell } from './shell.ts';
import { SourceText } from './source-text.ts';
import type { PlacedProblem } from './syntax-problems.ts';

/** Runs a text in this shell. Throws {@link ShellSyntaxError} when it has run what stands before the error. */
export async function runSource(shell: Shell, source: SourceText): Promise<number> {
  const before = { source: shell.source, position: shell.position };
  const { features } = shell.dialect;
  let { groups, error } = parseScript(source.text, features);
  shell.source = source;
  let status = 0;
  let expandedTo = 0;
  try {
    for (let next = 0; next < groups.length; next++) {
      const [start, end] = [groups[next]?.[0]?.pos ?? 0, groups[next]?.at(-1)?.end ?? 0];
      const line =
        start >= expandedTo && expandsAliases(shell)
          ? expandAliases(shell.source.text.slice(start, end), shell.aliases)
          : undefined;
      if (line !== undefined) {
        shell.source = shell.source.withPart(start, end, line);
        ({ groups, error } = parseScript(shell.source.text, features));
        expandedTo = start + line.length;
        next = groups.findIndex((group) => (group[0]?.pos ?? 0) >= start);
        if (next === -1) break;
      }
      const group = groups[next] ?? [];
      const reading = shell.homes.prepare(
        shell.source.text.slice(group[0]?.pos, group.at(-1)?.end),
        shell.process.files,
      );
      if (reading !== undefined) await reading;
      status = await runGroup(shell, group, next === groups.length - 1 && endsProcess(shell, group));
      if (shell.unwinding !== undefined) return status;
    }
    if (error !== undefined) throw syntaxError(shell, shell.source, error);
    return status;
  } catch (failure) {
    if (failure instanceof ShellError) failure.prefix ??= shell.prefix();
    throw failure;
  } finally {
    shell.source = before.source;
    shell.position = before.position;
  }
}

/** Blanks and a comment up to the end of a text, not of a line. */
const NOTHING_MORE = /^[ \t;]*(?:#[^\n]*)?$/;

/**
 * True for the last line of what `sh -c` was given: nothing comes after it, so that the shells let its last program have their
 * process. ash and dash see no end where a line feed follows; bash wants a simple command without redirections.
 */
function endsProcess(shell: Shell, group: readonly Statement[]): boolean {
  const { source, dialect } = shell;
  const last = group.at(-1);
  if (source.kind !== 'command' || source.evaluated || last === undefined) return false;
  if (!NOTHING_MORE.test(source.text.slice(last.end))) return false;
  if (dialect.name !== 'bash') return true;
  const command = last.command.type === 'AndOr' ? last.command.commands.at(-1) : last.command;
  return command?.type === 'Command' && command.redirects.length === 0;
}

/** bash gives up the line an error lies in, and goes on with the next line of a file. */
async function runGroup(shell: Shell, group: readonly Statement[], replace: boolean): Promise<number> {
  try {
    return await runStatements(shell, group, replace);
  } catch (error) {
    const goesOn = error instanceof ShellError && error.status === undefined && shell.dialect.name === 'bash';
    if (!goesOn || shell.source.kind === 'command' || shell.options.has('errexit')) throw error;
    shell.lastStatus = await reportError(shell, error);
    return shell.lastStatus;
  }
}

function syntaxError(shell: Shell, source: SourceText, { problem, offset }: PlacedProblem): ShellSyntaxError {
  const error = new ShellSyntaxError(shell.dialect.messages.syntax(problem), source.lineTextAt(offset));
  const { name } = shell.dialect;
  const atEnd =
    (problem.kind === 'unexpected' && problem.token === 'end of file' && problem.text === '') ||
    problem.kind === 'unterminated-substitution';
  // bash counts the end of the text as a line of its own.
  const extraLine = name === 'bash' && atEnd && !source.text.endsWith('\n') ? 1 : 0;
  const line = source.lineAt(atEnd ? source.text.length : offset) + extraLine;
  error.prefix = name === 'bash' ? bashSyntaxPrefix(shell, source, line) : shell.prefix(line);
  return error;
}

function bashSyntaxPrefix(shell: Shell, source: SourceText, line: number): string {
  const place = source.evaluated ? 'eval: ' : source.kind === 'command' ? '-c: ' : '';
  return `${source.file ?? shell.name}: ${place}line ${line}: `;
}

/** Runs a text that stands in the script: its lines are counted from where the shell is. */
export async function runText(shell: Shell, text: string): Promise<number> {
  shell.traceDepth++;
  try {
    const { kind, file } = shell.source;
    return await runSource(
      shell,
      new SourceText(text, kind, { firstLine: shell.line, evaluated: true, ...(file === undefined ? {} : { file }) }),
    );
  } finally {
    shell.traceDepth--;
  }
}

/**
 * Runs commands for a builtin: what ends a shell there ends this shell, and is no failure of the builtin. Only bash goes on
 * after a syntax error.
 */
export async function runForBuiltin(shell: Shell, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    const status = await reportError(shell, error);
    if (error instanceof ShellSyntaxError && shell.dialect.name === 'bash') return status;
    throw new ShellExit(status);
  }
}
