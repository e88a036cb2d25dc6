/** Calling shell functions. */
import { runCommand } from './execution.ts';
import { ShellError } from './failures.ts';
import type { ShellFunction } from './functions.ts';
import type { Shell } from './shell.ts';

/** Calls nest this deep at most; each takes room on the stack of the engine below. */
const MAX_DEPTH = 1000;

/** Runs a function with its own positional parameters and local variables. */
export async function callFunction(
  shell: Shell,
  name: string,
  called: ShellFunction,
  args: readonly string[],
): Promise<number> {
  if (shell.functionNames.length >= MAX_DEPTH)
    throw new ShellError(`${name}: maximum function nesting level exceeded (${MAX_DEPTH})`);
  const { positional, source, position, functionNames, loopDepth } = shell;
  shell.positional = args;
  shell.source = called.source;
  shell.functionNames = [...functionNames, name];
  shell.loopDepth = 0;
  shell.variables.enterFunction();
  try {
    const status = await runCommand(shell, called.body);
    if (shell.unwinding?.kind !== 'return') return status;
    shell.unwinding = undefined;
    return shell.lastStatus;
  } catch (error) {
    if (error instanceof ShellError) error.prefix ??= shell.prefix();
    throw error;
  } finally {
    shell.variables.leaveFunction();
    shell.positional = positional;
    shell.source = source;
    shell.position = position;
    shell.functionNames = functionNames;
    shell.loopDepth = loopDepth;
  }
}
