/** Running what `trap` has set. */
import { ShellExit, ShellInterrupt } from './failures.ts';
import { runText } from './nested.ts';
import type { Shell } from './shell.ts';
import { statusOfEnd } from './subshell.ts';
import type { TrapName } from './traps.ts';

/** Runs the actions of signals that have arrived. */
export async function runPendingTraps(shell: Shell): Promise<void> {
  for (let name = shell.process.takeSignal(); name !== undefined; name = shell.process.takeSignal()) {
    if (name === 'INT' && shell.interactive && shell.traps.get('INT') === undefined) throw new ShellInterrupt();
    await runTrap(shell, name);
  }
}

/** Runs the ERR trap (bash, ash), which functions and subshells do not inherit unless `set -E`. */
export async function runErrorTrap(shell: Shell): Promise<void> {
  if (shell.traps.get('ERR') === undefined) return;
  if (shell.functionNames.length > 0 && !shell.options.has('errtrace')) return;
  await runTrap(shell, 'ERR');
}

/** Runs bash's DEBUG trap, before a command; functions and subshells do not inherit it unless `set -T`. */
export async function runDebugTrap(shell: Shell): Promise<void> {
  if (shell.functionNames.length > 0 && !shell.options.has('functrace')) return;
  await runTrap(shell, 'DEBUG');
}

/** Runs bash's RETURN trap where it was set in the function that ends, or `set -T` hands it down. */
export async function runReturnTrap(shell: Shell): Promise<void> {
  await runTrap(shell, 'RETURN');
}

async function runTrap(shell: Shell, name: TrapName): Promise<void> {
  const action = shell.traps.get(name);
  if (action === undefined || action === '' || shell.traps.running.has(name)) return;
  const { lastStatus, unwinding } = shell;
  shell.traps.running.add(name);
  try {
    await runText(shell, action);
  } finally {
    shell.traps.running.delete(name);
  }
  shell.lastStatus = lastStatus;
  shell.unwinding ??= unwinding;
}

/** Runs the EXIT trap, once, as the last thing of a shell; gives the final status. */
export async function runExitTrap(shell: Shell, status: number): Promise<number> {
  const action = shell.traps.get('EXIT');
  shell.traps.reset('EXIT');
  if (action === undefined || action === '') return status;
  shell.lastStatus = status;
  shell.unwinding = undefined;
  try {
    await runText(shell, action);
    return status;
  } catch (error) {
    return error instanceof ShellExit ? error.status : statusOfEnd(shell, error);
  }
}
