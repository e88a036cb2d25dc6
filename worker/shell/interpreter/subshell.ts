/** Subshells: copies of a shell in child processes, in the foreground and in the background. */
import type { Statement } from 'unbash';
import { errnoOf, strerror } from '../kernel/errno.ts';
import type { Process } from '../kernel/process.ts';
import { describeDeath } from '../kernel/signals.ts';
import { runCommand, runStatements } from './execution.ts';
import { ShellError, ShellExit } from './failures.ts';
import { reportError } from './reporting.ts';
import type { Shell } from './shell.ts';
import { runExitTrap } from './trap-actions.ts';

/** Starts a subshell. `prepare` sets up its descriptors before it runs. */
export function runInSubshell(
  shell: Shell,
  body: (subshell: Shell) => Promise<number>,
  prepare: (child: Process) => void = () => undefined,
): Process {
  const child = shell.process.kernel.fork(shell.process);
  prepare(child);
  const subshell = shell.fork(child);
  shell.process.kernel.start(child, () => runToEnd(subshell, () => body(subshell)));
  return child;
}

/** Runs a program's start in a child: what goes wrong in its redirections ends the child alone. */
export function startChild(shell: Shell, child: Process, body: () => Promise<number>): void {
  shell.process.kernel.start(child, async () => {
    try {
      return await body();
    } catch (error) {
      return statusOfEnd(shell, error);
    }
  });
}

/** Runs a shell's commands to their end: `exit` and errors give the status, and the EXIT trap has the last word. */
export async function runToEnd(shell: Shell, body: () => Promise<number>): Promise<number> {
  let status: number;
  try {
    status = await body();
  } catch (error) {
    status = await statusOfEnd(shell, error);
  }
  return runExitTrap(shell, status);
}

/** The exit status after what ended a shell was thrown; an error's message is printed. Rethrows what is no way to end. */
export async function statusOfEnd(shell: Shell, error: unknown): Promise<number> {
  if (error instanceof ShellExit) return error.status;
  if (error instanceof ShellError) return reportError(shell, error);
  const errno = errnoOf(error);
  if (errno === undefined) throw error;
  await shell.complain(strerror(errno));
  return 1;
}

/**
 * Waits for a child in the foreground; a death by signal is told, as the shells do. `command` is what was run, as written.
 */
export async function waitForChild(shell: Shell, child: Process, command?: string): Promise<number> {
  let status: number | undefined;
  while (status === undefined) {
    try {
      status = await shell.process.waitFor(child.exited);
    } catch (error) {
      // A signal that the shell handles: its trap runs when the child is done.
      if (errnoOf(error) !== 'EINTR') throw error;
    }
  }
  const death = child.deathSignal === undefined ? undefined : describeDeath(child.deathSignal);
  if (death !== undefined && command !== undefined && shell.process.kernel.exceeded === undefined) {
    const told = shell.dialect.name === 'bash' ? bashDeath(shell, child, death, command) : death;
    await shell.write(2, `${told}\n`);
  }
  return status;
}

/** How bash tells of a death by signal. Debian builds it to tell of SIGTERM without saying where. */
export function bashDeath(shell: Shell, child: Process, death: string, command: string): string {
  if (child.deathSignal === 'TERM') return death;
  return `${shell.prefix()}${String(child.pid).padStart(5)} ${death.padEnd(23)} ${command}`;
}

/** Starts a statement in the background: it reads nothing, and ignores the keyboard's signals. */
export async function startBackground(shell: Shell, statement: Statement): Promise<number> {
  const nothing = await shell.process.files.open('/dev/null', { read: true }).catch(() => undefined);
  const foreground: Statement = { ...statement, background: undefined };
  const child = runInSubshell(
    shell,
    // a program takes the subshell over, so that it gets the signals sent to `$!`
    (subshell) =>
      statement.command.type === 'Command'
        ? runCommand(subshell, statement.command, true)
        : runStatements(subshell, [foreground]),
    (process) => {
      if (nothing !== undefined) process.descriptors.replace(0, nothing);
      process.dispositions.set('INT', 'ignore').set('QUIT', 'ignore');
    },
  );
  shell.jobs.add(child, shell.source.text.slice(statement.pos, statement.end).replace(/\s*&$/, ''));
  return 0;
}
