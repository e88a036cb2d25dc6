/** Simple commands (XCU 2.9.1): assignments, redirections, and a function, a builtin or a program. */
import type { Assignment, Command, Redirection, Word } from 'unbash';
import { errnoOf } from '../kernel/errno.ts';
import type { Process } from '../kernel/process.ts';
import { assign, expandAssignment, type ExpandedAssignment } from './assignments.ts';
import { findBuiltin } from './builtins/index.ts';
import type { Builtin } from './builtins/builtin.ts';
import { expandWords } from './expansion/words.ts';
import { ShellError, ShellExit } from './failures.ts';
import { callFunction } from './function-call.ts';
import { runProgram } from './programs.ts';
import { applyRedirections, RedirectionError } from './redirections.ts';
import { reportError } from './reporting.ts';
import type { Shell } from './shell.ts';
import { settleIn } from './substitution.ts';
import { waitForChild } from './subshell.ts';
import { traceCommand } from './tracing.ts';
import type { Variable } from './variables.ts';

/** What a simple command is after expansion. */
interface Expanded {
  readonly words: readonly string[];
  readonly assignments: readonly ExpandedAssignment[];
  /** Arrays among the arguments of a declaration (`local a=(1 2)`). */
  readonly arrays: readonly ExpandedAssignment[];
  readonly redirects: readonly Redirection[];
}

/** Runs a simple command; with `replace` a program takes this process over. */
export async function runSimpleCommand(shell: Shell, node: Command, replace: boolean): Promise<number> {
  shell.substitutionStatus = undefined;
  const command = await expand(shell, node);
  await traceCommand(shell, command.assignments, command.words);
  try {
    if (command.words.length === 0) return await runAssignments(shell, command);
    return await dispatch(shell, command, replace);
  } finally {
    for (const descriptor of shell.substitutionDescriptors.splice(0)) shell.process.descriptors.close(descriptor);
  }
}

async function expand(shell: Shell, node: Command): Promise<Expanded> {
  const words: string[] = [];
  const arrays: ExpandedAssignment[] = [];
  if (node.name !== undefined) {
    const plain: Word[] = [node.name];
    for (const argument of node.args) {
      if (argument.type === 'Word') {
        plain.push(argument);
        continue;
      }
      words.push(...(await settleIn(shell, expandWords(shell, plain.splice(0)))));
      words.push(await declarationWord(shell, argument, arrays));
    }
    const rest = settleIn(shell, expandWords(shell, plain));
    words.push(...(rest instanceof Promise ? await rest : rest));
  }
  const assignments: ExpandedAssignment[] = [];
  for (const part of node.prefix) {
    if (part.type === 'Assignment') {
      const assignment = await settleIn(shell, expandAssignment(shell, part));
      // Each assignment sees those before it, but a command's are made only when it is known to be found.
      if (node.name === undefined) assign(shell, assignment);
      assignments.push(assignment);
    }
  }
  return { words, assignments, arrays, redirects: node.redirects };
}

/** An argument like `a=b` of `export` and its like: expanded as an assignment, passed on as a word. */
async function declarationWord(shell: Shell, node: Assignment, arrays: ExpandedAssignment[]): Promise<string> {
  const assignment = await settleIn(shell, expandAssignment(shell, node));
  const { name, subscript, append, value } = assignment;
  if (typeof value === 'string' && subscript === undefined) return `${name}${append ? '+=' : '='}${value}`;
  arrays.push(assignment);
  return name;
}

async function runAssignments(shell: Shell, { redirects }: Expanded): Promise<number> {
  if (redirects.length > 0) {
    const undo = await redirected(shell, redirects);
    if (typeof undo === 'number') return undo;
    undo();
  }
  return shell.substitutionStatus ?? 0;
}

/** Applies redirections in the shell's own process; a failure is printed and gives the status. */
async function redirected(
  shell: Shell,
  redirects: readonly Redirection[],
  process?: Process,
): Promise<(() => void) | number> {
  try {
    return await applyRedirections(shell, redirects, process);
  } catch (error) {
    if (!(error instanceof RedirectionError)) throw error;
    await shell.complain(error.message);
    return shell.dialect.statuses.redirection;
  }
}

