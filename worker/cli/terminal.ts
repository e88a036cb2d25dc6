/** The terminal: a shell on a machine of its own that has the project's files and the `docker` program. */
import { asEngineError, isEngineError } from '../base/errors.ts';
import { createJob } from '../base/job.ts';
import { resolvePath } from '../base/path.ts';
import type { Random } from '../base/ports.ts';
import type { Applet } from '../shell/applets/applet.ts';
import type { AppletContext } from '../shell/applets/context.ts';
import { ProcessDeath } from '../shell/kernel/process.ts';
import { createMachineRoot } from '../shell/machine-root.ts';
import type { Stdio } from '../shell/process.ts';
import { openShellSession, type ShellSession } from '../shell/session.ts';
import type { UnionView } from '../vfs/view.ts';
import { COMMANDS } from './commands/index.ts';
import type { CliContext, CliEnvironment } from './context.ts';
import { runDocker } from './docker.ts';

/** Where the project's files are. */
export const PROJECT_PATH = resolvePath('/root/project');

const HOSTNAME = 'strata';

export interface TerminalOptions {
  readonly environment: CliEnvironment;
  readonly random: Random;
  readonly env?: ReadonlyMap<string, string>;
  readonly io: Stdio;
  /** Asked each time a command wants to know; absent where the streams are no terminal. */
  readonly size?: () => { readonly columns: number; readonly rows: number };
}

export interface Terminal extends ShellSession {
  /** The machine's files; the project's are those below {@link PROJECT_PATH}. */
  readonly files: UnionView;
}

/** Opens a terminal in the project's directory, which is empty. Containers bind directories of its machine. */
export function openTerminal(options: TerminalOptions): Terminal {
  const { environment, random, env, io, size } = options;
  const docker = dockerProgram(environment, size);
  const files = createMachineRoot(HOSTNAME, docker.names, environment.clock);
  files.mkdir(PROJECT_PATH, { mode: 0o755, uid: 0, gid: 0 });
  environment.engine.useHostFiles(files);
  const session = openShellSession({
    clock: environment.clock,
    random,
    hostname: HOSTNAME,
    ...(env === undefined ? {} : { env }),
    root: files,
    cwd: PROJECT_PATH,
    programs: [docker],
    io,
    terminal: size !== undefined,
  });
  return {
    files,
    get cwd() {
      return session.cwd;
    },
    runLine: (text) => session.runLine(text),
    interrupt: () => session.interrupt(),
    close: () => session.close(),
  };
}

/** The `docker` program. */
function dockerProgram(environment: CliEnvironment, size: TerminalOptions['size']): Applet {
  let runs = 0;
  return {
    names: ['docker'],
    summary: 'A self-sufficient runtime for containers',
    usage: '[OPTIONS] COMMAND',
    async run(shell) {
      const stop = new AbortController();
      const job = createJob(`docker-${++runs}`, stop.signal, environment.clock);
      const terminal = shell.process.descriptors.get(1).terminal ? size?.() : undefined;
      try {
        return await shell.process.waitFor(runWhole({ ...environment, shell, job, terminal }, shell.args));
      } finally {
        // killed or done: nothing of it goes on
        stop.abort();
      }
    },
  };
}

/** Runs a command; what it cannot have foreseen is told, and costs no more than the command. */
async function runWhole(context: CliContext, words: readonly string[]): Promise<number> {
  try {
    return await runDocker(COMMANDS, context, words);
  } catch (error) {
    if (error instanceof ProcessDeath || isEngineError(error, 'filesystem')) throw error;
    return tellFailure(context.shell, asEngineError(error).message);
  }
}

async function tellFailure({ out, err }: AppletContext, message: string): Promise<number> {
  await out.flush();
  await err.write(`docker: ${message}\n`);
  return 1;
}
