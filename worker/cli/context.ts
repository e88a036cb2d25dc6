/** What a docker command gets to work with: the engine, and the process of the terminal it runs in. */
import type { Job } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import type { DockerAPI } from '../engine/docker/api.ts';
import type { Engine } from '../engine/engine.ts';
import type { AppletContext } from '../shell/applets/context.ts';

/** Characters of a terminal. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** What the terminal gives every docker command. */
export interface CliEnvironment {
  /** What Docker's API answers. */
  readonly docker: DockerAPI;
  /** Builds, and what is Strata's own. */
  readonly engine: Engine;
  readonly clock: Clock;
  /** Images are listed as Docker 29 lists them, whatever config.json says. */
  readonly listsImagesAsTree?: () => boolean;
}

export interface CliContext extends CliEnvironment {
  /** The process: its streams (`out`, `err`, `stdin()`), files, environment and working directory. */
  readonly shell: AppletContext;
  /** Ends when the command is interrupted. */
  readonly job: Job;
  /** `docker --config DIR`. */
  readonly configDirectory?: string;
  /** Columns and rows of the terminal its output goes to; undefined for a pipe or a file. */
  readonly terminal: TerminalSize | undefined;
  /** The same of the terminal its errors go to, and the progress of builds. */
  readonly errorTerminal: TerminalSize | undefined;
  /** Gives the keys to a container's terminal as they are typed, until the command ends. */
  readonly takeKeys?: () => void;
}

/** Prints a line on standard output. */
export async function printLine(context: CliContext, line: string): Promise<void> {
  await context.shell.out.write(`${line}\n`);
}
