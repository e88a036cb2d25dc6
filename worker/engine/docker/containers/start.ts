/** Starting a container's process, and what happens when it ends: logs, saving, restart policies, `--rm`. */
import { EngineError, isEngineError } from '../../../base/errors.ts';
import { createUnstoppableJob } from '../../../base/job.ts';
import type { ListenerTraits } from '../../../shell/kernel/listeners.ts';
import type { RunningContainer, Stdio } from '../../../shell/process.ts';
import type { HostConfig } from '../container-types.ts';
import { checkDevices } from './check-host-config.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import { makeWorkingDirectory, mountsForStart } from './file-systems.ts';
import type { ContainerEnd, LiveContainer } from './live-container.ts';
import { joinNetworks, leaveNetworks } from '../networks/endpoints.ts';
import { endHealth, watchHealth } from './health.ts';
import { containerNetwork, containerResolver } from './network.ts';
import { processSpec } from './process-spec.ts';
import { removeContainer } from './remove.ts';
import { isToBeRestarted, restartPauseMs } from './restart-policy.ts';

/** Before what runc says of a program it cannot start. */
const RUNC_FAILURE =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ';

/** Exit code of a container that could not be started for another reason than its program. */
const SETUP_FAILED_STATUS = 128;

/** Starts it unless it runs. Throws `conflict` when it is paused, `run` when its program cannot be started. */
export async function startContainer(
  daemon: Daemon,
  container: LiveContainer,
  argv?: readonly string[],
): Promise<void> {
  if (container.isPaused) {
    throw new EngineError('conflict', 'cannot start a paused container, try unpause instead');
  }
  if (container.running !== undefined) return;
  container.stoppedByHand = false;
  await startOnce(daemon, container, argv);
}

function startOnce(daemon: Daemon, container: LiveContainer, argv?: readonly string[]): Promise<void> {
  container.starting ??= startNow(daemon, container, argv).finally(() => {
    container.starting = undefined;
  });
  return container.starting;
}

async function startNow(daemon: Daemon, container: LiveContainer, argv?: readonly string[]): Promise<void> {
  let running: RunningContainer;
  try {
    await container.log.open();
    running = await startProcess(daemon, container, argv);
  } catch (error) {
    throw await failedStart(daemon, container, error);
  }
  container.running = running;
  const ended = running.exited.then(
    (exit): ContainerEnd => exit,
    (error: unknown): ContainerEnd => ({ ...LOST, problem: error }),
  );
  await container.update({
    state: 'running',
    startedMs: daemon.clock.nowMs(),
    exitCode: 0,
    error: '',
    outOfMemory: false,
  });
  volumeEvents(daemon, container, 'mount');
  containerEvent(daemon, container, 'start');
  watchHealth(daemon, container);
  void ended.then((exit) => processEnded(daemon, container, exit));
}

/** Each volume is told to be mounted and unmounted by its container. */
function volumeEvents(daemon: Daemon, { id, record }: LiveContainer, action: 'mount' | 'unmount'): void {
  for (const { type, name, destination, readOnly } of record.mounts ?? []) {
    if (type !== 'volume' || name === undefined) continue;
    const place = { destination, propagation: '', 'read/write': String(!readOnly) };
    daemon.events.add('volume', action, name, { container: id, ...(action === 'mount' ? place : {}), driver: 'local' });
  }
}

const LOST = { code: 137, simulated: [], outOfMemory: false } as const;

async function startProcess(
  daemon: Daemon,
  container: LiveContainer,
  argv: readonly string[] | undefined,
): Promise<RunningContainer> {
  const { record } = container;
  const { view: root } = await container.root();
  checkDevices(record.hostConfig);
  await joinNetworks(daemon, container);
  const mounts = await mountsForStart(daemon, container);
  const spec = {
    ...(await processSpec(record, root, mounts, argv)),
    network: containerNetwork(daemon, container),
    resolver: containerResolver(daemon, container),
    onListen: (port: number, traits: ListenerTraits) => daemon.listening.add(record.id, port, traits),
  };
  makeWorkingDirectory(root, mounts, spec.cwd);
  daemon.ports.publish(record.id, record.name, portBindings(container));
  const job = createUnstoppableJob(`container-${record.id}`, daemon.clock);
  return daemon.executor.start(spec, root, streamsOf(container), job);
}

