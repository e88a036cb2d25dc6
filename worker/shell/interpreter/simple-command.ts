/** Simple commands (XCU 2.9.1): assignments, redirections, and a function, a builtin or a program. */
import type { Assignment, Command, Redirection, Word } from 'unbash';
import { findExecutable } from '../kernel/exec.ts';
import type { Process } from '../kernel/process.ts';
import { assign, expandAssignment, expandAssignmentAtOnce, type ExpandedAssignment } from './assignments.ts';
import { findBuiltin } from './builtins/index.ts';
import { runBuiltin, runExec, runInShell } from './builtin-call.ts';
import { readAssignmentsAsWords } from './foreign-assignments.ts';
import { callFunction } from './function-call.ts';
import { runProgram } from './programs.ts';
import { applyRedirections, RedirectionError, type AppliedRedirections } from './redirections.ts';
import type { Shell } from './shell.ts';
import { fieldsOf, settleIn } from './substitution.ts';
import { startChild, waitForChild } from './subshell.ts';
import { traceArrays, traceCommand } from './tracing.ts';
import type { Variable } from './variables.ts';

/** What a simple command is after expansion. */
export interface ExpandedCommand {
  readonly words: readonly string[];
  readonly assignments: readonly ExpandedAssignment[];
  /** Arrays among the arguments of a declaration (`local a=(1 2)`). */
  readonly arrays: readonly ExpandedAssignment[];
  readonly redirects: readonly Redirection[];
}

/** The function bash calls for a command that is not there. */
const NOT_FOUND_HANDLE = 'command_not_found_handle';

const NO_ASSIGNMENTS: readonly ExpandedAssignment[] = [];

/** Runs a simple command; with `replace` a program takes this process over. */
export async function runSimpleCommand(shell: Shell, parsed: Command, replace: boolean): Promise<number> {
  const node = readAssignmentsAsWords(parsed, shell.dialect.features);
  shell.substitutionStatus = undefined;
  try {
    if (node.name === undefined && node.redirects.length === 0) return await runAssignments(shell, node);
    const command = await expand(shell, node);
    if (shell.options.has('xtrace')) {
      await traceArrays(shell, command.arrays);
      await traceCommand(shell, command.assignments, command.words);
    }
    if (command.words.length === 0) return await runNothing(shell, command);
    return await dispatch(shell, node, command, replace);
  } finally {
    if (shell.substitutionDescriptors.length > 0) {
      for (const descriptor of shell.substitutionDescriptors.splice(0)) shell.process.descriptors.close(descriptor);
    }
  }
}

/** `a=1 b=2`: one assignment after another, each seeing those before it. */
async function runAssignments(shell: Shell, node: Command): Promise<number> {
  const made: ExpandedAssignment[] = [];
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    const expanding = expandAssignmentAtOnce(shell, part) ?? settleIn(shell, expandAssignment(shell, part));
    const assignment = expanding instanceof Promise ? await expanding : expanding;
    if (shell.dialect.name === 'bash' && shell.options.has('xtrace')) await traceCommand(shell, [assignment], []);
    assign(shell, assignment);
    made.push(assignment);
  }
  if (shell.dialect.name !== 'bash' && shell.options.has('xtrace')) await traceCommand(shell, made, []);
  return shell.substitutionStatus ?? 0;
}

async function expand(shell: Shell, node: Command): Promise<ExpandedCommand> {
  let words: string[] = [];
  const arrays: ExpandedAssignment[] = [];
  if (node.name !== undefined) {
    const plain: Word[] = [node.name];
    for (const argument of node.args) {
      if (argument.type === 'Word') {
        plain.push(argument);
        continue;
      }
      words.push(...(await fieldsOf(shell, plain.splice(0))));
      words.push(await declarationWord(shell, argument, arrays));
    }
    const rest = fieldsOf(shell, plain);
    const fields = rest instanceof Promise ? await rest : rest;
    if (words.length === 0) words = fields;
    else words.push(...fields);
  }
  const assignments = node.prefix.length === 0 ? NO_ASSIGNMENTS : await expandAssignments(shell, node);
  return { words, assignments, arrays, redirects: node.redirects };
}

