/** The terminal: a shell on a machine of its own that has the project's files and the `docker` program. */
import { utf8 } from '../base/bytes.ts';
import { asEngineError, isEngineError } from '../base/errors.ts';
import { createJob } from '../base/job.ts';
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import type { Random } from '../base/ports.ts';
import type { Applet } from '../shell/applets/applet.ts';
import type { AppletContext } from '../shell/applets/context.ts';
import { ProcessDeath } from '../shell/kernel/process.ts';
import { TerminalInput } from '../shell/kernel/terminal-input.ts';
import { createMachineRoot } from '../shell/machine-root.ts';
import type { Stdio } from '../shell/process.ts';
import { openShellSession, type ShellSession } from '../shell/session.ts';
import { bodyOf } from '../vfs/body.ts';
import type { Dirent, UnionView } from '../vfs/view.ts';
import { COMMANDS } from './commands/index.ts';
import type { CompletionSources } from './completion.ts';
import type { CliContext, CliEnvironment } from './context.ts';
import { runDocker } from './docker.ts';
import { DAEMON_CONFIG, DAEMON_CONFIG_PATH, followDaemonConfig } from './daemon-config.ts';
import { helpProgram } from './help-program.ts';

export { TerminalInput };

/** Where the project's files are. */
export const PROJECT_PATH = resolvePath('/root/project');

const HOSTNAME = 'strata';
const DOCKER_NAMES = ['docker'];
const HOME = '/root';
const PROGRAMS_PATH = resolvePath('/usr/bin');
/** What the shell itself understands, as far as it is typed by hand. */
const SHELL_WORDS = ['alias', 'cd', 'exit', 'export', 'type', 'unset'];
const NO_FILTERS = new Map<string, readonly string[]>();

export interface TerminalOptions {
  readonly environment: CliEnvironment;
  readonly random: Random;
  /** The machine it is on ({@link createMachine}), which several may share; one of its own where absent. */
  readonly machine?: UnionView;
  readonly env?: ReadonlyMap<string, string>;
  readonly io: Stdio;
  /** Absent where the streams are no terminal. `size` is asked each time a command wants to know. */
  readonly terminal?: {
    readonly keyboard: TerminalInput;
    readonly size: () => { readonly columns: number; readonly rows: number };
  };
  /** Told when a container's own terminal takes the keys as they are typed, and when it gives them back. */
  readonly onRawInput?: (raw: boolean) => void;
}

export interface Terminal extends ShellSession {
  /** The machine's files; the project's are those below {@link PROJECT_PATH}. */
  readonly files: UnionView;
}

/** The files of a machine with the docker program and an empty project directory. Containers bind directories of it. */
export function createMachine({ engine, clock }: CliEnvironment): UnionView {
  const files = createMachineRoot(HOSTNAME, [...DOCKER_NAMES, ...helpProgram.names], clock);
  files.mkdir(PROJECT_PATH, { mode: 0o755, uid: 0, gid: 0 });
  files.mkdir(resolvePath('/etc/docker'), { mode: 0o755, uid: 0, gid: 0 });
  files.writeFile(DAEMON_CONFIG_PATH, bodyOf(utf8(DAEMON_CONFIG)), { mode: 0o644, uid: 0, gid: 0 });
  engine.useHostFiles(files);
  return files;
}

/** Opens a terminal in the project's directory. On a machine of its own that is empty. */
export function openTerminal(options: TerminalOptions): Terminal {
  const { environment, random, env, io } = options;
  const files = options.machine ?? createMachine(environment);
  const docker = dockerProgram(options, files);
  const session = openShellSession({
    clock: environment.clock,
    random,
    hostname: HOSTNAME,
    ...(env === undefined ? {} : { env }),
    root: files,
    cwd: PROJECT_PATH,
    programs: [docker, helpProgram],
    transport: environment.engine.network,
    io,
    ...(options.terminal === undefined ? {} : { keyboard: options.terminal.keyboard }),
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
function dockerProgram({ environment, terminal: screen, onRawInput }: TerminalOptions, machine: UnionView): Applet {
  let runs = 0;
  return {
    names: DOCKER_NAMES,
    summary: 'A self-sufficient runtime for containers',
    usage: '[OPTIONS] COMMAND',
    async run(shell) {
      const stop = new AbortController();
      const job = createJob(`docker-${++runs}`, stop.signal, environment.clock);
      const { descriptors } = shell.process;
      const [terminal, errorTerminal] = [1, 2].map((number) =>
        descriptors.get(number).terminal ? screen?.size() : undefined,
      );
      const keys = { taken: false };
      const takeKeys = (): void => {
        keys.taken = true;
        onRawInput?.(true);
      };
      try {
        const problem = await followDaemonConfig(machine, environment.engine, job);
        if (problem !== undefined) await shell.err.write(`${problem}\n`);
        return await shell.process.waitFor(
          runWhole({ ...environment, shell, job, terminal, errorTerminal, takeKeys }, shell.args),
        );
      } finally {
        if (keys.taken) onRawInput?.(false);
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

/** Where Tab finds names in a terminal. */
export function completionSources(
  { docker }: Pick<CliEnvironment, 'docker'>,
  terminal: Pick<Terminal, 'files' | 'cwd'>,
): CompletionSources {
  const entriesOf = (path: AbsolutePath): readonly Dirent[] =>
    terminal.files.lookup(path)?.kind === 'directory' ? terminal.files.list(path) : [];
  return {
    commands: COMMANDS,
    programs: () => [...SHELL_WORDS, ...entriesOf(PROGRAMS_PATH).map(({ name }) => name)],
    async images() {
      const images = await docker.images.list({ all: false, filters: NO_FILTERS });
      const names = images.flatMap(({ RepoTags }) => RepoTags).filter((name) => name !== '<none>:<none>');
      return names.flatMap((name) => (name.endsWith(':latest') ? [name.slice(0, -':latest'.length), name] : [name]));
    },
    async containers() {
      const containers = await docker.containers.list({ all: true, filters: NO_FILTERS, size: false });
      return containers.flatMap(({ Names }) => Names.map((name) => name.replace(/^\//, '')));
    },
    networks: async () => (await docker.networks.list(NO_FILTERS)).map(({ Name }) => Name),
    volumes: async () => (await docker.volumes.list(NO_FILTERS)).map(({ Name }) => Name),
    entries(directory) {
      const path = resolvePath(directory.replace(/^~(?=\/)/, HOME), terminal.cwd);
      return entriesOf(path).map(({ name, inode }) => (inode.kind === 'directory' ? `${name}/` : name));
    },
  };
}

async function tellFailure({ out, err }: AppletContext, message: string): Promise<number> {
  await out.flush();
  await err.write(`docker: ${message}\n`);
  return 1;
}
