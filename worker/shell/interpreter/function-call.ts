/** Calling shell functions. */
import { runCommand } from './execution.ts';
import { ShellError } from './failures.ts';
import type { ShellFunction } from './functions.ts';
import type { Shell } from './shell.ts';
import { runReturnTrap } from './trap-actions.ts';

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
  const { positional, source, position, functionNames, loopDepth, callLines, optionsToRestore } = shell;
  const returnTrap = shell.traps.get('RETURN');
  // functions do not inherit it unless `set -T`
  if (returnTrap !== undefined && !shell.options.has('functrace')) shell.traps.reset('RETURN');
  shell.callLines = [...callLines, shell.line];
  shell.optionsToRestore = undefined;
  shell.positional = args;
  shell.source = called.source;
  shell.functionNames = [...functionNames, name];
  shell.loopDepth = 0;
  shell.variables.enterFunction();
  try {
    const status = await runCommand(shell, called.body);
    const returned = shell.unwinding?.kind === 'return';
    if (returned) shell.unwinding = undefined;
    const result = returned ? shell.lastStatus : status;
    if (shell.traps.get('RETURN') !== undefined) await runReturnTrap(shell);
    return result;
  } catch (error) {
    if (error instanceof ShellError) error.prefix ??= shell.prefix();
    throw error;
  } finally {
    shell.variables.leaveFunction();
    restoreOptions(shell);
    if (returnTrap !== undefined && shell.traps.get('RETURN') === undefined) shell.traps.set('RETURN', returnTrap);
    shell.optionsToRestore = optionsToRestore;
    shell.callLines = callLines;
    shell.positional = positional;
    shell.source = source;
    shell.position = position;
    shell.functionNames = functionNames;
    shell.loopDepth = loopDepth;
  }
}

/** What `local -` has kept. */
function restoreOptions(shell: Shell): void {
  if (shell.optionsToRestore === undefined) return;
  shell.options.clear();
  for (const option of shell.optionsToRestore) shell.options.add(option);
}
