/** Ending and holding processes from outside: stop, kill, restart, pause. */
import { EngineError, isEngineError } from '../../../base/errors.ts';
import { parseSignal, type SignalName } from '../../../shell/kernel/signals.ts';
import { containerEvent, type Daemon } from './daemon.ts';
import type { LiveContainer } from './live-container.ts';
import { endRestarting, killAndWait, tellKill } from './remove.ts';
import { startContainer } from './start.ts';

const DEFAULT_TIMEOUT_SECONDS = 10;

export interface StopOptions {
  readonly signal?: string;
  /** Negative waits for ever. */
  readonly timeoutSeconds?: number;
}

/** Asks the process to end, and kills it when it has not after the timeout. Does nothing to one that does not run. */
export async function stopContainer(daemon: Daemon, container: LiveContainer, options: StopOptions): Promise<void> {
  const { config } = container.record;
  if (!container.isRunning) return;
  const signal = signalOf(options.signal ?? config.StopSignal ?? 'TERM');
  container.stoppedByHand = true;
  await endRestarting(container);
  const { running } = container;
  if (running === undefined) return;
  container.isStopping = true;
  const ended = container.wait('not-running');
  const timeoutSeconds = options.timeoutSeconds ?? config.StopTimeout ?? DEFAULT_TIMEOUT_SECONDS;
  running.signal(signal);
  tellKill(daemon, container, signal);
  if (timeoutSeconds < 0) await ended;
  else if (!(await endsWithin(daemon, ended, timeoutSeconds * 1000))) {
    tellKill(daemon, container, 'KILL');
    await killAndWait(container);
  }
}

async function endsWithin(daemon: Daemon, ended: Promise<number>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = daemon.clock.sleep(ms, timer.signal).then(
    () => false,
    () => true,
  );
  const isEnded = await Promise.race([ended.then(() => true), late]);
  timer.abort();
  return isEnded;
}

/** Sends a signal to the process; KILL waits until it is gone. Throws `conflict` when nothing runs. */
export async function killContainer(daemon: Daemon, name: string, signalName: string): Promise<void> {
  try {
    const signal = signalOf(signalName === '' ? 'KILL' : signalName);
    await kill(daemon, await daemon.containers.find(name), signal);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    throw new EngineError(error.code, `cannot kill container: ${name}: ${error.message}`, { data: error.data });
  }
}

async function kill(daemon: Daemon, container: LiveContainer, signal: SignalName): Promise<void> {
  const running = container.requireRunning();
  container.stoppedByHand = true;
  tellKill(daemon, container, signal);
  if (signal === 'KILL') await killAndWait(container);
  else running.signal(signal);
}

export async function restartContainer(daemon: Daemon, container: LiveContainer, options: StopOptions): Promise<void> {
  await stopContainer(daemon, container, options);
  await startContainer(daemon, container);
  containerEvent(daemon, container, 'restart');
}

/** Throws `conflict` when it does not run or is paused already. */
export async function pauseContainer(daemon: Daemon, container: LiveContainer): Promise<void> {
  const running = container.requireRunning();
  if (container.isPaused) throw new EngineError('conflict', `Container ${container.id} is already paused`);
  running.pause();
  await container.update({ state: 'paused' });
  containerEvent(daemon, container, 'pause');
}

/** Throws `conflict` when it is not paused. */
export async function unpauseContainer(daemon: Daemon, container: LiveContainer): Promise<void> {
  if (!container.isPaused) throw new EngineError('conflict', `Container ${container.id} is not paused`);
  container.running?.resume();
  await container.update({ state: 'running' });
  containerEvent(daemon, container, 'unpause');
}

function signalOf(name: string): SignalName {
  const signal = parseSignal(name);
  if (signal === undefined && /^\d+$/.test(name)) {
    throw new EngineError('invalid-argument', `the linux daemon does not support signal ${name}`, {
      data: { signal: name },
    });
  }
  if (signal === undefined || signal === 'EXIT') {
    throw new EngineError('invalid-argument', `invalid signal: ${name}`, { data: { signal: name } });
  }
  return signal;
}