async function dispatch(shell: Shell, command: Expanded, replace: boolean): Promise<number> {
  const name = command.words[0] ?? '';
  const builtin = findBuiltin(shell.dialect, name);
  const specialFirst = shell.dialect.strictSpecialBuiltins && builtin?.special === true;
  const shellFunction = specialFirst ? undefined : shell.functions.get(name);
  if (shellFunction !== undefined) {
    return inShell(shell, command, false, () => callFunction(shell, name, shellFunction, command.words.slice(1)));
  }
  if (builtin !== undefined) return runBuiltin(shell, builtin, command);
  return runExternal(shell, command, replace);
}

/** Runs something in the shell itself, with the command's redirections and its assignments for as long as it runs. */
async function inShell(
  shell: Shell,
  command: Expanded,
  keepAssignments: boolean,
  run: () => Promise<number>,
): Promise<number> {
  const undo = await redirected(shell, command.redirects);
  if (typeof undo === 'number') return undo;
  const saved: [string, Variable | undefined][] = [];
  try {
    for (const assignment of command.assignments) {
      if (!keepAssignments) saved.push([assignment.name, shell.variables.find(assignment.name)]);
      assign(shell, assignment);
      if (!keepAssignments) shell.variables.declare(assignment.name, { exported: true });
    }
    return await run();
  } finally {
    for (const [name, variable] of saved.reverse()) shell.variables.restore(name, variable);
    undo();
  }
}

/** Runs a builtin. What it throws is its failure; of a special builtin it ends the shell (XCU 2.8.1). */
async function runBuiltin(shell: Shell, builtin: Builtin, command: Expanded): Promise<number> {
  const [name = '', ...args] = command.words;
  const fatal = builtin.special === true && shell.dialect.strictSpecialBuiltins;
  if (name === 'exec') return runExec(shell, builtin, command);
  const before = shell.command;
  let failed = false;
  const status = await inShell(shell, command, fatal, async () => {
    shell.command = name;
    try {
      if (builtin.names.includes('readonly')) for (const array of command.arrays) assign(shell, array);
      const result = await builtin.run(shell, args, name);
      if (!builtin.names.includes('readonly')) for (const array of command.arrays) assign(shell, array);
      return result;
    } catch (error) {
      if (!(error instanceof ShellError) && errnoOf(error) === undefined) throw error;
      failed = true;
      return await builtinFailure(shell, error);
    } finally {
      shell.command = before;
    }
  });
  if (failed && fatal) throw new ShellExit(status);
  return status;
}

async function builtinFailure(shell: Shell, error: unknown): Promise<number> {
  if (error instanceof ShellError) {
    await reportError(shell, error);
    return error.status ?? shell.dialect.statuses.usage;
  }
  await shell.complain(`write error: ${error instanceof Error ? error.message : ''}`);
  return 1;
}

/** `exec`: its redirections stay; with a program it does not return. */
async function runExec(shell: Shell, builtin: Builtin, command: Expanded): Promise<number> {
  const status = await redirected(shell, command.redirects);
  if (typeof status === 'number') {
    if (shell.dialect.strictSpecialBuiltins) throw new ShellExit(status);
    return status;
  }
  for (const assignment of command.assignments) {
    assign(shell, assignment);
    shell.variables.declare(assignment.name, { exported: true });
  }
  shell.command = 'exec';
  try {
    return await builtin.run(shell, command.words.slice(1), 'exec');
  } finally {
    shell.command = undefined;
  }
}

async function runExternal(shell: Shell, command: Expanded, replace: boolean): Promise<number> {
  const environment = shell.variables.environment();
  for (const { name, value, append } of command.assignments) {
    if (typeof value === 'string') environment.set(name, append ? (shell.variables.get(name) ?? '') + value : value);
  }
  if (replace) {
    const undo = await redirected(shell, command.redirects);
    return typeof undo === 'number' ? undo : runProgram(shell, shell.process, command.words, environment);
  }
  const child = shell.process.kernel.fork(shell.process);
  shell.process.kernel.start(child, async () => {
    const undo = await redirected(shell, command.redirects, child);
    return typeof undo === 'number' ? undo : runProgram(shell, child, command.words, environment);
  });
  return waitForChild(shell, child);
}