/** What the process reads and prints: kept in the log, handed to those attached. */
function streamsOf(container: LiveContainer): Stdio {
  const { config } = container.record;
  const print = (stream: 1 | 2, data: Uint8Array): Promise<void> => {
    container.log.write(stream, data);
    return container.attachments.print(stream, data);
  };
  const out = 1;
  return {
    ...(config.OpenStdin === true ? { stdin: container.attachments.openStdin() } : {}),
    stdout: (data) => print(out, data),
    stderr: (data) => print(config.Tty === true ? out : 2, data),
  };
}

async function releaseNetwork(daemon: Daemon, container: LiveContainer): Promise<void> {
  daemon.ports.release(container.id);
  daemon.listening.release(container.id);
  await leaveNetworks(daemon, container);
}

function portBindings({ record }: LiveContainer): NonNullable<HostConfig['PortBindings']> {
  const hostConfig: HostConfig = record.hostConfig;
  if (hostConfig.PublishAllPorts !== true) return hostConfig.PortBindings ?? {};
  const exposed = Object.keys(record.config.ExposedPorts ?? {});
  return {
    ...Object.fromEntries(exposed.map((port) => [port, [{ HostIp: '', HostPort: '' }]])),
    ...hostConfig.PortBindings,
  };
}

/** Notes why it could not be started; gives the error the daemon would send. */
async function failedStart(daemon: Daemon, container: LiveContainer, error: unknown): Promise<unknown> {
  await releaseNetwork(daemon, container);
  container.attachments.end();
  const isForgotten = container.record.hostConfig['AutoRemove'] === true;
  if (!isEngineError(error, 'run')) {
    if (isForgotten) await removeContainer(daemon, container, { volumes: true });
    return error;
  }
  const { exitCode, errno } = error.data;
  const suffix = errno === 'EISDIR' ? ': unknown: permission denied' : ': unknown';
  const message = exitCode === undefined ? error.message : `${RUNC_FAILURE}${error.message}${suffix}`;
  const status = typeof exitCode === 'number' ? exitCode : SETUP_FAILED_STATUS;
  await container.update({ error: message, exitCode: status, ...(container.isRunning ? { state: 'exited' } : {}) });
  if (isForgotten) await removeContainer(daemon, container, { volumes: true });
  return new EngineError('run', message, { data: { ...error.data, container: container.id } });
}

async function processEnded(daemon: Daemon, container: LiveContainer, exit: ContainerEnd): Promise<void> {
  const { record } = container;
  const endedMs = daemon.clock.nowMs();
  container.running = undefined;
  endHealth(container);
  container.lastExit = exit;
  await releaseNetwork(daemon, container);
  volumeEvents(daemon, container, 'unmount');
  const removes = record.hostConfig['AutoRemove'] === true;
  await container.log.finish();
  if (!removes) await (await container.root()).save();
  await daemon.volumes.save((record.mounts ?? []).flatMap(({ name }) => name ?? []));
  const restarts = isToBeRestarted(container, exit.code);
  await container.update({
    state: restarts ? 'restarting' : 'exited',
    exitCode: exit.code,
    finishedMs: daemon.clock.nowMs(),
    outOfMemory: exit.outOfMemory,
    ...(restarts ? { restartCount: (record.restartCount ?? 0) + 1 } : {}),
    ...(exit.problem === undefined ? {} : { error: messageOf(exit.problem) }),
  });
  if (container.isStopping) containerEvent(daemon, container, 'stop');
  container.isStopping = false;
  containerEvent(daemon, container, 'die', {
    execDuration: String(Math.floor((endedMs - (record.startedMs ?? endedMs)) / 1000)),
    exitCode: String(exit.code),
  });
  container.settle('ended');
  container.attachments.end();
  if (removes) await removeContainer(daemon, container, { volumes: true });
  else if (restarts) await restartLater(daemon, container);
}

function messageOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}

async function restartLater(daemon: Daemon, container: LiveContainer): Promise<void> {
  const pause = new AbortController();
  container.restartPause = pause;
  try {
    await daemon.clock.sleep(restartPauseMs(container), pause.signal);
  } catch {
    // stopped by a person while it waited
    return;
  } finally {
    container.restartPause = undefined;
  }
  await startOnce(daemon, container).catch(() => undefined);
}