/** The assignments before a command: each sees those before it, but they are made only for the command. */
async function expandAssignments(shell: Shell, node: Command): Promise<readonly ExpandedAssignment[]> {
  const assignments: ExpandedAssignment[] = [];
  const saved: [string, Variable | undefined][] = [];
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    const assignment = await settleIn(shell, expandAssignment(shell, part));
    saved.push([assignment.name, shell.variables.snapshot(assignment.name)]);
    assign(shell, assignment);
    assignments.push(assignment);
  }
  for (const [name, variable] of saved.reverse()) shell.variables.restore(name, variable);
  return assignments;
}

/** An argument like `a=b` of `export` and its like: expanded as an assignment, passed on as a word. */
async function declarationWord(shell: Shell, node: Assignment, arrays: ExpandedAssignment[]): Promise<string> {
  const assignment = await settleIn(shell, expandAssignment(shell, node));
  const { name, subscript, append, value } = assignment;
  if (typeof value === 'string' && subscript === undefined) return `${name}${append ? '+=' : '='}${value}`;
  arrays.push(assignment);
  return name;
}

/** A command that is nothing but redirections (and words that expanded to nothing). */
async function runNothing(shell: Shell, { redirects, assignments }: ExpandedCommand): Promise<number> {
  for (const assignment of assignments) assign(shell, assignment);
  const applied = await redirect(shell, redirects);
  if (typeof applied === 'number') return applied;
  applied.undo();
  return shell.substitutionStatus ?? 0;
}

/** Applies redirections; a failure is printed and gives the status. */
export async function redirect(
  shell: Shell,
  redirects: readonly Redirection[],
  process?: Process,
): Promise<AppliedRedirections | number> {
  try {
    return await applyRedirections(shell, redirects, process);
  } catch (error) {
    if (!(error instanceof RedirectionError)) throw error;
    await shell.complain(error.message);
    return shell.dialect.statuses.redirection;
  }
}

async function dispatch(shell: Shell, node: Command, command: ExpandedCommand, replace: boolean): Promise<number> {
  const name = command.words[0] ?? '';
  const builtin = shell.disabledBuiltins.has(name) ? undefined : findBuiltin(shell.dialect, name);
  const specialFirst = shell.dialect.strictSpecialBuiltins && builtin?.special === true;
  const shellFunction = specialFirst ? undefined : shell.functions.get(name);
  if (shellFunction !== undefined) {
    return runInShell(shell, command, false, () => callFunction(shell, name, shellFunction, command.words.slice(1)));
  }
  if (builtin !== undefined)
    return name === 'exec' ? runExec(shell, builtin, command) : runBuiltin(shell, builtin, command);
  return runExternal(shell, node, command, replace);
}

async function runExternal(shell: Shell, node: Command, command: ExpandedCommand, replace: boolean): Promise<number> {
  const environment = shell.variables.environment();
  for (const { name, value, append } of command.assignments) {
    if (typeof value === 'string') environment.set(name, append ? (shell.variables.get(name) ?? '') + value : value);
  }
  const handle = shell.dialect.name === 'bash' ? shell.functions.get(NOT_FOUND_HANDLE) : undefined;
  const run = async (process: Process): Promise<number> => {
    const applied = await redirect(shell, command.redirects, process);
    if (typeof applied === 'number') return applied;
    applied.keep();
    const found = handle === undefined || findExecutable(process, command.words[0] ?? '', environment.get('PATH'));
    if (handle !== undefined && found !== true && 'errno' in found && found.errno === 'ENOENT')
      return callFunction(shell.fork(process), NOT_FOUND_HANDLE, handle, command.words);
    return runProgram(shell, process, command.words, environment);
  };
  if (replace && !shell.traps.hasActions) return run(shell.process);
  const child = shell.process.kernel.fork(shell.process);
  startChild(shell, child, () => run(child));
  return waitForChild(shell, child, shell.source.text.slice(node.pos, node.end));
}
