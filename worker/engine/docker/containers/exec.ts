/** `docker exec`: a further process in a running container. */
import { hex, utf8 } from '../../../base/bytes.ts';
import { EngineError, isEngineError } from '../../../base/errors.ts';
import { resolvePath } from '../../../base/path.ts';
import { processUser } from '../../../build/ops/users.ts';
import type { RunningContainer, StartedProcess } from '../../../shell/process.ts';
import type { ContainerIO } from '../container-io.ts';
import type { ExecCreate } from '../container-types.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import { mountsForFiles, placeOf } from './file-systems.ts';
import type { LiveContainer } from './live-container.ts';
import { environmentOf, workingDirectoryOf } from './process-spec.ts';

/** Exit code of an exec that could not be started. */
const NOT_STARTED_STATUS = 126;

/**
 * Runs it to its end, or starts it where it is detached. Why it cannot be started is printed on its standard output, and the
 * exit code is 126; a detached one throws `run`. Throws `conflict` where the container does not run.
 */
export async function execInContainer(
  daemon: Daemon,
  container: LiveContainer,
  name: string,
  options: ExecCreate,
  io: ContainerIO,
): Promise<number> {
  container.requireRunning();
  if (container.isPaused) {
    throw new EngineError('conflict', `Container ${name} is paused, unpause the container before exec`);
  }
  const { ended } = await startExec(daemon, container, options, io);
  return options.detach ? 0 : ended;
}

/** Starts it, and tells the events of an exec. A process that cannot be started has ended with 126; see {@link execInContainer}. */
export async function startExec(
  daemon: Daemon,
  container: LiveContainer,
  options: ExecCreate,
  io: ContainerIO,
): Promise<{ readonly process?: StartedProcess; readonly ended: Promise<number> }> {
  const id = hex(daemon.random.bytes(32));
  const command = options.argv.join(' ');
  containerEvent(daemon, container, `exec_create: ${command}`, { execID: id });
  let process: StartedProcess;
  try {
    process = await startProcess(daemon, container, container.requireRunning(), options, io);
  } catch (error) {
    const problem = asExecFailure(error);
    if (options.detach) throw problem;
    await io.stdout?.(utf8(`${problem.message}${options.tty ? '\r' : ''}\n`));
    return { ended: Promise.resolve(NOT_STARTED_STATUS) };
  }
  container.execs.set(id, process);
  containerEvent(daemon, container, `exec_start: ${command}`, { execID: id });
  const ended = process.exited.then((code) => {
    container.execs.delete(id);
    containerEvent(daemon, container, 'exec_die', { execID: id, exitCode: String(code) });
    return code;
  });
  return { process, ended };
}

async function startProcess(
  daemon: Daemon,
  container: LiveContainer,
  running: RunningContainer,
  options: ExecCreate,
  io: ContainerIO,
): Promise<StartedProcess> {
  const { record } = container;
  const { view: root } = await container.root();
  const user = await processUser(root, options.user ?? record.config.User ?? '');
  if (options.workingDirectory !== undefined && !options.workingDirectory.startsWith('/')) {
    throw new EngineError('run', 'OCI runtime exec failed: exec failed: Cwd must be an absolute path: unknown');
  }
  const cwd =
    options.workingDirectory === undefined ? workingDirectoryOf(record) : resolvePath(options.workingDirectory);
  const { view, path } = placeOf(root, await mountsForFiles(daemon, container), cwd, true);
  if (view.lookup(path)?.kind !== 'directory') throw noDirectory(cwd);
  const ignore = (): void => undefined;
  const stdout = io.stdout ?? ignore;
  return running.exec(
    {
      argv: options.argv,
      env: environmentOf(record, user, options.tty, options.env),
      cwd,
      credentials: user.credentials,
      ...(options.tty ? { terminal: io.terminal ?? { columns: 80, rows: 24 } } : {}),
    },
    {
      ...(io.stdin === undefined || options.detach ? {} : { stdin: io.stdin }),
      stdout: options.detach ? ignore : stdout,
      stderr: options.detach ? ignore : options.tty ? stdout : (io.stderr ?? ignore),
    },
  );
}

function noDirectory(path: string): EngineError {
  return new EngineError('run', `chdir to cwd ("${path}") set in config.json failed: no such file or directory`, {
    data: { exitCode: NOT_STARTED_STATUS },
  });
}

/** As the daemon words it; what is not runc's own comes as it is. */
function asExecFailure(error: unknown): EngineError {
  if (!isEngineError(error, 'run')) throw error;
  if (error.data['exitCode'] === undefined) return error;
  const suffix = error.data['errno'] === 'EISDIR' ? ': unknown: permission denied' : ': unknown';
  const message = `OCI runtime exec failed: exec failed: unable to start container process: ${error.message}${suffix}`;
  return new EngineError('run', message, { data: error.data });
}
