/**
 * What a program is here, and how to add one.
 *
 * A program that Strata runs (an applet, or a simulated tool in `tools/`) is one file that exports one {@link Applet}, plus one
 * line in the `index.ts` of its folder. `run` gets an {@link AppletContext}: arguments, streams, system calls, messages. Rules:
 *
 * - Behave as busybox 1.37 does, messages and exit codes included; where `context.flavour` is `gnu` (the image holds the
 *   real program's own binary, not busybox) word messages as coreutils does where the two differ.
 * - Parse arguments with `parseOptions` (options.ts): a mistake ends the program with the usage text and status 1.
 * - A system call that fails throws; `context.report(subject, error)` prints `name: subject: No such file or directory` and
 *   gives the status to go on with. Rethrow what it does not know: it does that itself.
 * - Write with `await context.out.write(…)`; it is buffered, and flushed when the program ends. Never catch around it: a
 *   broken pipe ends the process by throwing.
 * - Read with `context.lines(…)`, `context.open(…)`, or copy whole bodies with `context.files.body` and `writeBody`: a copy of a
 *   large file costs nothing.
 * - Pass `context.checkpoint()` in every loop whose length the input decides: `const pause = context.checkpoint(); if (pause) await pause;`
 * - State what is only pretended with `context.simulate(note)`: the step is then marked as simulated. Where every run
 *   pretends, declare it as `simulated` instead.
 */
import type { AppletContext } from './context.ts';

export interface Applet {
  /** The names it is called by, the main one first. */
  readonly names: readonly string[];
  /** One line for help and completion. */
  readonly summary: string;
  /** What follows the name in `Usage: name …`. */
  readonly usage: string;
  /** Exit status for wrong usage; 1 by default. */
  readonly usageStatus?: number;
  /** The same for the GNU program of that name, where it is another. */
  readonly gnuUsageStatus?: number;
  /** What the GNU program prints of its usage after a mistake, where it does. */
  readonly gnuUsage?: string;
  /** What it puts before `Try … --help`. */
  readonly gnuHelpPrefix?: string;
  /** What of it is only pretended, where all its runs pretend something: marks each run as simulated. */
  readonly simulated?: string;
  /** Gives the exit status, 0 to 255. */
  run(context: AppletContext): Promise<number>;
}
