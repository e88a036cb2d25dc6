/** Running builtins and functions in the shell's own process (XCU 2.8.1 says what becomes of their failures). */
import { errnoOf, strerror } from '../kernel/errno.ts';
import { assign } from './assignments.ts';
import type { Builtin } from './builtins/builtin.ts';
import { ShellError, ShellExit } from './failures.ts';
import { reportError } from './reporting.ts';
import type { Shell } from './shell.ts';
import { redirect, type ExpandedCommand } from './simple-command.ts';
import { trace } from './tracing.ts';
import type { Variable } from './variables.ts';

/** Runs something with the command's redirections, and its assignments for as long as it runs (or for good). */
export async function runInShell(
  shell: Shell,
  command: ExpandedCommand,
  keepAssignments: boolean,
  run: () => Promise<number>,
): Promise<number> {
  if (command.redirects.length === 0 && command.assignments.length === 0) return run();
  const applied = await redirect(shell, command.redirects);
  if (typeof applied === 'number') {
    if (keepAssignments) throw new ShellExit(applied);
    return applied;
  }
  const saved: [string, Variable | undefined][] = [];
  try {
    for (const assignment of command.assignments) {
      if (!keepAssignments) saved.push([assignment.name, shell.variables.snapshot(assignment.name)]);
      assign(shell, assignment);
      if (!keepAssignments) shell.variables.declare(assignment.name, { exported: true });
    }
    return await run();
  } finally {
    for (const [name, variable] of saved.reverse()) shell.variables.restore(name, variable);
    applied.undo();
  }
}

/** Runs a builtin. What it throws is its failure; of a special builtin it ends a POSIX shell. */
export async function runBuiltin(shell: Shell, builtin: Builtin, command: ExpandedCommand): Promise<number> {
  const fatal = builtin.special === true && shell.dialect.strictSpecialBuiltins;
  return runInShell(shell, command, fatal, async () => {
    try {
      return await callBuiltin(shell, builtin, command);
    } catch (error) {
      const status = await failureStatus(shell, error, command.words[0] ?? '');
      if (fatal) throw new ShellExit(status);
      return status;
    }
  });
}

async function callBuiltin(shell: Shell, builtin: Builtin, { words, arrays }: ExpandedCommand): Promise<number> {
  const [name = '', ...args] = words;
  const outer = shell.command;
  shell.command = name;
  try {
    if (name === 'export' || name === 'readonly') await traceDeclarations(shell, args);
    if (name === 'readonly') for (const array of arrays) assign(shell, array);
    const result = builtin.run(shell, args, name);
    const status = result instanceof Promise ? await result : result;
    if (name !== 'readonly') for (const array of arrays) assign(shell, array);
    return status;
  } catch (error) {
    if (error instanceof ShellError) error.prefix ??= shell.prefix();
    throw error;
  } finally {
    shell.command = outer;
  }
}

/** bash traces what `export a=b` assigns once more. */
async function traceDeclarations(shell: Shell, args: readonly string[]): Promise<void> {
  if (!shell.options.has('xtrace') || shell.dialect.name !== 'bash') return;
  for (const word of args) {
    const [, name, value = ''] = /^(\w+\+?=)(.*)$/s.exec(word) ?? [];
    if (name !== undefined) await trace(shell, name + (value === '' ? '' : shell.dialect.quoteTraced(value)));
  }
}

async function failureStatus(shell: Shell, error: unknown, name: string): Promise<number> {
  if (error instanceof ShellError) {
    await reportError(shell, error);
    return error.status ?? shell.dialect.statuses.usage;
  }
  const errno = errnoOf(error);
  if (errno === undefined || errno === 'EINTR') throw error;
  await reportWriteError(shell, name, strerror(errno));
  return 1;
}

/** Standard output is closed, or full. */
async function reportWriteError(shell: Shell, name: string, reason: string): Promise<void> {
  if (!shell.process.descriptors.has(2)) return;
  if (shell.dialect.name === 'ash') await shell.write(2, `sh: write error: ${reason}\n`);
  else await shell.complain(shell.dialect.name === 'dash' ? `${name}: I/O error` : `write error: ${reason}`, name);
}

/** `exec`: its redirections and assignments stay; with a program it does not return. */
export async function runExec(shell: Shell, builtin: Builtin, command: ExpandedCommand): Promise<number> {
  const applied = await redirect(shell, command.redirects);
  if (typeof applied === 'number') {
    if (shell.dialect.strictSpecialBuiltins) throw new ShellExit(applied);
    return applied;
  }
  applied.keep();
  for (const assignment of command.assignments) {
    assign(shell, assignment);
    shell.variables.declare(assignment.name, { exported: true });
  }
  return callBuiltin(shell, builtin, command);
}
